// Subjects in the order of their names: the order of read models.

extension SubjectTable {
  /// `subjects` sorted by the bytes of their names as people see them.
  ///
  /// Names are compared by their first sixteen bytes, which decide nearly always, and only then as a whole.
  public func sortedByName(_ subjects: [Int]) -> [Int] { placesByName(subjects).map { subjects[$0] } }

  /// The places of `subjects` in the order of their names.
  public func placesByName(_ subjects: [Int]) -> [Int] {
    struct Entry {
      let high: UInt64
      let low: UInt64
      let subject: Int
      let place: Int
    }
    var entries = subjects.enumerated().map { place, subject in
      if names.withBytes(subject, SubjectTable.hasEscape) {
        let bytes = Array(name(of: subject).utf8)
        return Entry(high: SubjectTable.word(bytes.span, 0), low: SubjectTable.word(bytes.span, 8), subject: subject, place: place)
      }
      return names.withBytes(subject) { bytes in
        Entry(high: SubjectTable.word(bytes, 0), low: SubjectTable.word(bytes, 8), subject: subject, place: place)
      }
    }
    entries.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      return namePrecedes(a.subject, b.subject)
    }
    return entries.map(\.place)
  }

  /// Eight bytes as a number that compares as they do; zeros behind the end.
  private static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt64 {
    var word: UInt64 = 0
    for place in start..<start + 8 { word = word << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0) }
    return word
  }

  private static func hasEscape(_ bytes: Span<UInt8>) -> Bool {
    for place in bytes.indices where bytes[place] == UInt8(ascii: "\\") { return true }
    return false
  }

  private func namePrecedes(_ a: Int, _ b: Int) -> Bool {
    name(of: a).utf8.lexicographicallyPrecedes(name(of: b).utf8)
  }
}
