import AccountHistory
import CompanyHistory
import CompanyRules
import Events
import Projection
import Vocabulary
import Wire

/// One item of a score sheet, computed.
struct ScoredItem {
  let item: PerformanceRules.Item
  let target: Int64?
  /// The event that set the target; `nil` where the rule's own counts.
  let targetEvent: Int64?
  let actual: Int64?
  /// 0 up to the item's cap; `nil` where it cannot be computed.
  let score: Int64?
  /// What was locked for it.
  let locked: Int64?
  let evidence: [Int64]
}

/// A score sheet computed now, beside what was locked.
struct ScoredSheet {
  let sheet: ScoreSheet
  let items: [ScoredItem]
  let currency: Currency?
  /// Σ weight × score ÷ Σ weight of the items that could be computed, rounded to the nearest, half up.
  let total: Int64?
  let weightBp: Int64
  let grade: String?
  let lockDay: Day
  let reached: Reached
  let now: Instant
  let ruleVersion: Int

  init(_ sheet: ScoreSheet, _ reached: Reached, by rule: Ruled<PerformanceRules>, asOf now: Instant) {
    (self.sheet, self.reached, self.now, ruleVersion) = (sheet, reached, now, rule.version)
    let currency = ScoredSheet.currency(sheet, reached, rule.names)
    self.currency = currency
    items = rule.body.items.map { ScoredSheet.score($0, sheet, reached, currency, rule.names) }
    let scored = items.filter { $0.score != nil }
    weightBp = scored.reduce(0) { $0 + Int64($1.item.weightBp) }
    let sum = scored.reduce(0) { $0 + Int64($1.item.weightBp) * ($1.score ?? 0) }
    let mean = weightBp == 0 ? nil : (sum * 2 + weightBp) / (weightBp * 2)
    total = mean
    grade = mean.flatMap { mean in rule.body.grades.first { mean >= Int64($0.fromScore) }?.grade }
    lockDay = sheet.period.end + (rule.body.lockOnDay - 1)
  }

  /// The currency of a target, or else the one in which most was collected; of equals the first by its letters.
  private static func currency(_ sheet: ScoreSheet, _ reached: Reached, _ names: any Names) -> Currency? {
    let targets = sheet.targets.sorted { $0.moment < $1.moment }
    if let set = targets.last(where: { $0.currency(names) != nil })?.currency(names) { return set }
    return reached.money.min { ($1.collected, $1.ordered, $0.currency.number) < ($0.collected, $0.ordered, $1.currency.number) }?.currency
  }

  private static func score(
    _ item: PerformanceRules.Item, _ sheet: ScoreSheet, _ reached: Reached, _ currency: Currency?, _ names: any Names
  ) -> ScoredItem {
    let set = target(of: item, in: sheet, names)
    let target = set?.value ?? item.target ?? item.measure?.wholeScale
    let actual = item.measure.flatMap { reached.value(of: $0, in: currency) }
    var score: Int64?
    if let actual, let target, target > 0 {
      let share = (Double(max(0, actual)) * 100 / Double(target)).rounded(.toNearestOrAwayFromZero)
      score = Int64(min(share, Double(item.capScore)))
    }
    let locked = sheet.locked?.items.first { $0.kpi.isNamed(item.id, names) || $0.kpi.isNamed(item.name, names) }?.score
    return ScoredItem(
      item: item, target: target, targetEvent: set?.moment.seq, actual: actual, score: score, locked: locked,
      evidence: item.measure.map { reached.evidence(of: $0) } ?? [])
  }

  /// The target for an item: one that names it, or else one of its kind; of several the one set last.
  private static func target(of item: PerformanceRules.Item, in sheet: ScoreSheet, _ names: any Names) -> Target? {
    let sorted = sheet.targets.sorted { $0.moment < $1.moment }
    if let named = sorted.last(where: { $0.kpi?.isNamed(item.id, names) ?? false }) { return named }
    return sorted.last { target in target.kpi == nil && item.measure.map { target.kind.measures($0) } ?? false }
  }

  // MARK: Against the lock

  /// Computed now less what was locked.
  var difference: Int64? { total.flatMap { total in sheet.locked.map { total - $0.total } } }
  /// How many events count in the period and were recorded after it was locked.
  var late: Int {
    guard let locked = sheet.locked else { return 0 }
    return reached.late + items.compactMap(\.targetEvent).count { $0 > locked.moment.seq }
  }
  /// Those of them that are kept as evidence.
  var lateEvents: [Int64] {
    guard let locked = sheet.locked else { return [] }
    let all = items.flatMap(\.evidence) + items.compactMap(\.targetEvent)
    return all.filter { $0 > locked.moment.seq }.sorted()
  }
  var isOtherRule: Bool { sheet.locked?.ruleVersion.map { $0 != Int64(ruleVersion) } ?? false }
  /// How often the score was revised after it was locked.
  var revisions: Int { sheet.scores.count { $0.revision > 0 } }
}

extension Int64 {
  /// Whether the name of this number is a text.
  fileprivate func isNamed(_ text: String, _ names: any Names) -> Bool { names.text(self) == text }
}

extension Target {
  /// The currency in which its value is counted.
  func currency(_ names: any Names) -> Currency? { unit.flatMap { names.text($0) }.flatMap { Currency($0) } }
}

extension Performance.Target {
  /// Whether a target of this kind is one for a measure, where it names no item.
  func measures(_ measure: Measure) -> Bool {
    switch self {
    case .revenue: measure.isMoney
    case .collection: measure == .collected
    case .activity: measure == .visits
    case .retention: measure == .retention
    case .development: measure == .training
    }
  }
}

extension Measure {
  /// What is the whole of it, in hundredths: 100 % of a share, 100 points of satisfaction; `nil` of money and counts, of
  /// which there is no whole.
  var wholeScale: Int64? { isShare || self == .satisfaction ? 10_000 : nil }
}
