import CompanyHistory
public import Projection
import Statistics
import Vocabulary
public import Wire

public struct HandoffRow: NamingRow {
  private let state: HandoffState?
  private let from: Int64?
  private let to: Int64?
  private let givenAt: Instant?
  private let dueAt: Instant?
  private let doneAt: Instant?
  private let hours: Double?
  private let counts: [Int]?
  private let onTimeBp: Int64?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("state", HandoffState.self, "State", "状态"),
    Column("from", .text, "From", "移交人"),
    Column("to", .text, "To", "接收人"),
    Column("givenAt", .instant, "Given", "移交时间"),
    Column("dueAt", .instant, "To be accepted by", "应接收时间"),
    Column("doneAt", .instant, "Accepted or refused", "接收或拒收时间"),
    Column("hours", .hundredths, "Hours to that; of a person the median", "所用小时；个人为中位数"),
    Column("all", .integer, "Handovers", "交接数"),
    Column("accepted", .integer, "Accepted in time", "按时接收"),
    Column("late", .integer, "Accepted late", "逾期接收"),
    Column("refused", .integer, "Refused", "拒收"),
    Column("waiting", .integer, "Waiting", "待接收"),
    Column("overdue", .integer, "Overdue", "逾期未接收"),
    Column("onTimeBp", .integer, "In time, of all that do not wait (0.01 %)", "按时率（不含待接收，万分之一）"),
  ]

  public func values(_ names: any Names) -> [Value] {
    let order: [HandoffState] = [.accepted, .acceptedLate, .refused, .waiting, .overdue]
    return [
      state.map { Value($0) } ?? .null, Value(name: from, names), Value(name: to, names), Value(givenAt), Value(dueAt),
      Value(doneAt), Value(hundredthsOf: hours), counts.map { Value($0.reduce(0, +)) } ?? .null,
    ] + order.map { state in counts.map { Value($0[Int(state.rawValue) - 1]) } ?? .null } + [Value(onTimeBp)]
  }
  public var outcome: Int? { state.map { Int($0.rawValue) - 1 } }
}

extension HandoffRow {
  init(_ handover: Handover) {
    (state, from, to) = (handover.state, handover.from, handover.to)
    (givenAt, dueAt, doneAt, hours) = (handover.given.at, handover.due, handover.done?.at, handover.hours)
    (counts, onTimeBp) = (nil, nil)
    let moment = handover.done ?? handover.given
    (since, because) = (moment.at, moment.seq)
  }

  init(_ sum: Punctuality) {
    (state, from, to, givenAt, dueAt, doneAt) = (nil, nil, nil, nil, nil, nil)
    hours = median(sum.hours)
    (counts, onTimeBp) = (sum.counts, sum.onTime?.basisPoints)
    (since, because) = (sum.last?.at, sum.last?.seq)
  }
}
