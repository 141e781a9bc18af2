public import Vocabulary

extension SegmentFacts {
  /// Positions of the events of one type, ascending. Costs next to nothing where there are none.
  public func positions(of type: TypeCode) -> [Int64] {
    let wanted = layouts.map { $0.type == type }
    guard wanted.contains(true) else { return [] }
    let numbers = layoutColumn.reader
    return (0..<count).filter { wanted[Int(numbers[$0])] }.map { first + Int64($0) }
  }
}

extension SegmentFacts {
  /// Whether any event is of one of these families.
  public func contains(_ families: Set<UInt8>) -> Bool { layouts.contains { families.contains($0.type.family) } }

  /// The latest business time, in microseconds, among the first `rows` events of other families than these; `nil` where
  /// there is none.
  public func latest(ofFirst rows: Int, besides families: Set<UInt8>) -> Int64? {
    if rows >= count, let latest = self.rows?.latest { return latest.filter { !families.contains($0.key) }.values.max() }
    var times: [Int64] = []
    unpackTimes(into: &times)
    guard contains(families) else { return times[..<min(rows, count)].max() }
    let tells = layouts.map { !families.contains($0.type.family) }
    let numbers = layoutColumn.reader
    var latest: Int64?
    for row in 0..<min(rows, count) where tells[Int(numbers[row])] && times[row] > latest ?? .min { latest = times[row] }
    return latest
  }
}

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

extension SegmentFacts {
  /// The position before `end` of the last event of the types that are wanted; `nil` where there is none.
  public func last(before end: Int64, _ isWanted: (TypeCode) -> Bool) -> Int64? {
    let wanted = layouts.map { isWanted($0.type) }
    guard wanted.contains(true) else { return nil }
    let numbers = layoutColumn.reader
    return (0..<min(count, Int(end - first))).last { wanted[Int(numbers[$0])] }.map { first + Int64($0) }
  }
}

extension SegmentFacts {
  /// Whether an event of the types that are wanted stands in a range of positions. Complexity: O(events of the range).
  public func has(in range: Range<Int64>, _ isWanted: (TypeCode) -> Bool) -> Bool {
    let rows = range.clamped(to: first..<first + Int64(count))
    guard !rows.isEmpty else { return false }
    let wanted = layouts.map { isWanted($0.type) }
    guard wanted.contains(true) else { return false }
    let numbers = layoutColumn.reader
    return (Int(rows.lowerBound - first)..<Int(rows.upperBound - first)).contains { wanted[Int(numbers[$0])] }
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
