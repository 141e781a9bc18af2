public import Events
public import Projection
public import Vocabulary
public import Wire

/// The benchmark's churn warning: a score from cadence, complaints, satisfaction, contract end and failed payments.
public enum BenchScore: Gathering, Projection {
  public static let name = "bench-score"
  public static let shape = 1
  public static let title = Name("Score (benchmark)", "评分（基准测试）")
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Visit.self, Order.self, Payment.self, Contract.self, Complaint.self, Survey.self,
  ]
  public static let initial = Facts()

  public struct Facts: BitwiseCopyable, Sendable {
    @usableFromInline var touches = LastTouches()
    /// Scores of the last four answers, one byte each, the latest lowest.
    @usableFromInline var answers: UInt32 = 0
    @usableFromInline var answerCount: UInt8 = 0
    /// The last event of a contract was not its end.
    @usableFromInline var hasContract = false
    @usableFromInline var openComplaints: Int32 = 0
    @usableFromInline var contractEnd = Day(number: 0)
    /// The last two failed payments.
    @usableFromInline var failed = Instant.distantPast
    @usableFromInline var failedBefore = Instant.distantPast

    @inlinable init() {}
  }

  public struct Conclusion: Row {
    public let score: Int

    public static let columns = [Column("score", .integer, "Score", "评分")]
    public var values: [Value] { [Value(score)] }
    public var since: Instant? { nil }
    public var because: Int64? { nil }
  }

  @inlinable @inline(__always) public static func evolve(
    _ facts: inout Facts, _ event: borrowing Recorded, _: inout SeriesStore
  ) {
    if let type = event.type(in: Visit.self) {
      switch type {
      case .logged: facts.touches.add(event.at)
      case .interactionLogged: break
      }
    } else if let type = event.type(in: Payment.self) {
      switch type {
      case .received: facts.touches.add(event.at)
      case .failed: (facts.failed, facts.failedBefore) = (event.at, facts.failed)
      case .refunded, .demanded, .adjusted: break
      }
    } else if let type = event.type(in: Order.self) {
      switch type {
      case .placed: facts.touches.add(event.at)
      case .changed, .delivered, .invoiced: break
      }
    } else {
      evolveRest(&facts, event)
    }
  }

  @inlinable @inline(__always) static func evolveRest(_ facts: inout Facts, _ event: borrowing Recorded) {
    if let type = event.type(in: Contract.self) {
      switch type {
      case .signed, .amended: facts.follow(contractTo: event.day(Contract.Fact.endOn))
      case .renewed: facts.follow(contractTo: event.day(Contract.Fact.newEndOn))
      case .ended: facts.hasContract = false
      case .drafted, .revised, .textFrozen, .activated, .obligationMet, .breachRecorded, .archived: break
      }
    } else if let type = event.type(in: Complaint.self) {
      switch type {
      case .filed: facts.openComplaints += 1
      case .closed: facts.openComplaints -= 1
      case .acknowledged, .assessed, .escalated, .responded, .reopened, .paused, .resumed: break
      }
    } else if let type = event.type(in: Survey.self) {
      switch type {
      case .answered:
        guard let score = event.number(Survey.Fact.score) else { break }
        facts.answers = facts.answers << 8 | UInt32(UInt8(clamping: score))
        facts.answerCount = min(4, facts.answerCount + 1)
      }
    }
  }
}

extension BenchScore.Facts {
  @inlinable @inline(__always) mutating func follow(contractTo end: Day?) {
    guard let end else { return }
    hasContract = true
    contractEnd = end
  }
}

