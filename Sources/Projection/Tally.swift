/// Sums by whom they are about, in the order in which each was first spoken of: how a census comes to rows about people,
/// periods and the company. The order does not depend on a hash table.
public struct Tally<Sum> {
  public private(set) var all: [(subject: CensusSubject, sum: Sum)] = []
  private var places: [CensusSubject: Int] = [:]

  public init() {}

  /// Changes the sum about a subject, which begins as `initial`. Expected complexity: O(1).
  public mutating func update(
    _ subject: CensusSubject, from initial: @autoclosure () -> Sum, _ change: (inout Sum) -> Void
  ) {
    let place = places[subject] ?? all.count
    if place == all.count {
      places[subject] = place
      all.append((subject, initial()))
    }
    change(&all[place].sum)
  }
}
