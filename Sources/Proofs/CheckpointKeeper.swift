public import Log
import Synchronization

/// Signs a log while it is being written, without being asked each time: what a writer is given as its notary.
///
/// It signs only heads that the writer calls durable, and each only after the newest kept checkpoint was held against
/// the log; so no crash leaves a signature over what the log does not have, and no two that exclude each other. What is
/// signed in passing is thinned (`ProofLimit.recentCheckpoints`, and one for each day); what is signed at the end of a
/// sealed segment, and before and after an erasure, stays.
public final class CheckpointKeeper: Notary {
  private let shelf: CheckpointShelf
  private let key: SignerKey
  private let recent: Int
  /// The newest checkpoint that was held against this log already.
  private let known = Mutex<Checkpoint?>(nil)

  /// - Parameters:
  ///   - key: must be named after the log, else nothing is signed (`otherKey`).
  ///   - recent: how many checkpoints signed in passing are kept.
  public init(_ shelf: CheckpointShelf, key: SignerKey, recent: Int = ProofLimit.recentCheckpoints) {
    (self.shelf, self.key, self.recent) = (shelf, key, recent)
  }

  /// Throws `ProofError`: `contradiction` where the log is not what was signed of it before, `busy` where another process
  /// goes on signing (in passing that is no error); `LogError`.
  public func attest(_ head: LogHead, in log: LogReader, for occasion: AttestationOccasion) throws {
    let isPassing = occasion == .passing
    // Whoever signs meanwhile signs the same log: in passing, that is as good.
    do {
      try shelf.alone(patience: isPassing ? 0 : CheckpointShelf.patience) { try sign(head, log, isPassing) }
    } catch ProofError.busy where isPassing {}
  }

  private func sign(_ head: LogHead, _ log: LogReader, _ isPassing: Bool) throws {
    let origin = log.manifest.origin
    guard key.verifier.name == SigningName.of(origin) else {
      throw ProofError.otherKey(expected: SigningName.of(origin), found: key.verifier.name)
    }
    let now = try Checkpoint(origin: origin, head: head)
    if let newest = try shelf.newest() {
      try compare(newest, log)
      if isPassing, newest.checkpoint.size >= head.size { return }
    }
    let signed = try shelf.load(head.size) ?? SignedCheckpoint(try key.sign(now.text))
    guard signed.checkpoint == now else { throw try contradiction(signed, now) }
    try shelf.keep(signed, passing: isPassing)
    known.withLock { known in if now.size >= known?.size ?? 0 { known = now } }
    try shelf.thin(to: recent) { size in day(size, log) }
  }

  /// Another process may have signed since, or an older copy of the log have come back before this one was opened.
  private func compare(_ newest: SignedCheckpoint, _ log: LogReader) throws {
    let kept = newest.checkpoint
    if known.withLock({ $0 == kept }) { return }
    let origin = log.manifest.origin
    guard kept.origin == origin else { throw ProofError.otherLog(expected: origin, found: kept.origin) }
    let head = log.head
    guard kept.size <= head.size, try root(at: kept.size, log) == kept.root else {
      throw try contradiction(newest, try Checkpoint(origin: origin, head: head))
    }
    known.withLock { $0 = kept }
  }

  private func root(at size: UInt64, _ log: LogReader) throws -> Hash {
    if let root = try log.statedRoot(at: size) { return root }
    return try LogTree(log).root(at: size)
  }

  private func contradiction(_ kept: SignedCheckpoint, _ now: Checkpoint) throws -> ProofError {
    let saved = try shelf.saveContradiction(
      size: kept.checkpoint.size, held: Array(kept.note.encoded.utf8), found: Array(now.text.utf8), root: now.root)
    return .contradiction(kept: kept.checkpoint, found: now, saved: saved)
  }

  /// The UTC day on which the last of the first `size` events was recorded; `nil` where its line cannot be read, or
  /// gave place to its hash.
  private func day(_ size: UInt64, _ log: LogReader) -> String? {
    guard size > 0, let time = try? log.recordedAt(size - 1) else { return nil }
    return String(time.prefix(10))
  }
}
