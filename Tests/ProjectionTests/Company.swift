import Events
import Projection
import ProjectionCatalogue
import TestSupport
import Testing
import Vocabulary
import Wire

/// A whole company's record: the Given of a test of a question that rests on customers, people, targets and more.
///
/// As in a log, a thing belongs to the customer that its first event names, and is an account of its own where it names
/// none. An event stands at the position at which it is written here.
struct Company: Sendable {
  struct Entry: Sendable {
    let type: TypeCode
    let at: Instant
    let seq: Int64
    let subject: String
    let account: String
    let slots: [FactSlot]
  }
  private(set) var entries: [Entry] = []
  private var accounts: [String: String] = [:]

  /// Records an event on a day, `2026-03-01`, or at an instant. The data must fit its declaration.
  /// - Returns: its position.
  @discardableResult mutating func record<F: Family>(
    _ when: String, _ type: F, _ subject: String, _ data: JSONObject = [:], by actor: String? = nil
  ) -> Int64 {
    let declaration = type.declaration
    #expect(throws: Never.self, "\(declaration.name) \(data)") {
      try Field.check(data, against: declaration.fields, at: "data")
    }
    let names = TimelineNames.shared
    let account = account(of: subject, data)
    let thing = FactSlot(tag: EnvelopeFact.thing.rawValue, value: names.name(subject))
    entries.append(
      Entry(
        type: TypeCode(type), at: Instant.on(when), seq: Int64(entries.count), subject: subject, account: account,
        slots: FactEncoder.slots(of: data, actor: actor, by: declaration, names) + (subject == account ? [] : [thing])))
    return Int64(entries.count - 1)
  }

  private mutating func account(of subject: String, _ data: JSONObject) -> String {
    if subject.hasPrefix("customer:") { return subject }
    if let known = accounts[subject] { return known }
    let account = data["customer"]?.string.map { "customer:" + $0 } ?? subject
    // What a lead names when it is converted joins histories, and not facts.
    accounts[subject] = account
    return account
  }

  /// The same events, recorded in another order: same times, same positions as evidence.
  func recorded(inOrder order: [Int]) -> Company {
    var copy = self
    copy.entries = order.map { entries[$0] }
    return copy
  }
}

extension Instant {
  /// A day's midnight, or an instant.
  static func on(_ text: String) -> Instant { Day(text)?.start ?? Instant(text) ?? .distantPast }
}

/// A row of a test by the names of its columns.
struct Shown: Equatable {
  let values: [String: Value]
  let because: Int64?

  subscript(_ column: String) -> Value? { values[column] }
  func int(_ column: String) -> Int64? { if case .integer(let number)? = values[column] { number } else { nil } }
  func text(_ column: String) -> String? { if case .text(let text)? = values[column] { text } else { nil } }
  func flag(_ column: String) -> Bool? { if case .flag(let flag)? = values[column] { flag } else { nil } }
  func day(_ column: String) -> String? { if case .day(let day)? = values[column] { "\(day)" } else { nil } }
}

extension Company {
  /// The rows of a read model by whom they are about, as of a day's end or an instant, by its first shipped rule with some
  /// members changed.
  func rows(_ model: String, on when: String, _ changes: JSONObject = [:]) -> [String: Shown] {
    let (projection, lines) = lines(model, on: when, changes)
    var rows: [String: Shown] = [:]
    for line in lines {
      let name = name(of: line.subject, projection.key)
      #expect(rows[name] == nil, "\(name) has two rows")
      #expect(line.row.values.count == projection.columns.count)
      rows[name] = Shown(
        values: Dictionary(uniqueKeysWithValues: zip(projection.columns.map(\.name), line.row.values)),
        because: line.row.because)
    }
    return rows
  }

