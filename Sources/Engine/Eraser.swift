import Crypto
import Events
import Log
import Vault
import Vocabulary
import Wire

/// Destroys personal data so that it cannot come back, and proves it.
///
/// The order is the point. What is asked for is in the log first; then keys are destroyed, durably; then the vault is
/// written again without what they opened; then all of that is looked at again; only then does the log say "executed".
/// So a crash at any moment leaves either everything as it was, or an erasure that is not called done, which the next
/// call completes.
public struct Eraser {
  /// What is to be erased.
  public struct Task: Sendable {
    /// The subject that was named, and its account.
    public var subject: String
    public var account: String?
    /// The subjects whose values go.
    public var owners: Set<String>
    public var categories: Set<PersonalCategory> = Set(PersonalCategory.allCases)
    /// Exactly these values, where not all of the owners' go.
    public var only: Set<KeyOwner>?
    public var about: Circumstances

    public init(subject: String, account: String? = nil, owners: Set<String>, about: Circumstances) {
      (self.subject, self.account, self.owners, self.about) = (subject, account, owners, about)
    }
  }

  public enum Outcome: Sendable {
    /// Nothing personal is held; the newest erasure that reached the subject, if there was one.
    case nothing(earlier: Int64?)
    case done(Certificate)
  }

  let log: LogDirectory
  let sealing: Sealing
  let clock: any LogClock
  /// Appends events, durable when it returns.
  let record: ([Event]) throws -> [Receipt]

  private var keys: any KeyStore { sealing.keys }

  /// Erases; see above. Throws `ErasureError`, `KeyError`, `LogError`.
  public func erase(_ task: Task, _ book: PrivacyBook) throws -> Outcome {
    if let hold = book.holds(on: task.owners.union([task.subject] + (task.account.map { [$0] } ?? []))).first {
      throw ErasureError.held(subject: hold.subject, hold: hold.seq)
    }
    func isMeant(_ owner: KeyOwner) -> Bool {
      task.only?.contains(owner) ?? (task.owners.contains(owner.subject) && task.categories.contains(owner.category))
    }
    var ids = try keys.owners().filter { isMeant($0.value) }
    // Destroyed before a crash kept the log from saying so.
    for stone in try keys.tombstones() where isMeant(stone.owner) && book.destroyed[stone.id] == nil {
      ids[stone.id] = stone.owner
    }
    guard !ids.isEmpty else {
      try confirm(book)
      let earlier = book.erasures.last { erasure in erasure.keys.values.contains(where: isMeant) }
      return .nothing(earlier: earlier?.seq)
    }
    let request = try book.openRequest(of: task.subject, .vault)?.seq ?? ask(task, ids)
    return .done(try finish(task, ids, request: request, isReplay: false))
  }

  /// Does again what was done before an older copy of log, vault or keys came back. Says how many keys that concerned.
  public func replay(_ book: PrivacyBook, about: Circumstances) throws -> Int {
    let here = try keys.owners()
    let stones = try keys.tombstones()
    let back = here.filter { book.destroyed[$0.key] != nil }
    let untold = stones.filter { book.destroyed[$0.id] == nil }
    if !back.isEmpty {
      try keys.destroy(Set(back.keys))
      try purge(Set(back.keys))
    }
    for (subject, stones) in Dictionary(grouping: untold, by: \.owner.subject).sorted(by: { $0.key < $1.key }) {
      let ids = Dictionary(uniqueKeysWithValues: stones.map { ($0.id, $0.owner) })
      let task = Task(subject: subject, owners: [subject], about: about)
      _ = try finish(task, ids, request: book.openRequest(of: subject, .vault)?.seq, isReplay: true)
    }
    try confirm(book)
    return back.count + untold.count
  }

  /// What the log has said, the key store should know: else it would be said again.
  private func confirm(_ book: PrivacyBook) throws {
    for stone in try keys.tombstones() {
      if let event = book.destroyed[stone.id], stone.event != UInt64(event) {
        try keys.confirm([stone.id], event: UInt64(event))
      }
    }
  }

