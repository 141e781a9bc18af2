import AccountHistory
import CompanyRules
import Projection
import Statistics
import Vocabulary
import Wire

/// How a customer's grade came about.
///
/// Customers of one currency are graded by their share of its money (ABC), at present and on each day of grading before:
/// those whose number since 1970-01-01 `regradeEveryDays` divides. Whoever had the better grade at the grading before keeps
/// it while they lie less than the margin beyond its limit. So a grade rests on the gradings before it; `limit` of them are
/// looked at, and the first of those asks for no margin.
struct Grading: Sendable {
  /// Gradings before the present one that are looked at.
  static let limit = 12

  /// At present and at the gradings before, the latest first, by money alone; `nil` where there was none.
  let computed: [ABCGrade?]
  /// Without the margin.
  let plain: ABCGrade?
  /// What those have who have more, of the money of all; 0…1.
  let shareBefore: Double?
  /// Customers who have more, and 1.
  let rank: Int?

  static let none = Grading(computed: [], plain: nil, shareBefore: nil, rank: nil)
}

extension Grading {
  /// The gradings of customers, in their order.
  static func all(_ customers: [Turnover], by rules: SegmentRules) -> [Grading] {
    var all = [Grading](repeating: .none, count: customers.count)
    guard let limits = ABCLimits(a: rules.shareOfABp, b: rules.shareOfBBp, keep: rules.keepMarginBp) else { return all }
    for (_, places) in customers.byCurrency {
      let gradings = limits.gradings(places.map { customers[$0].money })
      for (place, grading) in zip(places, gradings) { all[place] = grading }
    }
    return all
  }
}

extension [Turnover] {
  /// The places of those who deal in a currency, by the order in which the currencies first come.
  var byCurrency: [(currency: Currency, places: [Int])] {
    var groups: [(currency: Currency, places: [Int])] = []
    for (place, one) in enumerated() {
      guard let currency = one.currency else { continue }
      if let group = groups.firstIndex(where: { $0.currency == currency }) {
        groups[group].places.append(place)
      } else {
        groups.append((currency, [place]))
      }
    }
    return groups
  }
}

extension ABCLimits {
  /// - Parameter money: of each customer as of now and as of the gradings before.
  fileprivate func gradings(_ money: [[Int64]]) -> [Grading] {
    let count = money.first?.count ?? 0
    var previous = [ABCGrade?](repeating: nil, count: money.count)
    var computed = money.map { _ in [ABCGrade?]() }
    for grading in (0..<count).reversed() {
      let cuts = ABCCuts(money.map { $0[grading] }, by: self)
      for customer in money.indices {
        let own = money[customer][grading]
        previous[customer] = own > 0 ? cuts.grade(own, previous: previous[customer]) : nil
        computed[customer].append(previous[customer])
      }
    }
    return positions(money.map { $0.first ?? 0 }).enumerated().map { customer, position in
      Grading(
        computed: computed[customer].reversed(), plain: position.plain, shareBefore: position.shareBefore,
        rank: position.rank)
    }
  }

  /// Where each stands by present money; nowhere without any.
  private func positions(_ money: [Int64]) -> [(plain: ABCGrade?, shareBefore: Double?, rank: Int?)] {
    let cuts = ABCCuts(money, by: self)
    let order = money.indices.filter { money[$0] > 0 }.sorted { money[$0] > money[$1] }
    let total = order.reduce(0.0) { $0 + Double(money[$1]) }
    var positions = money.map { _ in (plain: ABCGrade?.none, shareBefore: Double?.none, rank: Int?.none) }
    var (sum, before, rank) = (0.0, 0.0, 0)
    for (place, customer) in order.enumerated() {
      if place == 0 || money[order[place - 1]] != money[customer] { (before, rank) = (sum, place + 1) }
      sum += Double(money[customer])
      positions[customer] = (cuts.grade(money[customer]), before / total, rank)
    }
    return positions
  }
}

/// How a customer buys: recency, frequency and amount against the others of their currency who bought within the window.
struct Scoring: Sendable {
  /// By as many steps as the rule's method has; five where it goes by the mean.
  let scores: RFM.Score?
  let group: RFMGroup?

  static let none = Scoring(scores: nil, group: nil)

  static func all(_ customers: [Turnover], by rules: SegmentRules) -> [Scoring] {
    var all = [Scoring](repeating: .none, count: customers.count)
    for (_, places) in customers.byCurrency {
      let bought = places.filter { customers[$0].purchases > 0 }
      let measured = bought.map { place in
        let one = customers[place]
        return RFM.Customer(daysSince: one.daysSince ?? 0, purchases: one.purchases, amount: one.money.first ?? 0)
      }
      let scores = RFM.scored(measured, steps: rules.rfmMethod.steps)
      let groups =
        rules.rfmMethod == .mean ? RFM.grouped(measured) : scores.map { $0.group(highFrom: rules.highFromQuartile) }
      for (number, place) in bought.enumerated() { all[place] = Scoring(scores: scores[number], group: groups[number]) }
    }
    return all
  }
}

extension ScoringMethod {
  var steps: Int {
    switch self {
    case .quartile: 4
    case .quintile, .mean: 5
    }
  }
}
