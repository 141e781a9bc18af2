public import Vocabulary

extension SegmentFacts {
  /// Positions of the events of these types, ascending. Complexity: O(1) for a stretch that has none.
  public func positions(of types: Set<TypeCode>) -> [Int64] {
    let wanted = layouts.map { types.contains($0.type) }
    guard wanted.contains(true) else { return [] }
    let numbers = layoutColumn.reader
    var found: [Int64] = []
    for row in 0..<count where wanted[Int(numbers[row])] { found.append(first + Int64(row)) }
    return found
  }
}

extension TypeCode {
  /// The type of lines that gave place to their hash. No family has the number 0.
  static let redacted = TypeCode(family: 0, type: 0)
}

extension Span where Element == UInt8 {
  /// Whether the line begins as only one does that stands for another's hash.
  public var isRedaction: Bool { count > 3 && self[2] == UInt8(ascii: "$") && self[1] == UInt8(ascii: "\"") }
}
