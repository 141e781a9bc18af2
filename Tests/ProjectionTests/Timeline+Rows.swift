import Projection
import Testing
import Vocabulary
import Wire

// Rows of registers and censuses, by the names of whom they are about.

extension CensusSubject {
  /// How people call it.
  /// - Parameter holder: how the account of a number is called.
  func called(_ holder: (Int) -> String) -> String {
    let base =
      switch base {
      case .key(let account): holder(account)
      case .own(let own): TimelineNames.shared.name(of: own) ?? "?"
      case .named(let kind, let number): kind.word + ":" + (TimelineNames.shared.text(number) ?? "?")
      case .fixed(let name): name
      }
    return part.map { base + "/" + $0 } ?? base
  }

  /// The same where accounts are numbered by their names.
  var called: String { called { TimelineNames.shared.text(Int64($0)) ?? "?" } }
}

extension Question {
  /// A shipped rule with some members changed; the newest where none is named.
  static func body(_ changes: JSONObject, version: Int? = nil) -> JSONObject {
    var body = (version.map { number in shippedRules.first { $0.version == number } } ?? shippedRules.last)?.body ?? [:]
    for member in changes.members { body[member.name] = member.value }
    return body
  }
}

extension Timeline {
  /// The rows of a register as of an instant, by the newest shipped rule or one with some members changed.
  func called<R: Register>(
    _: R.Type, asOf now: Instant, _ changes: JSONObject = [:], version: Int? = nil
  ) -> [String: R.Conclusion] {
    let (facts, series) = fold(R.Source.self)
    let rule = Ruled(version: 1, body: R.Rules(R.body(changes, version: version)), names: TimelineNames.shared)
    var silent = NoTrace()
    let rows = R.conclude(facts, series, of: Int(TimelineNames.shared.name(account)), by: rule, asOf: now, trace: &silent)
    #expect(rows.allSatisfy { $0.row.values(TimelineNames.shared).count == R.Conclusion.columns.count })
    return Dictionary(rows.map { ($0.subject.called, $0.row) }) { first, _ in
      Issue.record("two rows of one name")
      return first
    }
  }

  func called<R: Register>(_: R.Type, _ day: Int, _ changes: JSONObject = [:]) -> [String: R.Conclusion] {
    called(R.self, asOf: .day(day), changes)
  }

  /// The only row of a register.
  func conclude<R: Register>(_: R.Type, _ day: Int, _ changes: JSONObject = [:]) -> R.Conclusion? {
    let rows = called(R.self, day, changes)
    #expect(rows.count < 2, "\(rows.keys)")
    return rows.values.first
  }

  /// What a row of a register rests on. It must be the row that is given without asking.
  func findings<R: Register>(
    _: R.Type, _ name: String, asOf now: Instant, _ changes: JSONObject = [:]
  ) -> [Finding] {
    let (facts, series) = fold(R.Source.self)
    let rule = Ruled(version: 1, body: R.Rules(R.body(changes)), names: TimelineNames.shared)
    var silent = NoTrace()
    let rows = R.conclude(facts, series, of: Int(TimelineNames.shared.name(account)), by: rule, asOf: now, trace: &silent)
    guard let subject = rows.first(where: { $0.subject.called == name })?.subject else { return [] }
    var findings = CensusFindings(about: subject)
    let again = R.conclude(facts, series, of: Int(TimelineNames.shared.name(account)), by: rule, asOf: now, trace: &findings)
    #expect(rows.map(\.row) == again.map(\.row), "explain and judge alike")
    return findings.list
  }

  /// The rows of a census of which this and others are the accounts.
  func census<C: Census>(
    _: C.Type, with others: [Timeline] = [], asOf now: Instant, _ changes: JSONObject = [:]
  ) -> [String: C.Conclusion] {
    let rule = Ruled(version: 1, body: C.Rules(C.body(changes)), names: TimelineNames.shared)
    var returns = C.Returns(about: nil)
    for timeline in [self] + others {
      let key = Int(TimelineNames.shared.name(timeline.account))
      let (facts, series) = timeline.fold(C.Source.self)
      C.report(facts, series, of: key, by: rule, asOf: now, to: &returns)
    }
    var silent = NoTrace()
    let rows = C.conclude(returns, by: rule, asOf: now, trace: &silent)
    for row in rows {
      #expect(row.row.values(TimelineNames.shared).count == C.Conclusion.columns.count)
      var findings = CensusFindings(about: row.subject)
      let again = C.conclude(returns, by: rule, asOf: now, trace: &findings)
      #expect(again.map(\.row) == rows.map(\.row), "explain and judge alike")
      #expect(!findings.list.isEmpty, "\(C.name) \(row.subject.called) is explained")
    }
    return Dictionary(rows.map { ($0.subject.called, $0.row) }) { first, _ in
      Issue.record("two rows of one name")
      return first
    }
  }
}

extension Timeline {
  /// Adds an event about something of the customer.
  mutating func add<F: Family>(
    _ day: Int, _ type: F, about subject: String, _ data: JSONObject = [:], hour: Int = 0, by actor: String? = nil,
    as role: String? = nil
  ) {
    let before = (self.subject, self.actor, self.role)
    (self.subject, self.actor, self.role) = (subject, actor ?? self.actor, role ?? self.role)
    add(day, type, data, hour: hour)
    (self.subject, self.actor, self.role) = before
  }
}
