/// Where grades end in money: the same grades as `ABCLimits.grades(_:previous:)` gives, for who grades many customers at
/// many dates and need not know each one's share.
public struct ABCCuts: Hashable, Sendable {
  /// The least money of each grade, and with an earlier grade to keep; `nil` where nobody has any.
  private let a: Int64?
  private let keptA: Int64?
  private let b: Int64?
  private let keptB: Int64?

  /// - Parameter values: minor units of one currency. Complexity: O(n log n).
  public init(_ values: [Int64], by limits: ABCLimits) {
    let falling = values.filter { $0 > 0 }.sorted(by: >)
    let total = Exact.total(falling)
    var least: [Int64?] = []
    for limit in [limits.a, limits.a + limits.keep, limits.b, limits.b + limits.keep] {
      var before: Int128 = 0
      var sum: Int128 = 0
      var cut: Int64?
      for value in falling {
        if value != cut {
          before = sum
          guard before * 10_000 < Int128(limit) * total else { break }
          cut = value
        }
        sum += Int128(value)
      }
      least.append(cut)
    }
    (a, keptA, b, keptB) = (least[0], least[1], least[2], least[3])
  }

  /// The grade of who has so much, with the earlier grade where there was one.
  public func grade(_ value: Int64, previous: ABCGrade? = nil) -> ABCGrade {
    func reaches(_ cut: Int64?) -> Bool { value > 0 && cut.map { value >= $0 } ?? false }
    if reaches(a) || (previous == .a && reaches(keptA)) { return .a }
    if reaches(b) || (previous.map { $0 <= .b } == true && reaches(keptB)) { return .b }
    return .c
  }
}
