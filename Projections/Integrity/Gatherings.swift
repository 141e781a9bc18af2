import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of the company's rules: what was proposed, published and rejected.
public enum RuleEvents: Gathering {
  public static let key = Key.subject(.rule)
  public static let families: [any Family.Type] = [Rule.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var said = Sayings<Said>()
  }
  public static let initial = Facts()

  /// The first three begin what one event says; their number is the kind of rule.
  enum Said: Int64, SaidKind {
    static let bits: Int64 = 4

    case published = 0
    case proposed = 1
    case rejected = 2
    case version = 3
    case effectiveOn = 4
    case hash = 5
    case approvedBy = 6
    case proposedBy = 7

    var begins: Bool { rawValue <= Said.rejected.rawValue }
  }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Rule.self) else { return }
    typealias Fact = Rule.Fact
    let kind = event.number(Fact.kind)
    switch type {
    case .published: facts.said.say(.published, kind, event.moment, &series)
    case .proposed: facts.said.say(.proposed, kind, event.moment, &series)
    case .rejected: facts.said.say(.rejected, kind, event.moment, &series)
    case .assessmentSet: return  // a judgement about a customer
    }
    facts.said.say(.version, event.number(Fact.version), event.moment, &series)
    facts.said.say(.effectiveOn, event.number(Fact.effectiveOn), event.moment, &series)
    facts.said.say(.hash, event.number(Fact.bodyHash), event.moment, &series)
    facts.said.say(.approvedBy, event.number(Fact.approvedBy), event.moment, &series)
    facts.said.say(.proposedBy, event.number(Fact.proposedBy), event.moment, &series)
  }
}

/// What is gathered of papers that went out.
public enum IssuedReports: Gathering {
  public static let key = Key.subject(.report)
  public static let families: [any Family.Type] = [Report.self]

  /// Late entries: the first issue by business time says what the paper was; later ones are counted.
  public struct Facts: BitwiseCopyable, Sendable {
    var first = Moment(at: .distantFuture, seq: -1)
    var last = Moment(at: .distantPast, seq: -1)
    var asOf: Int64 = .min
    var position: Int64 = -1
    var changed: Int64 = -1
    var bytes: Int64 = -1
    /// The first bits of the hashes of the first and of the last issue.
    var hash: Int64 = -1
    var lastHash: Int64 = -1
    /// Names; −1 for none.
    var language: Int64 = -1
    var ruleKind: Int64 = -1
    var ruleFrom: Int64 = -1
    var ruleTo: Int64 = -1
    var issues: Int32 = 0
    var kind: UInt8 = 0
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Report.self) else { return }
    switch type {
    case .issued: facts.take(event)
    }
  }
}

extension IssuedReports.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded) {
    typealias Fact = Report.Fact
    issues += 1
    let issued = event.number(Fact.fileHash) ?? -1
    if event.moment > last { (last, lastHash) = (event.moment, issued) }
    guard event.moment < first else { return }
    (first, hash) = (event.moment, issued)
    kind = UInt8(truncatingIfNeeded: event.number(Fact.kind) ?? 0)
    asOf = event.number(Fact.asOf) ?? .min
    position = event.number(Fact.position) ?? -1
    changed = event.number(Fact.changed) ?? -1
    bytes = event.number(Fact.fileBytes) ?? -1
    language = event.number(Fact.language) ?? -1
    ruleKind = event.number(Fact.ruleKind) ?? -1
    ruleFrom = event.number(Fact.ruleFrom) ?? -1
    ruleTo = event.number(Fact.ruleTo) ?? -1
  }
}

/// What is gathered of rebuilds of a read model.
public enum Rebuilds: Gathering {
  public static let key = Key.subject(.projection)
  public static let families: [any Family.Type] = [Decision.self]

  /// Late entries: the latest rebuild by business time.
  public struct Facts: BitwiseCopyable, Sendable {
    var last = Moment(at: .distantPast, seq: -1)
    var position: Int64 = -1
    var changed: Int64 = -1
    var milliseconds: Int64 = -1
    var hash: Int64 = -1
    /// A name.
    var codeVersion: Int64 = -1
    var count: Int32 = 0
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Decision.self) else { return }
    switch type {
    case .projectionRebuilt: facts.take(event)
    case .recorded, .forecastSubmitted: break  // no rebuilds
    }
  }
}

extension Rebuilds.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded) {
    typealias Fact = Decision.Fact
    count += 1
    guard event.moment > last else { return }
    last = event.moment
    position = event.number(Fact.toSeq) ?? -1
    changed = event.number(Fact.changed) ?? -1
    milliseconds = event.number(Fact.duration) ?? -1
    hash = event.number(Fact.outputHash) ?? -1
    codeVersion = event.number(Fact.codeVersion) ?? -1
  }
}

/// What is gathered of what befell the log itself.
public enum Upkeep: Gathering {
  public static let key = Key.subject(.log)
  public static let families: [any Family.Type] = [LogUpkeep.self]

  /// Late entries: maxima by business time.
  public struct Facts: BitwiseCopyable, Sendable {
    struct Kind: BitwiseCopyable {
      var count: Int32 = 0
      var last = Moment(at: .distantPast, seq: -1)
    }
    var recovered = Kind()
    var repaired = Kind()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: LogUpkeep.self) else { return }
    switch type {
    case .recovered: facts.recovered.take(event.moment)
    case .repaired: facts.repaired.take(event.moment)
    case .checkpointed: break  // part of the work, and mends nothing
    case .lost: break  // stands in the place of another event, and tells no time of its own
    }
  }
}

extension Upkeep.Facts.Kind {
  fileprivate mutating func take(_ moment: Moment) {
    count += 1
    last = max(last, moment)
  }
}
