import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

public struct CommissionRow: Row {
  public let currency: Currency
  public let collectedMinor: Int64
  private let receipts: Int
  private let countedMinor: Int64
  public let dueMinor: Int64
  public let atOnceMinor: Int64
  public let restMinor: Int64
  public let clawbackMinor: Int64
  public let pendingMinor: Int64
  private let lateRefunds: Int
  public let postedMinor: Int64
  private let paidOutMinor: Int64
  private let takenBackMinor: Int64
  private let adjustedMinor: Int64
  /// Due less posted: above zero, it is still owed to the person.
  public let balanceMinor: Int64
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    Column("cur", .text, "Currency", "币种"),
    Column("collectedMinor", .money, "Money that counts, in this month", "当月计提基数"),
    Column("receipts", .integer, "Payments, or parts of them", "款项笔数"),
    Column("countedMinor", .money, "Money that counts for the steps so far", "阶梯累计基数"),
    Column("dueMinor", .money, "Due: at once and rest, less taken back", "应计：即付加余款减追回"),
    Column("atOnceMinor", .money, "Due when the money came", "到账即付"),
    Column("restMinor", .money, "Rest, of what was collected in full", "全部回款后余款"),
    Column("clawbackMinor", .money, "To be taken back for refunds", "因退款追回"),
    Column("pendingMinor", .money, "Rest still to come, of this month's money", "当月款项待付余款"),
    Column("lateRefunds", .integer, "Refunds after the window, not taken back", "超出追回期的退款笔数"),
    Column("postedMinor", .money, "Posted", "已入账"),
    Column("paidOutMinor", .money, "Posted as paid out", "已发放"),
    Column("takenBackMinor", .money, "Posted as taken back", "已追回"),
    Column("adjustedMinor", .money, "Posted as adjusted", "已调整"),
    Column("balanceMinor", .money, "Due less posted", "应计减已入账"),
  ]

  public var values: [Value] {
    [
      .text(currency.description), .integer(collectedMinor), Value(receipts), .integer(countedMinor), .integer(dueMinor),
      .integer(atOnceMinor), .integer(restMinor), .integer(clawbackMinor), .integer(pendingMinor), Value(lateRefunds),
      .integer(postedMinor), .integer(paidOutMinor), .integer(takenBackMinor), .integer(adjustedMinor),
      .integer(balanceMinor),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []
  public var amounts: [Amount] { [Amount(Word("due", "Commission due", "应计提成"), currency, dueMinor)] }
}

extension CommissionRow {
  init(_ statement: Statement) {
    currency = statement.currency
    (collectedMinor, receipts, countedMinor) = (statement.collected, statement.receipts, statement.counted)
    dueMinor = statement.due
    (atOnceMinor, restMinor, clawbackMinor) = (statement.sum(.atOnce), statement.sum(.rest), statement.sum(.back))
    pendingMinor = statement.pending
    lateRefunds = statement.lines.count { $0.kind == .late }
    postedMinor = statement.posted
    (paidOutMinor, takenBackMinor) = (statement.posted(.payout), statement.posted(.clawback))
    adjustedMinor = statement.posted(.adjust)
    balanceMinor = statement.due - statement.posted
    (since, because) = (statement.last?.at, statement.last?.seq)
  }
}

extension Statement {
  /// Notes every line with its event, and every posting.
  func note(in trace: inout some CensusTrace) {
    for line in lines.sorted(by: { $0.moment < $1.moment }) { trace.note(subject, Statement.finding(of: line)) }
    for posting in postings {
      let entry = posting.entry?.word.title ?? Name("Posted", "入账")
      trace.note(
        subject,
        Finding(
          "posted", Name("Posted: \(entry.en)", "入账：\(entry.zh)"), value: "\(posting.credit)", threshold: "\(due)",
          holds: true, evidence: [posting.moment.seq]))
    }
  }

  private static func finding(of line: Line) -> Finding {
    let (id, title): (String, Name) =
      switch line.kind {
      case .atOnce: ("at-once", Name("Due when the money came", "到账即付"))
      case .rest: ("rest", Name("Rest: collected in full", "余款：已全部回款"))
      case .back: ("taken-back", Name("Taken back: money refunded", "追回：已退款"))
      case .late: ("not-taken-back", Name("Not taken back: refunded after the window", "不追回：超出追回期"))
      }
    let (day, sold) = (line.moment.at.day, line.sale)
    return Finding(
      id, Name("\(title.en), \(day)", "\(title.zh)，\(day)"), value: "\(line.amount)", threshold: "\(sold.amount)",
      holds: line.amount != 0, evidence: [line.moment.seq, sold.moment.seq, sold.invoice?.seq])
  }
}
