import Events
import Projection
import Synchronization
import Testing
import Vocabulary
import Wire

/// What a company recorded, in the words of its events: the Given of a test.
///
/// Days count from 2024-01-01. An event stands at the position at which it is written here; a test of late entries
/// shuffles them.
struct Timeline: Sendable {
  struct Entry: Sendable {
    var type: TypeCode
    var at: Instant
    var seq: Int64
    var subject: OwnSubject
    var slots: [FactSlot]
  }
  private(set) var entries: [Entry] = []
  /// Who records what is added from here on, and in which role.
  var actor: String?
  var role: String?
  /// What is added from here on is about this: `complaint:7`.
  var subject: String?
  /// The account that all of it belongs to.
  var account = "customer:c"

  init() {}

  /// Records an event of `type` on `day`, with its data as a line would hold it. The data must fit its declaration.
  mutating func add<F: Family>(_ day: Int, _ type: F, _ data: JSONObject = [:], hour: Int = 0) {
    add(at: Instant.day(day) + .seconds(3600 * hour), type, data)
  }

  mutating func add<F: Family>(at instant: Instant, _ type: F, _ data: JSONObject = [:]) {
    let declaration = type.declaration
    entries.append(
      Entry(
        type: TypeCode(type), at: instant, seq: Int64(entries.count),
        subject: subject.map { OwnSubject($0) } ?? .nobody,
        slots: FactEncoder.slots(of: data, actor: actor, role: role, by: declaration, TimelineNames.shared)
          + TimelineNames.shared.slots(of: subject)))
  }

  /// The same events, recorded in another order: same times, same positions as evidence.
  func recorded(inOrder order: [Int]) -> Timeline {
    var copy = self
    copy.entries = order.map { entries[$0] }
    return copy
  }

  func until(_ now: Instant) -> Timeline {
    var copy = self
    copy.entries = entries.filter { $0.at <= now }
    return copy
  }
}

extension Instant {
  /// Midnight of a day after 2024-01-01.
  static func day(_ number: Int) -> Instant { (Day(year: 2024, month: 1, day: 1)! + number).start }
}

extension Day {
  static func of(_ number: Int) -> Day { Day(year: 2024, month: 1, day: 1)! + number }
}

extension JSON {
  static func day(_ number: Int) -> JSON { .string(Day.of(number).description) }
}

extension Timeline {
  /// Folds the facts.
  func fold<G: Gathering>(_: G.Type) -> (G.Facts, SeriesStore) {
    let codes = Set(G.families.map { $0.code })
    var facts = G.initial
    var series = SeriesStore()
    for entry in entries where codes.contains(entry.type.family) {
      let empty: [UInt8] = []
      let event = Recorded(
        type: entry.type, at: entry.at, seq: entry.seq, subject: entry.subject, slots: entry.slots.span,
        payload: empty.span.bytes)
      G.evolve(&facts, event, &series)
    }
    return (facts, series)
  }

  /// The conclusion as of an instant, by a shipped rule or one with some members changed.
  func conclude<P: Projection>(
    _: P.Type, asOf now: Instant, _ changes: JSONObject = [:], version: Int = 1
  ) -> P.Conclusion? {
    explain(P.self, asOf: now, changes, version: version).row
  }

  func conclude<P: Projection>(_: P.Type, _ day: Int, _ changes: JSONObject = [:]) -> P.Conclusion? {
    conclude(P.self, asOf: .day(day), changes)
  }

  /// The conclusion with its findings. It must be the one that is given without them.
  func explain<P: Projection>(
    _: P.Type, asOf now: Instant, _ changes: JSONObject = [:], version: Int = 1
  ) -> (row: P.Conclusion?, findings: [Finding]) {
    let (facts, series) = fold(P.Source.self)
    let rule = Ruled(version: version, body: P.Rules(P.body(changes)), names: TimelineNames.shared)
    var findings = Findings()
    let row = P.conclude(facts, series, by: rule, asOf: now, trace: &findings)
    var silent = NoTrace()
    #expect(P.conclude(facts, series, by: rule, asOf: now, trace: &silent) == row, "explain and judge alike")
    let other = Ruled(version: 0, body: P.Rules(P.body([:])), names: TimelineNames.shared)
    let both = P.concludeBoth(facts, series, by: rule, and: other, asOf: now)
    #expect(both.old == row, "two rules at once and one alone judge alike")
    #expect(both.new == P.conclude(facts, series, by: other, asOf: now, trace: &silent))
    return (row, findings.list)
  }
}

extension Projection {
  /// The first shipped rule with some members changed.
  static func body(_ changes: JSONObject) -> JSONObject {
    var body = shippedRules.first?.body ?? [:]
    for member in changes.members { body[member.name] = member.value }
    return body
  }
}

