import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Where does this customer stand between first contact and loss, since when, and because of what?
public enum Lifecycle: Gathering, Projection {
  public static let name = "lifecycle"
  public static let shape = 1
  public static let title = Name("Lifecycle stage", "生命周期阶段")
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Customer.self, Lead.self, Visit.self, Opportunity.self, Order.self, Payment.self, Usage.self, Contract.self,
    Survey.self, Events.Churn.self,
  ]
  public static let ruleKind: String? = "lifecycle"

  // MARK: Facts

  /// Late entries change nothing but what they are about: `known` is a minimum, and series are sorted when read.
  public struct Facts: BitwiseCopyable, Sendable {
    /// The earliest sign of the customer: a lead or the registration.
    var known = Moment(at: .distantFuture, seq: -1)
    var purchases = Purchases()
    var contracts = ContractSteps()
    /// Visits and reports of use: with purchases, what a sleeping customer does not have.
    var touches = Series()
    /// What else turns a customer's course, see `Turn`.
    var turns = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Usage.self) {
      switch type {
      case .reported: series.append(event.moment, to: &facts.touches)
      }
    } else if let type = event.type(in: Visit.self) {
      switch type {
      case .logged: series.append(event.moment, to: &facts.touches)
      case .interactionLogged: break  // a message that we send does not wake a sleeping customer
      }
    } else if let type = event.type(in: Contract.self) {
      facts.contracts.take(type, event, &series)
    } else {
      facts.turn(event, &series)
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<LifecycleRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> LifecycleRow? {
    judge(Course(facts, series, by: rule.body), asOf: now, trace: &trace)
  }

  public static func concludeBoth(
    _ facts: Facts, _ series: borrowing SeriesStore, by old: Ruled<LifecycleRules>, and new: Ruled<LifecycleRules>,
    asOf now: Instant
  ) -> (old: LifecycleRow?, new: LifecycleRow?) {
    var trace = NoTrace()
    let course = Course(facts, series, by: old.body)
    let first = judge(course, asOf: now, trace: &trace)
    return switch course.turn(to: new.body) {
    case .alike: (first, first)
    case .anew: (first, judge(course, asOf: now, trace: &trace))
    case .unread: (first, judge(Course(facts, series, by: new.body), asOf: now, trace: &trace))
    }
  }

  public static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore) {
    facts.purchases.willRead(in: series)
    facts.contracts.willRead(in: series)
    series.willRead(facts.touches)
    series.willRead(facts.turns)
  }

  private static func judge(_ course: Course, asOf now: Instant, trace: inout some Trace) -> LifecycleRow? {
    course.note(asOf: now, in: &trace)
    // The stage holds since its own stretch began or since the last stage before it in precedence ended, if later.
    var began: Moment?
    var row: LifecycleRow?
    course.forEachStage(asOf: now, noting: &trace) { stage, stretches, trace in
      let here = stretches.merged
      let current = here.first { $0.contains(now) }
      trace.note(stage.finding(current))
      if let current {
        let since = max(current.from, began ?? current.from)
        row = LifecycleRow(stage: stage, since: since.at, because: since.seq < 0 ? nil : since.seq)
      } else if let ended = here.last(where: { $0.until.at <= now })?.until {
        began = max(ended, began ?? ended)
      }
      return row == nil
    }
    return row
  }
}

// MARK: Row

/// The stages, in the order of precedence: of several that hold, the first counts.
public enum Stage: UInt8, CodeSet {
  case lost = 1
  case wonBack = 2
  case dormant = 3
  case declining = 4
  case advocate = 5
  case active = 6
  case new = 7
  case prospect = 8
  case qualified = 9
  case lead = 10

  public var word: Word {
    switch self {
    case .lost: Word("lost", "Lost", "流失客户")
    case .wonBack: Word("won-back", "Won back", "赢回客户")
    case .dormant: Word("dormant", "Dormant", "沉睡客户")
    case .declining: Word("declining", "Declining", "衰退客户")
    case .advocate: Word("advocate", "Advocate", "口碑客户")
    case .active: Word("active", "Active", "稳定客户")
    case .new: Word("new", "New", "新客户")
    case .prospect: Word("prospect", "Prospect", "潜在客户")
    case .qualified: Word("qualified", "Qualified", "合格线索")
    case .lead: Word("lead", "Lead", "线索")
    }
  }
}

public struct LifecycleRow: Row {
  public let stage: Stage
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [.code("stage", Stage.self, "Stage", "阶段")]
  public var values: [Value] { [Value(stage)] }
  public var outcome: Int? { Int(stage.rawValue) - 1 }
}
