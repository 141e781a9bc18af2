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