  private func ask(_ task: Task, _ ids: [KeyID: KeyOwner]) throws -> Int64 {
    var event = try event(.erasureRequested, task)
    let categories = Set(ids.values.map(\.category))
    event.data["level"] = .string(Privacy.Level.vault.word.text)
    event.data["categories"] = .array(PersonalCategory.allCases.filter(categories.contains).map { .string($0.word.text) })
    return Int64(try record([event])[0].seq)
  }

  private func finish(
    _ task: Task, _ ids: [KeyID: KeyOwner], request: Int64?, isReplay: Bool
  ) throws -> Certificate {
    let all = Set(ids.keys)
    // What the log was before; without that nothing is destroyed.
    try log.writer?.attest(.asked)
    try keys.destroy(all)
    let removed = try purge(all)
    try lookAgain(all)
    var certificate = Certificate(
      log: log.manifest, subject: task.subject, keys: ids, records: removed, request: request, head: log.head,
      time: Instant(microseconds: clock.now() / 1_000 * 1_000), about: task.about)
    certificate.backups = try keys.backups()
    let events = try executed(task, ids, certificate, isReplay)
    let receipts = try record(events)
    for (receipt, event) in zip(receipts, events) {
      let named = (event.data["keys"]?.array ?? []).compactMap { $0.object?["key"]?.string.flatMap { KeyID(hex: $0) } }
      try keys.confirm(Set(named), event: receipt.seq)
    }
    certificate.event = receipts.first.map { Int64($0.seq) }
    log.writer?.attestQuietly(.asked)
    return certificate
  }

  /// Takes what the keys opened out of the vault; says how many events that concerned.
  @discardableResult private func purge(_ ids: Set<KeyID>) throws -> Int {
    guard let writer = log.writer else { throw LogError.readOnly }
    var hit: Set<UInt64> = []
    try writer.rewriteVault { record in
      guard let values = PersonalRecord(record.bytes), !values.keys.isDisjoint(with: ids) else { return record.bytes }
      hit.insert(record.seq)
      return values.without(ids)?.bytes
    }
    return hit.count
  }

  /// Believes nothing: neither a key nor a value may be left.
  private func lookAgain(_ ids: Set<KeyID>) throws {
    for id in ids where try keys.key(id) != nil { throw ErasureError.remains(what: "key \(id.hex)") }
    try log.reader.forEachVaultRecord { record in
      guard let values = PersonalRecord(record.bytes) else { return }
      if !values.keys.isDisjoint(with: ids) { throw ErasureError.remains(what: "vault record of event \(record.seq)") }
    } damaged: { damage in
      throw ErasureError.remains(what: damage.description)
    }
  }

  private func executed(
    _ task: Task, _ ids: [KeyID: KeyOwner], _ certificate: Certificate, _ isReplay: Bool
  ) throws -> [Event] {
    let sorted = ids.sorted { $0.key < $1.key }
    return try stride(from: 0, to: sorted.count, by: Privacy.keysMax).map { start in
      var event = try event(.erasureExecuted, task)
      event.data["level"] = .string(Privacy.Level.vault.word.text)
      event.data["request"] = certificate.request.map { .int($0) }
      event.data["records"] = .int(Int64(certificate.records))
      event.data["certificate"] = .string(certificate.hash)
      event.data["keys"] = .array(sorted[start..<min(start + Privacy.keysMax, sorted.count)].map { id, owner in
        ["key": .string(id.hex), "subject": .string(owner.subject), "category": .string(owner.category.word.text)]
      })
      if isReplay { event.data["replayed"] = true }
      return event
    }
  }

  private func event(_ type: Privacy, _ task: Task) throws -> Event {
    guard let subject = Subject(task.subject) else { throw EngineError.unknownSubject(task.subject) }
    var event = Event(type, subject, at: Instant(microseconds: clock.now() / 1_000 * 1_000))
    if let account = task.account.flatMap({ Subject($0) }), account.kind == EntityKind.customer.word {
      event.data["customer"] = .string(account.id)
    }
    event.about = task.about
    if event.about.reason == nil { event.about.reason = "repeated: an older copy had come back" }
    return event
  }
}
