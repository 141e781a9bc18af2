public import Projection
import Vocabulary
public import Wire

public struct ActivityRow: Row {
  public let first: Instant
  public let last: Instant
  public let events: Int
  /// By group, in their order.
  public let counts: [Int]
  public let lastContact: Instant?
  public let lateEntries: Int
  /// When the late entry happened that was recorded last.
  public let lastLate: Instant?
  public let corrections: Int
  public let lastCorrection: Instant?
  public let since: Instant?
  public let because: Int64?

  init(_ facts: Activity.Facts) {
    func at(_ moment: Moment) -> Instant? { moment.seq < 0 ? nil : moment.at }
    first = facts.first.at
    last = facts.last.at
    counts = ActivityGroup.allCases.map { facts.counts[$0] }
    events = counts.reduce(0, +)
    lastContact = at(facts.contact)
    lateEntries = Int(facts.lateCount)
    lastLate = at(facts.late)
    corrections = Int(facts.correctionCount)
    lastCorrection = at(facts.correction)
    since = facts.last.at
    because = facts.last.seq
  }

  public static let columns: [Column] =
    [
      Column("first", .instant, "First event", "首个事件"), Column("last", .instant, "Latest event", "最近事件"),
      Column("events", .integer, "Events", "事件数"),
    ] + ActivityGroup.allCases.map { Column($0.word.text, .integer, $0.word.title.en, $0.word.title.zh) } + [
      Column("lastContact", .instant, "Last contact", "最近联络"),
      Column("lateEntries", .integer, "Late entries", "补录数"),
      Column("lastLate", .instant, "Last late entry happened", "最近补录事件的发生时间"),
      Column("corrections", .integer, "Corrections", "更正数"),
      Column("lastCorrection", .instant, "Last correction", "最近更正"),
    ]

  public var values: [Value] {
    [.instant(first), .instant(last), Value(events)] + counts.map { Value($0) } + [
      Value(lastContact), Value(lateEntries), Value(lastLate), Value(corrections), Value(lastCorrection),
    ]
  }
  public var outcome: Int? { nil }

  /// Notes the ends of the timeline, and what was entered late or corrected.
  func note(_ facts: Activity.Facts, in trace: inout some Trace) {
    for (id, title, moment) in [
      ("first", Name("First event", "首个事件"), facts.first), ("last", Name("Latest event", "最近事件"), facts.last),
      ("contact", Name("Last contact", "最近联络"), facts.contact), ("late", Name("Last late entry", "最近补录"), facts.late),
      ("correction", Name("Last correction", "最近更正"), facts.correction),
    ] {
      let isThere = moment.seq >= 0
      trace.note(
        Finding(
          id, title, value: isThere ? "\(moment.at.day)" : "–", threshold: "–", holds: isThere,
          evidence: [isThere ? moment.seq : nil]))
    }
  }
}
