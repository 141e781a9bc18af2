public import Projection
public import Vocabulary
public import Wire

/// What events of rare types said, kept as they said it, together for all that belongs to an account.
///
/// For contracts, complaints, approvals, disputes and the like: few events with many facts, of which a judgement needs
/// nearly all. What comes by the million is kept closer, see `Purchases` and `Bills`. Late entries: notes stand in the
/// order of recording and are sorted when read.
public struct Notes: BitwiseCopyable, Sendable {
  // An event is an entry that says its type and what it is about, and an entry for each of its facts. All hold a tag in
  // the lowest eight bits and a number above them.
  private var entries = Series()

  public init() {}

  public var isEmpty: Bool { entries.count == 0 }

  /// Keeps an event with its facts. The gathering must say `readsSubjects` where notes of several things stand here.
  /// - Parameter tags: facts that are not kept.
  public mutating func take(_ event: borrowing Recorded, _ series: inout SeriesStore, without tags: [UInt8] = []) {
    let moment = event.moment
    series.append(moment, Notes.head(event.type, event.subject), to: &entries)
    event.forEachFact { tag, number in
      guard tag != EnvelopeFact.thing.rawValue, !tags.contains(tag) else { return }
      series.append(moment, Notes.clamped(number) << 8 | Int64(tag), to: &entries)
    }
  }

  private static func head(_ type: TypeCode, _ subject: OwnSubject) -> Int64 {
    let about = UInt64(subject.kind) << 32 | UInt64(subject.ordinal)
    return Int64(bitPattern: (UInt64(type.family) << 48 | UInt64(type.type) << 40 | about) << 8)
  }

  /// Numbers have 55 bits here: amounts and hashes have fewer, and an instant beyond the year 3111 stands for all such.
  private static func clamped(_ number: Int64) -> Int64 { max(-(1 << 54), min(number, 1 << 54)) }

  /// The notes of what happened by `now`, by business time. Complexity: O(n log n).
  public func all(in series: borrowing SeriesStore, asOf now: Instant) -> [Note] {
    guard !isEmpty else { return [] }
    let all = series.array(entries)
    var notes: [Note] = []
    var start = 0
    for place in all.indices where place + 1 == all.count || all[place + 1].value & 0xFF == 0 {
      if all[start].moment.at <= now { notes.append(Note(all[start...place])) }
      start = place + 1
    }
    return notes.sorted { $0.moment < $1.moment }
  }
}

/// One event as it was noted.
public struct Note: Sendable {
  public let moment: Moment
  public let type: TypeCode
  /// What it is about; `nil` where nobody asked.
  public let subject: OwnSubject?
  private let facts: ArraySlice<SeriesStore.Entry>

  /// - Parameter entries: the first says the type, the others the facts.
  init(_ entries: ArraySlice<SeriesStore.Entry>) {
    let head = entries[entries.startIndex]
    moment = head.moment
    let word = UInt64(bitPattern: head.value) >> 8
    type = TypeCode(family: UInt8(truncatingIfNeeded: word >> 48), type: UInt8(truncatingIfNeeded: word >> 40))
    let about = OwnSubject(kind: UInt8(truncatingIfNeeded: word >> 32), ordinal: UInt32(truncatingIfNeeded: word))
    subject = about == .nobody ? nil : about
    facts = entries.dropFirst()
  }

  private init(_ note: Note, _ facts: ArraySlice<SeriesStore.Entry>) {
    (moment, type, subject, self.facts) = (note.moment, note.type, note.subject, facts)
  }

  /// The position of the event.
  public var seq: Int64 { moment.seq }

  /// This event as one of a family's types, or `nil` if it is none of them.
  public func type<F: Family>(in _: F.Type) -> F? { type.family == F.code ? F(rawValue: type.type) : nil }
}

// The same questions as of `Recorded`.
extension Note {
  public func number(_ fact: some RawRepresentable<UInt8>) -> Int64? {
    facts.first { $0.value & 0xFF == Int64(fact.rawValue) }.map { $0.value >> 8 }
  }
  public func numbers(_ fact: some RawRepresentable<UInt8>) -> [Int64] {
    facts.filter { $0.value & 0xFF == Int64(fact.rawValue) }.map { $0.value >> 8 }
  }
  public func reference(_ fact: some RawRepresentable<UInt8>) -> Int64? { number(fact).flatMap { $0 < 0 ? nil : $0 } }
  public func subject(_ fact: some RawRepresentable<UInt8>) -> OwnSubject? {
    number(fact).flatMap { OwnSubject(packed: $0) }
  }
  public func day(_ fact: some RawRepresentable<UInt8>) -> Day? {
    number(fact).map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }
  public func instant(_ fact: some RawRepresentable<UInt8>) -> Instant? {
    number(fact).map { Instant(microseconds: $0) }
  }
  public func code<C: CodeSet>(_ fact: some RawRepresentable<UInt8>, of _: C.Type) -> C? {
    number(fact).flatMap { C(rawValue: UInt8(truncatingIfNeeded: $0)) }
  }
  public func flag(_ fact: some RawRepresentable<UInt8>) -> Bool? { number(fact).map { $0 != 0 } }
  public func currency(_ fact: some RawRepresentable<UInt8>) -> Currency? {
    number(fact).map { Currency(number: UInt16(truncatingIfNeeded: $0)) }
  }
  /// Who recorded it, and in which role, as names.
  public var actor: Int64? { number(EnvelopeFact.actor) }
  public var role: Int64? { number(EnvelopeFact.role) }

  /// How long the list under `fact` is; 0 where there is none.
  public func count(_ fact: some RawRepresentable<UInt8>) -> Int {
    numbers(fact).reduce(0) { $1 < 0 ? Int(clamping: -$1) : max($0, Int(clamping: $1)) }
  }

  /// The records of the list under `fact`, each with its own facts and no others; see `Recorded.forEachRecord`.
  public func records(_ fact: some RawRepresentable<UInt8>) -> [Note] {
    let marks = facts.indices.filter { facts[$0].value & 0xFF == Int64(fact.rawValue) }
    return zip(marks, marks.dropFirst()).map { Note(self, facts[($0 + 1)..<$1]) }
  }
}

extension [Note] {
  /// The notes thing by thing, in the order of the things' numbers, each by business time. Complexity: O(n log n).
  public var bySubject: [(subject: OwnSubject?, notes: [Note])] {
    func key(_ note: Note) -> Int64 { note.subject?.packed ?? -1 }
    var groups: [(subject: OwnSubject?, notes: [Note])] = []
    for note in sorted(by: { (key($0), $0.moment) < (key($1), $1.moment) }) {
      if let last = groups.last, last.subject == note.subject {
        groups[groups.count - 1].notes.append(note)
      } else {
        groups.append((note.subject, [note]))
      }
    }
    return groups
  }

  /// Those of one family.
  public func of<F: Family>(_: F.Type) -> [Note] { filter { $0.type.family == F.code } }
}
