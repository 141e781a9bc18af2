import Events
import Facts
import Foundation
import Log
import Vault
import Vocabulary
import Wire

// Erasing and holding, in a data folder.

extension Store {
  /// Erases the personal values of a subject and of all that belongs to it. See `Eraser`.
  public func erase(
    _ subject: String, categories: Set<PersonalCategory> = Set(PersonalCategory.allCases), about: Circumstances
  ) throws -> Eraser.Outcome {
    let snapshot = try snapshot()
    let reach = try snapshot.reach(of: subject)
    var task = Eraser.Task(subject: reach.name, account: reach.account, owners: reach.owners, about: about)
    task.categories = categories
    return try erase(task, snapshot)
  }

  /// Erases the values of some owners, all of one account, and no others: what is disposed of when its time is over.
  public func erase(_ owners: Set<KeyOwner>, of account: String, about: Circumstances) throws -> Eraser.Outcome {
    var task = Eraser.Task(subject: account, account: account, owners: Set(owners.map(\.subject)), about: about)
    task.only = owners
    return try erase(task, try snapshot())
  }

  private func erase(_ task: Eraser.Task, _ snapshot: Snapshot) throws -> Eraser.Outcome {
    let outcome = try eraser().erase(task, snapshot.privacyBook())
    if case .done(let certificate) = outcome { try keep(certificate) }
    return outcome
  }

  /// Does again what a restored copy of log, vault or keys undid. Says how many keys that concerned.
  ///
  /// - Parameter thorough: also looks through the log for erasures that the key store does not know of; else the log is
  ///   read only where the key store knows one that the log does not tell.
  @discardableResult public func replayErasures(about: Circumstances, thorough: Bool = false) throws -> Int {
    guard let sealing, log.writer != nil else { return 0 }
    let stones = try sealing.keys.tombstones()
    let here = try sealing.keys.owners()
    let isTold = stones.allSatisfy { stone in stone.event.map { $0 < head.size } ?? false && here[stone.id] == nil }
    guard !isTold || thorough else { return 0 }
    return try eraser().replay(try snapshot().privacyBook(), about: about)
  }

  private func eraser() throws -> Eraser {
    guard let sealing else { throw ErasureError.noKeys }
    return Eraser(log: log, sealing: sealing, clock: clock) { try self.append($0) }
  }

  /// Where the certificate of an erasure is kept.
  public func path(of certificate: Certificate) -> String {
    "\(folder.certificates)/erasure-\(certificate.event ?? -1).json"
  }

  private func keep(_ certificate: Certificate) throws {
    try DerivedFile.write(Array((JSON.object(certificate.json).canonical + "\n").utf8), to: path(of: certificate))
  }
}

// Legal hold.

extension Store {
  /// Forbids erasures that would reach the subject. Gives the number of the hold.
  public func placeHold(on subject: String, matter: String?, about: Circumstances) throws -> Int64 {
    let reach = try snapshot().reach(of: subject)
    var event = try privacyEvent(.holdPlaced, reach.name, account: reach.account, about)
    if let matter { event.data["matter"] = .string(matter) }
    return Int64(try append([event])[0].seq)
  }

  /// Releases every hold on the subject. Gives the numbers of the holds.
  public func releaseHolds(on subject: String, about: Circumstances) throws -> [Int64] {
    let snapshot = try snapshot()
    let reach = try snapshot.reach(of: subject)
    let holds = try snapshot.privacyBook().holds(on: [reach.name])
    guard !holds.isEmpty else { throw ErasureError.noHold(subject: reach.name) }
    let events = try holds.map { hold in
      var event = try privacyEvent(.holdReleased, reach.name, account: reach.account, about)
      event.data["hold"] = .int(hold.seq)
      return event
    }
    _ = try append(events)
    return holds.map(\.seq)
  }

