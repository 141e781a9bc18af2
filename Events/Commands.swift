public import Vocabulary

// What a person says to make something happen: `contract.amend` records `contract.amended`.

extension Declaration {
  /// The type's name as a command: `contract.amend`, `churn.raise-warning`.
  public var command: String {
    let parts = name.split(separator: ".", maxSplits: 1)
    var words = parts[1].split(separator: "_").map(String.init)
    let verb = words.removeLast()
    return parts[0] + "." + ([Declaration.verbs[verb] ?? verb] + words).joined(separator: "-")
  }

  /// Participles in the types' names, and the verbs that they come from. One that is not here stands for itself.
  private static let verbs: [String: String] = [
    "acknowledged": "acknowledge", "accepted": "accept", "accessed": "access", "activated": "activate", "added": "add",
    "adjusted": "adjust", "amended": "amend", "answered": "answer", "approved": "approve", "archived": "archive", "assessed": "assess",
    "assigned": "assign", "changed": "change", "checked": "check", "checkpointed": "checkpoint", "closed": "close",
    "completed": "complete", "converted": "convert", "corrected": "correct", "created": "create", "decided": "decide",
    "demanded": "demand", "departed": "depart", "disposed": "dispose", "drafted": "draft", "ended": "end",
    "erased": "erase", "escalated": "escalate", "executed": "execute", "failed": "fail", "filed": "file", "frozen": "freeze",
    "fulfilled": "fulfil", "held": "hold", "identified": "identify", "issued": "issue", "joined": "join",
    "launched": "launch", "logged": "log", "merged": "merge", "met": "meet", "noted": "note", "opened": "open", "paused": "pause",
    "performed": "perform", "placed": "place", "posted": "post", "progressed": "progress", "proposed": "propose",
    "published": "publish", "raised": "raise", "rebuilt": "rebuild", "received": "receive", "recorded": "record",
    "recovered": "recover", "refunded": "refund", "rejected": "reject", "registered": "register",
    "released": "release", "renewed": "renew", "repaired": "repair",
    "reopened": "reopen", "reported": "report", "requested": "request", "resolved": "resolve", "responded": "respond",
    "resumed": "resume", "revised": "revise", "scored": "score", "screened": "screen", "set": "set", "signed": "sign",
    "submitted": "submit", "taken": "take", "treated": "treat", "triaged": "triage", "updated": "update",
    "withdrawn": "withdraw",
  ]
}

extension Catalogue {
  /// The type that a command or the type's own name means.
  public func entry(commanded word: String) -> Entry? {
    entry(named: word) ?? entries.first { $0.declaration.command == word }
  }
}
