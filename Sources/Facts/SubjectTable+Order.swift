// Subjects in the order of their names: the order of read models.

extension SubjectTable {
  /// `subjects` sorted by the bytes of their names as people see them.
  ///
  /// Names are compared by their first sixteen bytes, which decide nearly always, and only then as a whole.
  public func sortedByName(_ subjects: [Int]) -> [Int] {
    struct Entry {
      let high: UInt64
      let low: UInt64
      let subject: Int
    }
    var entries = subjects.map { subject in
      names.withBytes(subject) { bytes in
        Entry(high: SubjectTable.word(bytes, 0), low: SubjectTable.word(bytes, 8), subject: subject)
      }
    }
    entries.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      return namePrecedes(a.subject, b.subject)
    }
    return entries.map(\.subject)
  }

  /// Eight bytes as a number that compares as they do; zeros behind the end. A backslash begins an escape, whose
  /// place is decided by the whole name: it and all behind it count as zeros.
  private static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt64 {
    var word: UInt64 = 0
    var plain = true
    for place in 0..<start where place < bytes.count && bytes[place] == UInt8(ascii: "\\") { plain = false }
    for place in start..<start + 8 {
      plain = plain && place < bytes.count && bytes[place] != UInt8(ascii: "\\")
      word = word << 8 | (plain ? UInt64(bytes[place]) : 0)
    }
    return word
  }

  private func namePrecedes(_ a: Int, _ b: Int) -> Bool {
    name(of: a).utf8.lexicographicallyPrecedes(name(of: b).utf8)
  }
}