  /// Why a row is as it is. It must be the row that is given without reasons.
  func findings(_ model: String, _ subject: String, on when: String, _ changes: JSONObject = [:]) -> [Finding] {
    let (projection, lines) = lines(model, on: when, changes)
    guard let line = lines.first(where: { name(of: $0.subject, projection.key) == subject }) else {
      Issue.record("\(model) has no row about \(subject)")
      return []
    }
    let (rule, now) = (rule(projection, changes), Company.end(of: when))
    switch projection.way {
    case .all(let way):
      let (row, findings) = way.explain(heard(projection, until: now), line.subject, by: rule, asOf: now, TimelineNames.shared)
      #expect(row == line.row, "explain and judge alike")
      return findings
    case .account(let way):
      let fold = heard(projection, until: now)[0][0]
      return fold.keys.flatMap { key in
        way.explain(fold, key: key, of: key, line.subject, by: rule, asOf: now, TimelineNames.shared).findings
      }
    case .each: return []
    }
  }

  private func lines(_ model: String, on when: String, _ changes: JSONObject) -> (AnyProjection, [CensusLine]) {
    guard let projection = ProjectionCatalogue.all.first(where: { $0.name == model }) else { preconditionFailure(model) }
    let (rule, now) = (rule(projection, changes), Company.end(of: when))
    let heard = heard(projection, until: now)
    switch projection.way {
    case .all(let way): return (projection, way.judge(heard, by: rule, asOf: now, TimelineNames.shared))
    case .account(let way): return (projection, way.judge(heard[0][0], by: rule, asOf: now, TimelineNames.shared))
    case .each: preconditionFailure("\(model) judges one by one")
    }
  }

  private static func end(of when: String) -> Instant {
    Day(when).map { ($0 + 1).start - .seconds(1) } ?? Instant.on(when)
  }

  private func rule(_ projection: AnyProjection, _ changes: JSONObject) -> RuleVersion {
    guard let shipped = projection.shippedRules.first else { return RuleVersion(0, why: Name("", ""), [:]) }
    var body = shipped.body
    for member in changes.members { body[member.name] = member.value }
    #expect(throws: Never.self) { try projection.rules?.check(body) }
    return RuleVersion(shipped.version, why: shipped.why, body)
  }

  /// Everything that a question hears, in one partition, as a fold of a log would have it.
  private func heard(_ projection: AnyProjection, until now: Instant) -> [[AnyFold]] {
    projection.sources.map { source in
      let fold = source.makeFold(.whole, nil)
      for entry in entries where entry.at <= now {
        guard let key = key(of: entry, source.key) else { continue }
        let event = Recorded(
          type: entry.type, at: entry.at, seq: entry.seq, subject: OwnSubject(entry.subject), slots: entry.slots.span)
        fold.fold(event, key: key)
      }
      return [fold]
    }
  }

  private func key(of entry: Entry, _ key: Key) -> Int? {
    switch key {
    case .account: Int(TimelineNames.shared.name(entry.account))
    case .subject(let kind): entry.subject.hasPrefix(kind.word + ":") ? Int(TimelineNames.shared.name(entry.subject)) : nil
    }
  }

  private func name(of subject: CensusSubject, _ key: Key) -> String {
    let names = TimelineNames.shared
    let base: String
    switch subject.base {
    case .key(let number): base = names.text(Int64(number)) ?? "?"
    case .own(let own): base = names.name(of: own) ?? "?"
    case .named(let kind, let number): base = kind.word + ":" + (names.text(number) ?? "?")
    case .fixed(let name): base = name
    }
    return subject.part.map { base + "/" + $0 } ?? base
  }
}

/// The rows do not depend on the order of recording.
func expectSameInAnyOrder(
  _ company: Company, _ models: [String], on when: String, seeds: ClosedRange<UInt64> = 1...8
) {
  for seed in seeds {
    var dice = Dice(seed)
    let shuffled = company.recorded(inOrder: Array(company.entries.indices).shuffled(using: &dice))
    for model in models {
      #expect(shuffled.rows(model, on: when) == company.rows(model, on: when), "\(model), seed \(seed)")
    }
  }
}