/// Gives names their numbers, for all timelines of a test run: no conclusion may depend on which.
final class TimelineNames: Numbering, Names {
  static let shared = TimelineNames()
  private let known = Mutex<[String]>([])
  private let kinds = Mutex<[String]>([])

  func kind(_ word: String) -> UInt8 {
    kinds.withLock { kinds in
      if !kinds.contains(word) { kinds.append(word) }
      return UInt8(kinds.firstIndex(of: word) ?? 0)
    }
  }

  func name(_ text: String) -> Int64 {
    known.withLock { known in
      if let place = known.firstIndex(of: text) { return Int64(place) }
      known.append(text)
      return Int64(known.count - 1)
    }
  }
  func subject(_ kind: EntityKind, _ id: String) -> Int64 { name(kind.word + ":" + id) }
  func thing(_ subject: String) -> Int64? { subject.hasPrefix("customer:") || subject.hasPrefix("lead:") ? nil : name(subject) }
  /// What an event is about, as a fold is shown it.
  func slots(of subject: String?) -> [FactSlot] {
    subject.flatMap { thing($0) }.map { [FactSlot(tag: EnvelopeFact.thing.rawValue, value: $0)] } ?? []
  }
  func subject(named name: String) -> Int64 { OwnSubject(name).packed }
  func subject(_ kind: EntityKind, _ number: Int64) -> OwnSubject? { text(number).map { OwnSubject($0) } }
  func name(of subject: OwnSubject) -> String? { text(Int64(subject.ordinal)) }
  /// Accounts are numbered by their names here.
  func holder(ofAccount account: Int) -> OwnSubject? { text(Int64(account)).map { OwnSubject($0) } }
  func text(_ number: Int64) -> String? { known.withLock { $0.indices.contains(Int(number)) ? $0[Int(number)] : nil } }
  func number(_ text: String) -> Int64? { known.withLock { $0.firstIndex(of: text).map { Int64($0) } } }
  func id(_ kind: EntityKind, _ number: Int64) -> String? { text(number).map { String($0.dropFirst(kind.word.count + 1)) } }
}

extension OwnSubject {
  /// A subject of a test by its name; its ordinal is what references to it give, its kind the number of the kind's word.
  init(_ name: String) {
    self.init(
      kind: TimelineNames.shared.kind(String(name.prefix { $0 != ":" })), ordinal: UInt32(TimelineNames.shared.name(name)))
  }
}

extension Timeline {
  mutating func order(_ day: Int, _ total: Int64 = 100_00, cur: String = "CNY", hour: Int = 0) {
    add(day, Order.placed, ["totalMinor": .int(total), "cur": .string(cur)], hour: hour)
  }
  mutating func change(_ day: Int, _ kind: String, _ delta: Int64, cur: String = "CNY") {
    add(day, Order.changed, ["kind": .string(kind), "deltaMinor": .int(delta), "cur": .string(cur)])
  }
  mutating func pay(_ day: Int, _ amount: Int64 = 100_00, cur: String = "CNY", hour: Int = 0) {
    add(day, Payment.received, ["amountMinor": .int(amount), "cur": .string(cur)], hour: hour)
  }
  mutating func refund(_ day: Int, _ amount: Int64, cur: String = "CNY") {
    add(day, Payment.refunded, ["amountMinor": .int(amount), "cur": .string(cur)])
  }
  mutating func nps(_ day: Int, _ score: Int64) { add(day, Survey.answered, ["kind": "nps", "score": .int(score)]) }
  mutating func csi(_ day: Int, _ score: Int64) { add(day, Survey.answered, ["kind": "csi", "score": .int(score)]) }
  mutating func status(_ day: Int, _ status: String) { add(day, Customer.statusChanged, ["to": .string(status)]) }
  mutating func warn(_ day: Int, _ level: String) { add(day, Events.Churn.warningRaised, ["level": .string(level)]) }
  mutating func triage(_ day: Int, _ verdict: String) {
    add(day, Events.Churn.warningTriaged, ["verdict": .string(verdict)])
  }
  mutating func closePlay(_ day: Int, _ outcome: String) {
    add(day, Events.Churn.playClosed, ["outcome": .string(outcome)])
  }
  mutating func activate(_ day: Int, until end: Int? = nil, notice: Int64? = nil, autoRenew: Bool = false) {
    var data: JSONObject = ["effectiveOn": .day(day)]
    if let end { data["endOn"] = .day(end) }
    if let notice { data["noticeDays"] = .int(notice) }
    if autoRenew { data["autoRenew"] = true }
    add(day, Contract.activated, data)
  }
  mutating func renew(_ day: Int, until end: Int) { add(day, Contract.renewed, ["newEndOn": .day(end)]) }
  mutating func end(_ day: Int, _ cause: String = "terminated") {
    add(day, Contract.ended, ["cause": .string(cause), "endedOn": .day(day)])
  }
}
