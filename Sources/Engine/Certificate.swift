import Crypto
import Log
import Vault
import Vocabulary
import Wire

/// What was destroyed, when, at whose wish, and what could not be: for the person and for an auditor.
///
/// `hash` stands in the log's `erasure.executed` event, so the certificate can be checked against the log for ever.
public struct Certificate: Sendable {
  let log: Manifest
  public let subject: String
  public let keys: [KeyID: KeyOwner]
  /// Events whose values were taken out of the vault.
  public let records: Int
  public let request: Int64?
  let head: LogHead
  let time: Instant
  let about: Circumstances
  var backups: [KeyBackup] = []
  /// The line that gave place to its hash, and that hash.
  var line: (seq: Int64, leaf: String)?
  /// The event that says so.
  public internal(set) var event: Int64?

  init(
    log: Manifest, subject: String, keys: [KeyID: KeyOwner], records: Int, request: Int64?, head: LogHead,
    time: Instant, about: Circumstances
  ) {
    (self.log, self.subject, self.keys, self.records) = (log, subject, keys, records)
    (self.request, self.head, self.time, self.about) = (request, head, time, about)
  }

  /// What an erasure cannot reach, or leaves on purpose.
  private var remains: [JSON] {
    var remains: [JSON] = [
      "event types, times and fields that are not personal", "salted commitments, whose salts ended with the keys",
      "exports, prints and backups that were given out before",
    ]
    if line == nil { remains.append("what was written into fields that are not marked as personal") }
    if !backups.isEmpty { remains.append("copies of the keys; destroy them (listed under keyBackups)") }
    return remains
  }

  /// The certificate as it is given out, in canonical form.
  public var json: JSONObject {
    var object: JSONObject = [
      "kind": "keshi/erasure-certificate/1", "log": ["id": .string(log.id.hex), "origin": .string(log.origin)],
      "subject": .string(subject), "erasedAt": .string(time.description),
      "position": .int(Int64(head.size)), "root": .string(head.root.hex),
      "destroyed": [
        "keys": .array(keys.sorted { $0.key < $1.key }.map { id, owner in
          ["key": .string(id.hex), "subject": .string(owner.subject), "category": .string(owner.category.word.text)]
        }),
        "records": .int(Int64(records)),
      ],
      "remains": .array(remains),
    ]
    if let reason = about.reason { object["reason"] = .string(reason) }
    if let actor = about.actor { object["actor"] = .string(actor) }
    if let request { object["request"] = .int(request) }
    if let line { object["line"] = ["seq": .int(line.seq), "leaf": .string(line.leaf)] }
    if !backups.isEmpty {
      object["keyBackups"] = .array(backups.map { backup in
        [
          "madeAt": .string(Instant(microseconds: backup.time * 1_000).description), "place": .string(backup.place),
        ]
      })
    }
    return object
  }

  /// SHA-256 of the canonical form.
  public var hash: String { Array(SHA256.hash(data: Array(JSON.object(json).canonical.utf8))).hexText }
}
