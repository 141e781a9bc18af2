public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// Which records do we keep of whom, until when, what happens then, and which legal hold forbids it?
///
/// A row for each class of records that an account has: `customer:4/contracts`; what no class names has a row, `/other`,
/// only where its time is nearly over or it is held. A class is disposable as a whole, when the
/// time of its latest event is over; what is counted from the end of a contract is not begun while one has not ended.
/// Days are those of business time.
public enum Retention: Register {
  public typealias Source = RecordBook
  public typealias Rules = RetentionRules
  public static let name = "retention"
  public static let shape = 1
  public static let about = "customer/class"
  public static let title = Name("Retention of records", "档案保管")
  public static let ruleKind: String? = "retention"
  public static let shippedRules = RetentionRules.shipped

  public static func conclude(
    _ facts: RecordBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<RetentionRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<RetentionRow>] {
    let records = series.array(facts.types).filter { $0.moment.at <= now }.compactMap { RecordsOfType($0) }
    let ends = ContractEnds(facts.ends.all(in: series, asOf: now), on: now.day)
    let holds = PersonalMatters(facts.holds.all(in: series, asOf: now)).openHolds
    let contact = records.filter { Retention.tellsOfContact($0.name) }.map(\.latest).max()
    let named = records.map { (record: $0, one: rule.body.records($0.name)?.id) }
    let classes = rule.body.classes.map { Optional($0) } + [nil]
    return classes.compactMap { one in
      let own = named.filter { $0.one == one?.id }.map(\.record)
      guard let latest = own.map(\.latest).max() else { return nil }
      let from: Moment? =
        switch one?.countedFrom ?? .recording {
        case .recording: latest
        case .yearEnd: Moment(at: latest.at.day.endOfYear.start, seq: latest.seq)
        case .end: ends.isEmpty ? latest : ends.last
        case .lastContact: contact ?? latest
        }
      let kept = Kept(
        one: one, months: one?.keepMonths ?? rule.body.otherwiseMonths, from: from,
        count: own.reduce(0) { $0 + $1.count }, latest: latest, holds: holds)
      let subject = CensusSubject(.key(account), part: one?.id ?? "other")
      let row = RetentionRow(kept, noticeDays: rule.body.noticeDays, on: now.day)
      if one == nil, row.state == .kept { return nil }
      kept.note(subject, on: now.day, in: &trace)
      return CensusRow(subject, row)
    }
  }

  /// Whether an event of such a type is a contact with the people at a customer.
  private static func tellsOfContact(_ name: String) -> Bool {
    ["visit.", "interaction.", "order.", "survey.", "complaint.", "contact.", "consent."].contains { name.hasPrefix($0) }
  }
}

extension Day {
  var endOfYear: Day { Day(year: civil.year, month: 12, day: 31) ?? self }
}

/// When the contracts of an account ended.
private struct ContractEnds {
  var isEmpty: Bool { count == 0 }
  private let count: Int
  /// The last end; `nil` while one has not ended.
  let last: Moment?

  init(_ notes: [Note], on day: Day) {
    typealias Fact = Contract.Fact
    let ends = notes.of(Contract.self).bySubject.map { _, notes -> Moment? in
      if let ended = notes.last(where: { $0.type(in: Contract.self) == .ended }) {
        return Moment(at: (ended.day(Fact.endedOn) ?? ended.moment.at.day).start, seq: ended.seq)
      }
      let last = notes.last { $0.number(Fact.endOn) != nil || $0.number(Fact.newEndOn) != nil }
      guard let last, let end = last.day(Fact.newEndOn) ?? last.day(Fact.endOn), end <= day else { return nil }
      return Moment(at: end.start, seq: last.seq)
    }
    count = ends.count
    last = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
  }
}

/// A class of records of one account.
struct Kept {
  /// `nil`: what no class names.
  let one: RetentionRules.Class?
  let months: Int
  /// From when the time is counted; `nil` while that has not begun.
  let from: Moment?
  let count: Int
  let latest: Moment
  let holds: [PersonalMatters.Hold]

  var disposableOn: Day? { from.flatMap { $0.at.day.adding(months: months) } }

  func note(_ subject: CensusSubject, on day: Day, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "from", Name("Counted from \((one?.countedFrom ?? .recording).word.title.en)", "自\((one?.countedFrom ?? .recording).word.title.zh)起算"),
        value: from?.at.day.description ?? "not begun", threshold: "\(months) months", holds: from != nil,
        evidence: [from?.seq, latest.seq]))
    trace.note(
      subject,
      Finding(
        "time", Name("Time is over", "保管期满"), value: "\(day)", threshold: disposableOn.map { "≥ \($0)" } ?? "–",
        holds: disposableOn.map { $0 <= day } ?? false))
    trace.note(
      subject,
      Finding(
        "hold", Name("No legal hold", "无法律保全"), value: "\(holds.count)", threshold: "0", holds: holds.isEmpty,
        evidence: holds.map(\.placed.seq)))
  }
}

/// Whether records may go.
public enum RetentionState: UInt8, CodeSet {
  case notBegun = 1
  case kept = 2
  case announced = 3
  case disposable = 4
  case held = 5

  public var word: Word {
    switch self {
    case .notBegun: Word("not-begun", "Kept, not counted yet", "保管中，未起算")
    case .kept: Word("kept", "Kept", "保管中")
    case .announced: Word("announced", "Kept, soon over", "即将期满")
    case .disposable: Word("disposable", "Over: to be disposed of", "期满待处置")
    case .held: Word("held", "Held for the court", "法律保全")
    }
  }
}

public struct RetentionRow: Row {
  public let state: RetentionState
  let recordClass: String
  public let events: Int
  public let from: Day?
  public let months: Int
  public let disposableOn: Day?
  public let action: RetentionAction
  public let holds: Int
  let basis: String?
  public let since: Instant?
  public let because: Int64?

  init(_ kept: Kept, noticeDays: Int, on day: Day) {
    recordClass = kept.one?.name ?? "–"
    (events, from, months) = (kept.count, kept.from?.at.day, kept.months)
    (disposableOn, action) = (kept.disposableOn, kept.one?.then ?? .review)
    (holds, basis) = (kept.holds.count, kept.one?.basis)
    state =
      switch kept.disposableOn {
      case _ where !kept.holds.isEmpty: .held
      case nil: .notBegun
      case let over? where over <= day: .disposable
      case let over? where over + -noticeDays <= day: .announced
      case .some: .kept
      }
    (since, because) = (kept.from?.at, kept.from?.seq ?? kept.latest.seq)
  }

  public static let columns: [Column] = [
    .code("state", RetentionState.self, "State", "状态"),
    Column("class", .text, "Class of records", "档案类别"),
    Column("events", .integer, "Events", "事件数"),
    Column("from", .day, "Counted from", "起算日期"),
    Column("months", .integer, "Kept for months", "保管月数"),
    Column("disposableOn", .day, "Disposable on", "可处置日期"),
    .code("then", RetentionAction.self, "Then", "到期处置"),
    Column("holds", .integer, "Legal holds", "法律保全数"),
    Column("basis", .text, "Because of", "依据"),
  ]
  public var values: [Value] {
    [
      Value(state), .text(recordClass), Value(events), Value(from), Value(months), Value(disposableOn), Value(action),
      Value(holds), basis.map { .text($0) } ?? .null,
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}
