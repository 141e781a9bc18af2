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
