/// Says in somebody's name what the log is: told by the writer what is durable. `Sources/Proofs` has one that signs.
public protocol Notary: Sendable {
  /// The log has had this head, durably. Called by one thread at a time, and never while an append waits for it.
  ///
  /// - Parameter log: reads at least as far as the head.
  func attest(_ head: LogHead, in log: LogReader, for occasion: AttestationOccasion) throws
}

/// Why the writer wants to have it said what the log is.
public enum AttestationOccasion: Sendable {
  /// The log has grown since the last time, and some time has passed, or it is being closed.
  case passing
  /// A segment was sealed; the head is that of the log at the segment's end, which may be behind the log's own.
  case sealed
  /// Something comes, or was done, before and after which the log must be provable: an erasure.
  case asked
}

// What the writer has said, and when.

extension LogWriter {
  /// Has the log's notary say what is durable now; without effect where there is none, or no event. Waits for nothing
  /// but a notary at work. Throws what the notary throws; the log is unharmed by it.
  public func attest(_ occasion: AttestationOccasion) throws {
    try attest(catalogue.head, occasion)
  }

  /// The same where nobody can do anything about a failure: it is kept in `attestationFailure`.
  public func attestQuietly(_ occasion: AttestationOccasion) { note { try attest(occasion) } }

  /// Why the last attestation that the writer made of its own accord did not come about; `nil` once one has again.
  public var attestationFailure: (any Error)? { monitor.locked { lastAttestationFailure } }

  /// A segment was sealed.
  func attestSeal() {
    let state = catalogue.snapshot
    note { try attest(LogHead(size: state.sealed, root: state.sealedTree.root), .sealed) }
  }

  private func attest(_ head: LogHead, _ occasion: AttestationOccasion) throws {
    guard let notary = options.notary, head.size > 0 else { return }
    attesting.lock()
    defer { attesting.unlock() }
    try notary.attest(head, in: LogReader(catalogue, cacheBytes: 1 << 20), for: occasion)
  }

  private func note(_ body: () throws -> Void) {
    var failure: (any Error)?
    do { try body() } catch { failure = error }
    monitor.locked { lastAttestationFailure = failure }
  }

  /// Has it said, some time after the log began to grow again, until the writer closes.
  func keepAttesting() {
    let pause = Int64(options.attestAfterMilliseconds) * 1_000_000
    while true {
      monitor.lock()
      while isAttested && !isStopping { attestCondition.wait(monitor) }
      let due = monotonicNanoseconds() + pause
      while !isStopping && monotonicNanoseconds() < due { attestCondition.wait(monitor, until: due) }
      let stops = isStopping
      isAttested = true
      monitor.unlock()
      if stops { return }  // closing says the last word
      attestQuietly(.passing)
    }
  }
}