  fileprivate func privacyEvent(
    _ type: Privacy, _ subject: String, account: String?, _ about: Circumstances
  ) throws -> Event {
    guard let name = Subject(subject) else { throw EngineError.unknownSubject(subject) }
    var event = Event(type, name, at: Instant(microseconds: clock.now() / 1_000 * 1_000))
    if let account = account.flatMap({ Subject($0) }), account.kind == EntityKind.customer.word {
      event.data["customer"] = .string(account.id)
    }
    event.about = about
    return event
  }
}

// Lines that may not be kept.

extension Store {
  /// Asks for a line to give place to its hash: for personal data that slipped into a field where it does not belong.
  public func requestRedaction(of seq: Int64, about: Circumstances) throws -> Int64 {
    let line = try redactable(seq)
    if let open = try snapshot().privacyBook().openRequest(of: line.subject, .line, line: seq) { return open.seq }
    var event = try privacyEvent(.erasureRequested, line.subject, account: line.account, about)
    event.data["level"] = .string(Privacy.Level.line.word.text)
    event.data["line"] = .int(seq)
    return Int64(try append([event])[0].seq)
  }

  /// Approves it, as somebody else than who asked.
  public func approveRedaction(of seq: Int64, about: Circumstances) throws -> Int64 {
    let line = try redactable(seq)
    guard let request = try snapshot().privacyBook().openRequest(of: line.subject, .line, line: seq) else {
      throw ErasureError.notRequested(line: seq)
    }
    if request.actor == about.actor { throw ErasureError.sameActor(actor: about.actor ?? "", request: request.seq) }
    var event = try privacyEvent(.erasureApproved, line.subject, account: line.account, about)
    event.data["request"] = .int(request.seq)
    return Int64(try append([event])[0].seq)
  }

  /// Puts the leaf's hash in the place of a line. Facts, timelines and read models that knew the line are removed: they
  /// are made again without it.
  public func redact(_ seq: Int64, about: Circumstances) throws -> Certificate {
    let book = try snapshot().privacyBook()
    guard let request = book.requests.last(where: { $0.line == seq && $0.level == .line && !$0.isDone }) else {
      throw ErasureError.notRequested(line: seq)
    }
    guard request.approval != nil else { throw ErasureError.notApproved(request: request.seq) }
    let reach = try snapshot().reach(of: request.subject)
    if let hold = book.holds(on: Set([reach.name] + (reach.account.map { [$0] } ?? []))).first {
      throw ErasureError.held(subject: hold.subject, hold: hold.seq)
    }
    let stored = try log.line(at: UInt64(seq))
    try log.writer?.attest(.asked)
    try log.redact([UInt64(seq)])
    for folder in [folder.derived, folder.models] { try removeIfThere(folder) }
    timeline.forget()
    turn.alone { past = nil }  // it may have read the line
    var certificate = Certificate(
      log: log.manifest, subject: request.subject, keys: [:], records: 0, request: request.seq, head: log.head,
      time: Instant(microseconds: clock.now() / 1_000 * 1_000), about: about)
    certificate.line = (seq, stored.withUnsafeBytes { leafHash(of: $0) }.hex)
    var event = try privacyEvent(.erasureExecuted, request.subject, account: reach.account, about)
    event.data["level"] = .string(Privacy.Level.line.word.text)
    event.data["line"] = .int(seq)
    event.data["request"] = .int(request.seq)
    event.data["certificate"] = .string(certificate.hash)
    certificate.event = Int64(try append([event])[0].seq)
    log.writer?.attestQuietly(.asked)
    try keep(certificate)
    return certificate
  }

  private func removeIfThere(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }

  /// The subject of a line that still is one.
  private func redactable(_ seq: Int64) throws -> (subject: String, account: String?) {
    guard seq >= 0, UInt64(seq) < head.size else { throw EngineError.beyondHead(seq + 1, head: Int64(head.size)) }
    let line = try log.line(at: UInt64(seq))
    guard !line.span.isRedaction else { throw ErasureError.alreadyRedacted(line: seq) }
    let event = try StoredEvent(seq: seq, line: line.span, catalogue: catalogue).event
    let reach = try snapshot().reach(of: event.subject.description)
    return (reach.name, reach.account)
  }
}
