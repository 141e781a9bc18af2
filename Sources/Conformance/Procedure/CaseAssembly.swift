public import Vocabulary
import Wire

/// One case of a procedure: a thing, and every event that belongs to it.
public struct ProcedureCase: Hashable, Sendable {
  public let subject: Subject
  /// By business time, then by position in the log.
  public let events: [Event]

  /// - Parameter events: in any order.
  public init(_ subject: Subject, _ events: [Event]) {
    self.subject = subject
    self.events = events.inOrder
  }
}

extension [Event] {
  /// By business time, then by position in the log.
  fileprivate var inOrder: [Event] { sorted { ($0.occurredAt, $0.seq ?? 0) < ($1.occurredAt, $1.seq ?? 0) } }
}

extension Procedure {
  /// The cases among some events, as a customer's history has them.
  ///
  /// A case begins with a thing of the kind that the procedure is about. Another thing belongs to it where an event
  /// links them; what is linked to that belongs to it too. A thing belongs to the first case that is linked to it.
  /// Events that are brought alone belong to every case whose things they name.
  ///
  /// - Parameter events: as they are to count, corrections made; in any order.
  /// - Returns: by the time of their first event, then by their subject. Events of no case are left out.
  /// - Complexity: O(events × links²).
  public func cases(in events: [Event]) -> [ProcedureCase] {
    let ordered = events.inOrder
    var owners: [Subject: Subject] = [:]
    for event in ordered where event.subject.kind == about { owners[event.subject] = event.subject }
    join(ordered, &owners)
    var members: [Subject: [Event]] = [:]
    for event in ordered {
      for owner in cases(of: event, owners) { members[owner, default: []].append(event) }
    }
    return members.map { ProcedureCase($0.key, $0.value) }.filter(isWanted).sorted { a, b in
      let (x, y) = (a.events.first?.occurredAt ?? .distantPast, b.events.first?.occurredAt ?? .distantPast)
      return (x, a.subject) < (y, b.subject)
    }
  }

  private func isWanted(_ one: ProcedureCase) -> Bool {
    only.isEmpty || one.events.contains { event in only.contains { $0.matches(event) } }
  }

  /// The case of the event's own subject, then those that it is brought into.
  private func cases(of event: Event, _ owners: [Subject: Subject]) -> [Subject] {
    var found = owners[event.subject].map { [$0] } ?? []
    for link in links where link.brings == .event && link.type == event.type {
      for owner in link.targets(of: event).compactMap({ owners[$0] }) where !found.contains(owner) { found.append(owner) }
    }
    return found
  }

  /// Things join the cases to which they are linked, as often as that brings further ones in.
  private func join(_ events: [Event], _ owners: inout [Subject: Subject]) {
    for _ in 0...links.count {
      var hasGrown = false
      for event in events {
        for link in links where link.brings == .thing && link.type == event.type {
          for other in link.targets(of: event) {
            switch (owners[event.subject], owners[other]) {
            case (nil, let owner?): owners[event.subject] = owner
            case (let owner?, nil): owners[other] = owner
            default: continue
            }
            hasGrown = true
          }
        }
      }
      if !hasGrown { return }
    }
  }
}

extension Procedure.Link {
  /// The things that the event names, each once.
  func targets(of event: Event) -> [Subject] {
    let texts =
      switch event.data[field] {
      case .string(let text): [text]
      case .array(let items): items.compactMap(\.string)
      default: [String]()
      }
    var found: [Subject] = []
    for text in texts {
      let subject = if let kind { Subject(kind: kind, id: text) } else { Subject(text) }
      if let subject, !found.contains(subject) { found.append(subject) }
    }
    return found
  }
}
