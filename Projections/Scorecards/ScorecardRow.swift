import CompanyHistory
import CompanyRules
import Events
public import Projection
public import Vocabulary
public import Wire

public struct ScorecardRow: Row {
  public let total: Int64?
  public let grade: String?
  private let weightBp: Int64
  private let items: String
  public let lockedTotal: Int64?
  private let lockedGrade: Performance.Grade?
  private let lockedOn: Day?
  public let difference: Int64?
  private let isOtherRule: Bool?
  private let lateEvents: Int?
  private let revisions: Int
  private let revisedTotal: Int64?
  private let lockDue: Day
  private let currency: Currency?
  private let collected: Int64?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    Column("total", .integer, "Score, computed now", "现算得分"),
    Column("grade", .text, "Grade, computed now", "现算等级"),
    Column("weightBp", .integer, "Weight that could be computed (0.01 %)", "可计算权重（万分之一）"),
    Column("items", .text, "Items: score of target and actual", "各项得分（实际/目标）"),
    Column("lockedTotal", .integer, "Locked score", "锁定得分"),
    .code("lockedGrade", Performance.Grade.self, "Locked grade", "锁定等级"),
    Column("lockedOn", .day, "Locked on", "锁定日期"),
    Column("lockDue", .day, "To be locked on", "应锁定日期"),
    Column("difference", .integer, "Computed less locked", "现算减锁定"),
    Column("isOtherRule", .flag, "Locked by another version of the rule", "锁定时规则版本不同"),
    Column("lateEvents", .integer, "Events that count and were recorded after the lock", "锁定后补录且计入的事件数"),
    Column("revisions", .integer, "Revised after the lock", "锁定后修订次数"),
    Column("revisedTotal", .integer, "Score after the last revision", "末次修订得分"),
    Column("cur", .text, "Currency", "币种"),
    Column("collectedMinor", .money, "Collected", "回款额"),
  ]

  public var values: [Value] {
    [
      Value(total), grade.map { .text($0) } ?? .null, .integer(weightBp), items.isEmpty ? .null : .text(items),
      Value(lockedTotal), lockedGrade.map { Value($0) } ?? .null, Value(lockedOn), Value(lockDue), Value(difference),
      isOtherRule.map { .flag($0) } ?? .null, Value(lateEvents.map { Int64($0) }), Value(revisions), Value(revisedTotal),
      currency.map { .text($0.description) } ?? .null, Value(collected),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []
}

extension ScorecardRow {
  init(_ scored: ScoredSheet) {
    let sheet = scored.sheet
    (total, grade, weightBp, currency) = (scored.total, scored.grade, scored.weightBp, scored.currency)
    items = scored.items.map { item in
      let (actual, target) = (item.actual.map { "\($0)" } ?? "–", item.target.map { "\($0)" } ?? "–")
      return "\(item.item.id) \(item.score.map { "\($0)" } ?? "–") (\(actual)/\(target))"
    }.joined(separator: "; ")
    (lockedTotal, lockedGrade, lockedOn) = (sheet.locked?.total, sheet.locked?.grade, sheet.locked?.moment.at.day)
    difference = scored.difference
    isOtherRule = sheet.locked.map { _ in scored.isOtherRule }
    lateEvents = sheet.locked.map { _ in scored.late }
    revisions = scored.revisions
    revisedTotal = scored.revisions > 0 ? sheet.latest?.total : nil
    lockDue = scored.lockDay
    collected = scored.reached.value(of: .collected, in: scored.currency)
    let moment = sheet.latest?.moment ?? sheet.targets.map(\.moment).max()
    (since, because) = (moment?.at, moment?.seq)
  }
}

extension ScoredSheet {
  /// Notes each item with its actual and target, then why the locked score is another.
  func note(_ rule: Ruled<PerformanceRules>, in trace: inout some CensusTrace) {
    let subject = sheet.subject
    for item in items {
      let weight = "\(item.item.weightBp / 100) %"
      let score = item.score.map { "\($0)" } ?? "–"
      let name = item.item.name
      trace.note(
        subject,
        Finding(
          item.item.id, Name("\(name): score \(score), weight \(weight)", "\(name)：得分 \(score)，权重 \(weight)"),
          value: item.actual.map { "\($0)" } ?? "–", threshold: item.target.map { "\($0)" } ?? "–",
          holds: item.score.map { $0 >= 100 } ?? false, evidence: item.evidence + [item.targetEvent].compactMap { $0 }))
    }
    guard let locked = sheet.locked else { return }
    for item in items where item.locked != nil && item.locked != item.score {
      trace.note(
        subject,
        Finding(
          "\(item.item.id).locked", Name("\(item.item.name): another score was locked", "\(item.item.name)：锁定得分不同"),
          value: item.score.map { "\($0)" } ?? "–", threshold: item.locked.map { "\($0)" } ?? "–", holds: true,
          evidence: [locked.moment.seq]))
    }
    trace.note(
      subject,
      Finding(
        "late", Name("Recorded after the lock", "锁定后补录"), value: "\(late)", threshold: "0",
        holds: late > 0, evidence: lateEvents))
    trace.note(
      subject,
      Finding(
        "rule", Name("Version of the rule, now and at the lock", "规则版本：现算与锁定"), value: "\(ruleVersion)",
        threshold: locked.ruleVersion.map { "\($0)" } ?? "–", holds: isOtherRule, evidence: [locked.moment.seq]))
    for score in sheet.scores where score.revision > 0 {
      trace.note(
        subject,
        Finding(
          "revision", Name("Revision \(score.revision) after the lock", "锁定后第 \(score.revision) 次修订"), value: "\(score.total)",
          threshold: "\(locked.total)", holds: true, evidence: [score.moment.seq]))
    }
  }
}
