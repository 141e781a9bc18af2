import AccessControl
import Answers
import Engine
import Events
import Projection
import Synchronization
import Vocabulary
import Wire

/// Tokens in the log: that one was made or revoked is recorded, whoever did it and whether or not the server ran then.
///
/// The file of tokens says who may; the log says since when and until when somebody could. `keshi token` writes the file
/// beside a running server, which is the log's one writer; so the server records what it finds there. Each token is an
/// access of its own, `access:token-ID`, and its events have ids of their own, so that nothing is recorded twice.
final class Rights: Sendable {
  private let store: Store
  private let file: TokenFile
  /// Ids of events that the log has; `nil` until it has been asked.
  private let recorded = Mutex<Set<String>?>(nil)

  init(_ store: Store, keys folder: String) { (self.store, file) = (store, TokenFile(folder: folder)) }

  /// Records what has happened to tokens and is not in the log yet; durable when it returns.
  ///
  /// - Parameter actor: who did it; `keshi` where the file alone tells of it.
  func follow(by actor: String = "keshi", _ office: Office) throws {
    let tokens = try file.all()
    try recorded.withLock { recorded in
      var known = try recorded ?? office.read(Rights.recorded)
      let news = tokens.flatMap(Rights.events).filter { !known.contains($0.id ?? "") }
      if !news.isEmpty {
        _ = try store.append(news.map { $0.told(by: actor) })
        known.formUnion(news.compactMap(\.id))
      }
      recorded = known
    }
  }

  private static func recorded(in snapshot: Snapshot) throws -> Set<String> {
    var ids: Set<String> = []
    try snapshot.forEachEvent(ofTypes: [Access.changed.declaration.name], from: 0) { stored in
      if let id = stored.event.id, id.hasPrefix("token-") { ids.insert(id) }
    }
    return ids
  }

  /// What has happened to a token: it was made, and perhaps revoked.
  static func events(of token: AccessToken) -> [Event] {
    guard let subject = Subject(kind: EntityKind.access, id: "token-" + token.id) else { return [] }
    let capacities = token.capacities.isEmpty ? "" : ", " + token.capacities.joined(separator: " ")
    let data: JSONObject = [
      // A name may be no id of an employee; then the token's own id stands for its owner.
      "employee": .string(Subject(kind: EntityKind.employee, id: token.name)?.id ?? token.id),
      "role": .string(token.roles.map(\.rawValue).sorted().joined(separator: " ")),
      "scope": .string(String(("token " + token.id + capacities).prefix(100))), "until": .string(token.expires.day.description),
    ]
    func event(_ what: String, grant: Bool, at time: Instant, why: String) -> Event {
      var data = data
      data["grant"] = .bool(grant)
      var event = Event(Access.changed, subject, at: time, data)
      event.id = "token-\(token.id)-\(what)"
      event.about.reason = why
      return event
    }
    let made = event("made", grant: true, at: token.created, why: "keshi token create")
    guard let revoked = token.revoked else { return [made] }
    return [made, event("revoked", grant: false, at: revoked, why: "keshi token revoke")]
  }
}

extension Event {
  fileprivate func told(by actor: String) -> Event {
    var event = self
    (event.about.actor, event.about.channel) = (actor, "rule")
    return event
  }
}
