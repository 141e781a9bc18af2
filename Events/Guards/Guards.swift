public import Vocabulary
import Wire

/// What must hold before something may happen, in the order in which it is asked. The first refusal counts.
public enum Guards {
  public static let all: [any Guard.Type] = [
    RightRole.self, AuditorReads.self, InTime.self, StillEmployed.self, OnceOnly.self, NoDuplicate.self, Known.self,
    NotMerged.self, NotEnded.self, Correcting.self, Answering.self, Impartial.self, FrozenText.self, SignedByAll.self,
    Assent.self, ComplaintSteps.self, Balance.self, LockedScore.self, NotHeld.self, NotRestricted.self, FourEyes.self,
    Certified.self,
  ]
}

extension Past {
  /// The events about a subject as they stand after corrections: what never happened is left out, what was otherwise
  /// says what it should have said.
  func standing(about subject: Subject) throws -> [Event] {
    let events = try events(about: subject)
    guard events.contains(where: { $0.type == "event.corrected" }) else { return events }
    var last: [Int64: Event] = [:]
    for event in events where event.type == "event.corrected" {
      if let seq = event.data["seq"]?.int { last[seq] = event }
    }
    return events.compactMap { event in
      guard let correction = event.seq.flatMap({ last[$0] }) else { return event }
      if correction.data["kind"] == "retract" { return nil }
      var corrected = event
      corrected.data = correction.data["data"]?.object ?? event.data
      return corrected
    }
  }
}

extension Event {
  /// A text of the data, empty where there is none.
  func text(_ field: String) -> String { data[field]?.string ?? "" }

  /// A day of the data.
  func day(_ field: String) -> Day? { data[field]?.string.flatMap { Day($0) } }

  /// The subject that a reference to one of `kind` names.
  func reference(_ field: String, to kind: EntityKind) -> Subject? {
    data[field]?.string.flatMap { Subject(kind: kind, id: $0) }
  }
}

extension [Event] {
  /// Those of some types.
  func of(_ types: String...) -> [Event] { filter { types.contains($0.type) } }
}
