/// One record of a file, with its cells unquoted and in UTF-8. One instance is used for all records of a file.
///
/// `bytes` is also the scratch paper on which values are made: what is appended behind the cells lives until the next
/// record. Results are therefore ranges of it, and no text becomes a `String` before somebody needs one.
///
/// One thread at a time has a row, and no two accesses to a property overlap. To check that at run time cost a tenth of an
/// import; therefore `@exclusivity(unchecked)` here and in what else is touched for each row.
final class Row {
  @exclusivity(unchecked) var bytes: [UInt8] = []
  @exclusivity(unchecked) var cells: [Range<Int>] = []
  /// File name without its directories, the line on which the record begins, and the record's number, from 1.
  let file: String
  @exclusivity(unchecked) var line = 0
  @exclusivity(unchecked) var number = 0
  /// Which of equal keys this row's is; see `Part.occurrence`.
  @exclusivity(unchecked) var occurrence = 0

  init(file: String) { self.file = file }

  func clear() {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Drops blanks at both ends: space, tab, line breaks, no-break space, ideographic space.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, Row.mayBeBlank(bytes[range.lowerBound]) || Row.mayBeBlank(bytes[range.upperBound - 1]) else {
      return range
    }
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, let width = blankWidth(at: low, limit: high) { low += width }
    while high > low {
      if blankWidth(at: high - 1, limit: high) == 1 { high -= 1 }
      else if high - 2 >= low, bytes[high - 1] >= 0x80, blankWidth(at: high - 2, limit: high) == 2 { high -= 2 }
      else if high - 3 >= low, bytes[high - 1] >= 0x80, blankWidth(at: high - 3, limit: high) == 3 { high -= 3 }
      else { break }
    }
    return low..<high
  }

  /// A blank, or a byte that blanks of several bytes begin or end with.
  @inline(__always)
  private static func mayBeBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x80 }

  private func blankWidth(at place: Int, limit: Int) -> Int? {
    switch bytes[place] {
    case 0x20, 0x09, 0x0A, 0x0D: 1
    case 0xC2: place + 1 < limit && bytes[place + 1] == 0xA0 ? 2 : nil
    case 0xE3: place + 2 < limit && bytes[place + 1] == 0x80 && bytes[place + 2] == 0x80 ? 3 : nil
    default: nil
    }
  }

  /// Whether the range has exactly these bytes.
  func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    range.count == other.count && bytes[range].elementsEqual(other)
  }
}

extension Row {
  /// Appends text behind the cells and returns its place.
  func append(_ text: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// Appends what stands in the row already. An `append(contentsOf: bytes[range])` would copy all bytes first.
  func copy(_ range: Range<Int>) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: range.count))
    bytes.withUnsafeMutableBytes { bytes in
      UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }

  /// Appends a whole number that is not negative.
  func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
}
