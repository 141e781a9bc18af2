import Events
import Facts
import Vocabulary
import Wire

/// One event as a correction says that it should have been.
struct CorrectedEvent: Sendable {
  /// Where the correction was recorded: who knows fewer events sees the wrong one.
  let seq: Int64
  /// The position of the wrong event.
  let wrong: Int64
  /// What projections are shown in its place; `nil` where it never happened.
  let event: HeldEvent?
  /// The numbers of the event's subject.
  let subject: SubjectTable.Entry
}

/// All corrections of a log.
///
/// They are few, so that they are read once as lines and kept; folds leave out the wrong rows and are shown these.
struct Corrections: Sendable {
  private let list: [CorrectedEvent]

  static let none = Corrections(list: [])

  private init(list: [CorrectedEvent]) { self.list = list }

  /// What is known to be wrong by who knows the log's first `position` events, by the wrong event's position. Of several
  /// corrections of one event the last counts.
  func known(before position: Int64) -> [Int64: CorrectedEvent] {
    var known: [Int64: CorrectedEvent] = [:]
    for correction in list where correction.seq < position { known[correction.wrong] = correction }
    return known
  }
}

extension Corrections {
  /// Reads the corrections of a log. One that does not fit what it corrects is none: `append` refuses such. Nor is one of
  /// a line that gave place to its hash since: nobody is shown that event, as it was or as it should have been.
  init(_ store: FactsStore, table: () throws -> SubjectTable, source: any LineSource, catalogue: Catalogue) throws {
    let positions = store.stretches.flatMap { $0.positions(of: TypeCode(Correction.corrected)) }
    guard !positions.isEmpty else {
      self = .none
      return
    }
    let table = try table()
    func event(at position: Int64) throws -> StoredEvent? {
      var found: StoredEvent?
      try source.forEachLine(at: [position]) { seq, line in
        guard !line.isRedaction else { return }
        found = try StoredEvent(seq: seq, line: line, catalogue: catalogue)
      }
      return found
    }
    list = try positions.compactMap { position in
      guard let correction = try event(at: position), let wrong = correction.event.data["seq"]?.int, wrong < position,
        let old = try event(at: wrong), let number = table.find(old.event.subject.description),
        let right = try? Corrections.apply(correction.event, to: old.event, catalogue)
      else { return nil }
      return CorrectedEvent(
        seq: position, wrong: wrong, event: right.event.flatMap { store.plans.held($0, seq: wrong, store.names.numbering(at: wrong)) },
        subject: table.entry(number))
    }
  }

  struct Corrected {
    /// `nil`: it never happened.
    let event: Event?
  }

  /// What `wrong` becomes by a correction.
  ///
  /// - Throws: `EventError` where the correction is about another subject, corrects what cannot be corrected, moves the
  ///   event to another customer, or says what the event's declaration refuses.
  static func apply(
    _ correction: Event, to wrong: Event, _ catalogue: Catalogue
  ) throws(EventError) -> Corrected {
    guard wrong.subject == correction.subject else {
      throw EventError(
        .notInList(correction.subject.description, allowed: [wrong.subject.description]), at: "subject")
    }
    guard let entry = catalogue.entry(named: wrong.type), entry.code != TypeCode(Correction.corrected) else {
      throw EventError(
        .badFormat(
          expected: Name("the number of an event that can be corrected; correct the first wrong event again", "可更正事件的序号；请再次更正最初的错误事件"),
          found: wrong.type), at: "data.seq")
    }
    guard correction.data["kind"]?.string == Correction.Kind.replace.word.text else { return Corrected(event: nil) }
    var right = wrong
    if let data = correction.data["data"]?.object { right.data = data }
    if let at = correction.data["happenedAt"]?.string.flatMap({ Instant($0) }) { right.occurredAt = at }
    let account = catalogue.accountKind.word
    if let old = wrong.data[account], right.data[account] != old {
      throw EventError(
        .notInList(right.data[account]?.string ?? "–", allowed: [old.string ?? "–"]), at: "data.data." + account)
    }
    do throws(EventError) { try right.check(against: entry.declaration) } catch {
      throw EventError(error.reason, at: "data." + error.path)
    }
    return Corrected(event: right)
  }
}
