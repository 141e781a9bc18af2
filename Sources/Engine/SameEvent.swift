import Events
import Log
import Vault
import Vocabulary
import Wire

/// Decides whether a wish whose id is taken repeats the event that has it.
struct SameEvent: RepetitionJudge {
  let catalogue: Catalogue
  let sealing: Sealing?
  /// Whether `occurredAt` was given. Where it may mean "now", two wishes that differ in it alone are one.
  let timed: Bool

  func isSame(_ wish: LineAndVault, as known: LineAndVault) -> Bool {
    guard let wish = event(wish), let known = event(known), let entry = catalogue.entry(named: known.type) else { return false }
    if timed, wish.occurredAt != known.occurredAt { return false }
    return known.says(wish, by: entry.declaration)
  }

  /// With the personal values that can be opened; `nil` for a line that is no event to this program.
  private func event(_ recorded: LineAndVault) -> Event? {
    guard var event = try? Event(reading: recorded.line.span, by: catalogue) else { return nil }
    if let sealing, let record = PersonalRecord(recorded.vault),
      let opened = try? sealing.open(record, sealed: event.sealed)
    {
      for member in opened.values.members { event.data[member.name] = member.value }
    }
    return event
  }
}

extension Event {
  /// Whether both say the same about the same: what makes one the repetition of the other. Who recorded it, and how, may
  /// differ. A personal value that this event commits to and that cannot be opened, because it was erased or its key is
  /// elsewhere, is not compared.
  func says(_ other: Event, by declaration: Declaration) -> Bool {
    guard type == other.type, subject == other.subject else { return false }
    return declaration.fields.allSatisfy { field in
      let (mine, others) = (data[field.name], other.data[field.name])
      return mine == others || (mine == nil && sealed[field.name] != nil) || (others == nil && other.sealed[field.name] != nil)
    }
  }
}

extension Store {
  /// Hands drafts to the log. Throws a `Refusal` where the id of one names another event; nothing is written then.
  ///
  /// - Parameter timed: see `SameEvent`.
  func hand(_ drafts: [Draft], expecting expectations: [Expectation] = [], timed: Bool = false) throws -> [Receipt] {
    do throws(LogError) {
      let judge = SameEvent(catalogue: catalogue, sealing: sealing, timed: timed)
      return try log.append(drafts, expecting: expectations, repeating: judge)
    } catch {
      guard case .idReused(_, let id, let seq) = error else { throw error }
      // Another draft of the same group may have it, which then is in no line.
      let line = try? log.line(at: seq)
      let known = line.flatMap { line in try? Event(reading: line.span, by: catalogue) }
      throw OnceOnly.reused(id, by: known)
    }
  }
}

extension OnceOnly {
  /// Refuses an id that names something else: to answer with the receipt of another event would be to lose this one.
  static func reused(_ id: String, by known: Event?) -> Refusal {
    refusal(
      "the id \(id) names another event", "编号 \(id) 已指另一事件", because: known.map { [$0] } ?? [],
      remedy: Name("give an id that was never used", "请使用从未用过的编号"))
  }
}
