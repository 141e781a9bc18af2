import Engine
import Wire

/// A point in time as a person writes it: an instant with zone, or a day.
///
/// A day means its end, 23:59:59.999999 UTC: who asks for the state "as of 30 June" expects what happened on 30 June
/// to be in it, and events that know only their day are dated at its start.
public struct TimePoint: Equatable, Sendable {
  public let instant: Instant

  public init?(_ text: String) {
    if let instant = Instant(text) {
      self.instant = instant
    } else if let day = Day(text) {
      instant = day.last
    } else {
      return nil
    }
  }
}

/// A point in the log's own history: a time, or the event that was the newest then.
public struct LogPoint: Equatable, Sendable {
  public let knownAt: View.KnownAt

  public init?(_ text: String) {
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard let seq = Int64(text), seq < Int64.max else { return nil }
      knownAt = .position(seq + 1)
    } else if let point = TimePoint(text) {
      knownAt = .recorded(point.instant)
    } else {
      return nil
    }
  }
}

/// `churn=2`: a kind of rule and the version to judge by.
public struct RuleChoice: Equatable, Sendable {
  public let kind: String
  public let version: Int

  public init?(_ text: String) {
    guard let equals = text.lastIndex(of: "="), equals != text.startIndex,
      let version = Int(text[text.index(after: equals)...]), version > 0
    else { return nil }
    kind = String(text[..<equals])
    self.version = version
  }
}

/// `customer:4=17`: how many events a subject is expected to have.
public struct ExpectedVersion: Equatable, Sendable {
  public let subject: String
  public let version: Int

  public init?(_ text: String) {
    guard let equals = text.lastIndex(of: "="), equals != text.startIndex,
      let version = Int(text[text.index(after: equals)...]), version >= 0
    else { return nil }
    subject = String(text[..<equals])
    self.version = version
  }
}

extension View {
  /// From where a reader looks, as it is written at every door.
  ///
  /// - Parameter rules: other versions to judge by; of one kind named twice, the later counts.
  public init(asOf: TimePoint?, knownAt: LogPoint? = nil, rules: [RuleChoice] = []) {
    self = .present
    self.asOf = asOf?.instant
    self.knownAt = knownAt?.knownAt
    for choice in rules { self.rules[choice.kind] = choice.version }
  }
}
