import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of audits: what kind they were, and what they found.
public enum Audits: Gathering {
  public static let key = Key.subject(.audit)
  public static let families: [any Family.Type] = [Process.self]

  /// Late entries: the audit by its business time counts, the latest where there are several of one number.
  public struct Facts: BitwiseCopyable, Sendable {
    var performed = Moment(at: .distantPast, seq: -1)
    var population: Int64 = -1
    var findings: Int32 = 0
    var minor: Int32 = 0
    var major: Int32 = 0
    var kind: UInt8 = 0
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Process.self) else { return }
    switch type {
    case .auditPerformed: facts.take(event)
    case .published, .deviationRecorded, .improvementProposed, .improvementClosed: break  // no audits
    }
  }
}

extension Audits.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded) {
    guard event.moment > performed else { return }
    typealias Fact = Process.Fact
    performed = event.moment
    population = event.number(Fact.population) ?? -1
    kind = UInt8(truncatingIfNeeded: event.number(Fact.audit) ?? 0)
    // Of a longer list than facts hold, its length is known, and how grave its findings are is not.
    findings = Int32(clamping: event.count(Fact.findings))
    var (minor, major): (Int32, Int32) = (0, 0)
    event.forEachRecord(Fact.findings) { finding in
      switch finding.code(Fact.severity, of: Process.Severity.self) {
      case .minor: minor += 1
      case .major: major += 1
      case .note, nil: break
      }
    }
    (self.minor, self.major) = (minor, major)
  }
}

/// What is gathered of improvements: proposed, closed, and what was measured.
public enum Improvements: Gathering {
  public static let key = Key.subject(.improvement)
  public static let families: [any Family.Type] = [Process.self]

  /// Late entries: the earliest proposal and the latest closing by business time.
  public struct Facts: BitwiseCopyable, Sendable {
    /// A figure in millionths of its unit.
    struct Figure: BitwiseCopyable, Hashable {
      /// Names; −1 for none.
      var metric: Int64 = -1
      var unit: Int64 = -1
      /// `Int64.min` for none.
      var millionths: Int64 = .min
    }
    var proposed = Moment(at: .distantFuture, seq: -1)
    var closed = Moment(at: .distantPast, seq: -1)
    /// A name: the whole name of what it concerns.
    var about: Int64 = -1
    var baseline = Figure()
    var expected = Figure()
    var actual = Figure()
    var kind: UInt8 = 0
    var adopted = false
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Process.self) else { return }
    typealias Fact = Process.Fact
    switch type {
    case .improvementProposed:
      guard event.moment < facts.proposed else { return }
      facts.proposed = event.moment
      facts.kind = UInt8(truncatingIfNeeded: event.number(Fact.improvement) ?? 0)
      facts.about = event.number(Fact.about) ?? -1
      facts.baseline = Facts.figure(event, Fact.baseline)
      facts.expected = Facts.figure(event, Fact.expected)
    case .improvementClosed:
      guard event.moment > facts.closed else { return }
      facts.closed = event.moment
      facts.adopted = event.flag(Fact.adopted) ?? false
      facts.actual = Facts.figure(event, Fact.actual)
    case .published, .deviationRecorded, .auditPerformed: break  // no improvements
    }
  }
}

extension Improvements.Facts {
  fileprivate static func figure(_ event: borrowing Recorded, _ fact: Process.Fact) -> Figure {
    var figure = Figure()
    event.forEachRecord(fact) { record in
      figure.metric = record.number(Process.Fact.metric) ?? -1
      figure.unit = record.number(Process.Fact.unit) ?? -1
      figure.millionths = record.number(Process.Fact.value) ?? .min
    }
    return figure
  }
}

extension Improvements.Facts.Figure {
  var value: Int64? { millionths == .min ? nil : millionths }

  /// The figure as people write it: `12.5 %`.
  func text(_ names: any Names) -> String? {
    guard let value else { return nil }
    let whole = value.magnitude / 1_000_000
    var text = (value < 0 ? "-" : "") + String(whole)
    var decimals = String(String(value.magnitude % 1_000_000 + 1_000_000).dropFirst())
    while decimals.last == "0" { decimals.removeLast() }
    if !decimals.isEmpty { text += "." + decimals }
    return text + (names.text(unit).map { " " + $0 } ?? "")
  }
}
