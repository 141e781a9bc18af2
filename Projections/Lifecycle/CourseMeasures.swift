import AccountHistory
import Conditions
import Projection
import Vocabulary
import Wire

/// What own stages may ask of a customer, beside what all rules may.
enum CourseMeasure: UInt8, CaseIterable {
  case daysSinceTouch = 20
  case daysSinceKnown = 21
  case touches = 22
  case recommendation = 23
  case daysSinceRecommendation = 24
  case openOpportunities = 25

  var measure: Measure {
    switch self {
    case .daysSinceTouch: Measure(rawValue, "days since last visit or use", "距上次拜访或使用天数", .days, .rising)
    case .daysSinceKnown: Measure(rawValue, "days since first known", "建档以来天数", .days, .rising)
    case .touches: Measure(rawValue, "visits and uses", "拜访和使用次数", .count, window: .optional, cost: 2)
    case .recommendation: Measure(rawValue, "recommendation score", "推荐分", .score)
    case .daysSinceRecommendation:
      Measure(rawValue, "days since recommendation score", "距上次推荐分天数", .days, .rising)
    case .openOpportunities: Measure(rawValue, "open opportunities", "进行中商机数", .count, cost: 2)
    }
  }
}

/// A customer's course as conditions ask for it by day.
struct CourseMeasures: MeasureSource {
  static let vocabulary = AccountMeasure.allCases.map(\.measure) + CourseMeasure.allCases.map(\.measure)

  private let common: AccountMeasures
  private let touches: Occasions
  private let known: Moment?
  private let recommendations: [SeriesStore.Entry]
  private let opportunities: [SeriesStore.Entry]

  init(
    _ facts: Lifecycle.Facts, _ series: borrowing SeriesStore, purchases: [Movement], touches: [Moment],
    turns: [SeriesStore.Entry], by rules: LifecycleRules
  ) {
    let history = PurchaseHistory(facts.purchases, series, by: rules.purchaseEvents)
    common = AccountMeasures(
      purchases: purchases, movements: history.movements, terms: facts.contracts.terms(in: series))
    self.touches = Occasions(touches)
    known = facts.known.at == .distantFuture ? nil : facts.known
    recommendations = turns.filter { $0.turn == .recommended }
    opportunities = turns.filter { $0.turn == .opportunityOpened || $0.turn == .opportunityClosed }
  }

  func value(of use: MeasureUse, in currency: Currency?, on day: Day) -> Int64? {
    if let measure = AccountMeasure(rawValue: use.measure.id) {
      return common.value(measure, use.window, in: currency, on: day)
    }
    switch CourseMeasure(rawValue: use.measure.id) {
    case .daysSinceTouch: return touches.daysSinceLast(on: day)
    case .daysSinceKnown: return known.flatMap { $0.at.day <= day ? Int64(day - $0.at.day) : nil }
    case .touches: return Int64(touches.within(use.window, on: day).count)
    case .recommendation: return latest(on: day).map { Int64($0.number) }
    case .daysSinceRecommendation: return latest(on: day).map { Int64(day - $0.moment.at.day) }
    case .openOpportunities: return open(on: day)
    case nil: return nil
    }
  }

  func changes(of use: MeasureUse, in currency: Currency?) -> [Day] {
    if let measure = AccountMeasure(rawValue: use.measure.id) { return common.changes(measure, use.window) }
    switch CourseMeasure(rawValue: use.measure.id) {
    case .daysSinceTouch: return touches.changes(nil)
    case .daysSinceKnown: return known.map { [$0.at.day] } ?? []
    case .touches: return touches.changes(use.window)
    case .recommendation, .daysSinceRecommendation: return recommendations.map(\.moment.at.day)
    case .openOpportunities: return opportunities.map(\.moment.at.day)
    case nil: return []
    }
  }

  func evidence(of use: MeasureUse, in currency: Currency?, on day: Day) -> [Int64] {
    if let measure = AccountMeasure(rawValue: use.measure.id) { return common.evidence(measure, use.window, on: day) }
    switch CourseMeasure(rawValue: use.measure.id) {
    case .daysSinceTouch: return touches.last(on: day).map { [$0.seq] } ?? []
    case .daysSinceKnown: return known.map { [$0.seq] } ?? []
    case .touches: return touches.within(use.window, on: day).suffix(10).map(\.seq)
    case .recommendation, .daysSinceRecommendation: return latest(on: day).map { [$0.moment.seq] } ?? []
    case .openOpportunities: return opportunities.filter { $0.moment.at.day <= day }.suffix(10).map(\.moment.seq)
    case nil: return []
    }
  }

  private func latest(on day: Day) -> SeriesStore.Entry? { recommendations.last { $0.moment.at.day <= day } }

  private func open(on day: Day) -> Int64 {
    opportunities.reduce(0) { open, turn in
      guard turn.moment.at.day <= day else { return open }
      return max(0, turn.turn == .opportunityOpened ? open + 1 : open - 1)
    }
  }
}
