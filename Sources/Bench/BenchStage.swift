public import Events
public import Projection
public import Vocabulary
public import Wire

/// The benchmark's lifecycle stage: how long ago a customer last had to do with us, and how far they had come.
public enum BenchStage: Gathering, Projection {
  public static let name = "bench-stage"
  public static let shape = 1
  public static let title = Name("Stage (benchmark)", "阶段（基准测试）")
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Lead.self, Visit.self, Opportunity.self, Order.self, Payment.self, Contract.self, Complaint.self, Survey.self,
    Loyalty.self, Task.self, Customer.self,
  ]
  public static let initial = Facts()

  public struct Facts: BitwiseCopyable, Hashable, Sendable {
    /// The last event that shows the customer's interest in us, else their first event of any kind.
    @usableFromInline var reference = Instant.distantPast
    @usableFromInline var hasEngaged = false
    @usableFromInline var hasEvents = false
    /// Of the events that open and those that close, the last one closed. Before either there is nothing to close.
    @usableFromInline var isClosed = false
    @usableFromInline var hasPurchased = false
    @usableFromInline var hasInterest = false

    @inlinable init() {}
  }

  public enum Stage: UInt8, CodeSet {
    case lead = 1
    case prospect = 2
    case active = 3
    case atRisk = 4
    case dormant = 5
    case lost = 6

    public var word: Word {
      switch self {
      case .lead: Word("lead", "Lead", "线索")
      case .prospect: Word("prospect", "Prospect", "潜在客户")
      case .active: Word("active", "Active", "活跃")
      case .atRisk: Word("at-risk", "At risk", "有风险")
      case .dormant: Word("dormant", "Dormant", "沉睡")
      case .lost: Word("lost", "Lost", "流失")
      }
    }
  }

  public struct Conclusion: Row {
    public let stage: Stage

    public static let columns = [Column.code("stage", Stage.self, "Stage", "阶段")]
    public var values: [Value] { [Value(stage)] }
    public var since: Instant? { nil }
    public var because: Int64? { nil }
  }

  @inlinable @inline(__always) public static func evolve(
    _ facts: inout Facts, _ event: borrowing Recorded, _: inout SeriesStore
  ) {
    if !facts.hasEvents {
      facts.hasEvents = true
      facts.reference = event.at
    }
    guard let meaning = meaning(of: event) else { return }
    if meaning.contains(.engages) {
      facts.hasEngaged = true
      facts.reference = event.at
    }
    if meaning.contains(.opens) { facts.isClosed = false }
    if meaning.contains(.closes) { facts.isClosed = true }
    if meaning.contains(.purchases) { facts.hasPurchased = true }
    if meaning.contains(.showsInterest) { facts.hasInterest = true }
  }

  public static func conclude(
    _ facts: Facts, _: borrowing SeriesStore, by _: Ruled<NoRules>, asOf now: Instant, trace _: inout some Trace
  ) -> Conclusion? {
    let days = now.days(since: facts.reference)
    if facts.isClosed { return Conclusion(stage: .lost) }
    if facts.hasPurchased {
      return Conclusion(stage: days <= 60 ? .active : days <= 180 ? .atRisk : days <= 365 ? .dormant : .lost)
    }
    return Conclusion(stage: days <= 180 ? (facts.hasInterest ? .prospect : .lead) : days <= 365 ? .dormant : .lost)
  }
}

extension BenchStage {
  /// The groups of event types by which the benchmark defines the stage.
  @usableFromInline struct Meaning: OptionSet {
    @usableFromInline let rawValue: UInt8
    @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable static var opens: Meaning { Meaning(rawValue: 1) }
    @inlinable static var closes: Meaning { Meaning(rawValue: 2) }
    @inlinable static var purchases: Meaning { Meaning(rawValue: 4) }
    @inlinable static var showsInterest: Meaning { Meaning(rawValue: 8) }
    @inlinable static var engages: Meaning { Meaning(rawValue: 16) }
  }

  @inlinable @inline(__always) static func meaning(of event: borrowing Recorded) -> Meaning? {
    if let type = event.type(in: Visit.self) {
      switch type {
      case .logged: return [.showsInterest, .engages]
      case .interactionLogged:
        return event.code(Visit.Fact.kind, of: Visit.Interaction.self) == .call ? .engages : nil
      }
    }
    if let type = event.type(in: Payment.self) {
      switch type {
      case .received: return [.purchases, .engages]
      case .failed, .refunded, .demanded, .adjusted: return nil
      }
    }
    if let type = event.type(in: Order.self) {
      switch type {
      case .placed: return [.opens, .purchases, .engages]
      case .changed, .delivered, .invoiced: return nil
      }
    }
    if let type = event.type(in: Contract.self) {
      switch type {
      case .signed, .renewed: return [.opens, .purchases, .engages]
      case .amended: return .engages
      case .ended: return .closes
      case .drafted, .revised, .textFrozen, .activated, .obligationMet, .breachRecorded, .archived: return nil
      }
    }
    return meaningBeforeSale(event)
  }

  @inlinable @inline(__always) static func meaningBeforeSale(_ event: borrowing Recorded) -> Meaning? {
    if let type = event.type(in: Lead.self) {
      switch type {
      case .screened:
        switch event.code(Lead.Fact.verdict, of: Lead.Verdict.self) {
        case .qualified: return .showsInterest
        case .disqualified: return .closes
        case .nurture, nil: return nil
        }
      case .created, .converted: return nil
      }
    }
    if let type = event.type(in: Opportunity.self) {
      switch type {
      case .opened, .quoteIssued: return .showsInterest
      case .progressed, .closed: return nil
      }
    }
    if let type = event.type(in: Survey.self) {
      switch type {
      case .answered: return .engages
      }
    }
    return nil
  }
}
