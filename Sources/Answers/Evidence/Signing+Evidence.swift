import Engine
import Log
import Proofs
import Vocabulary

// What somebody outside can hold a log to.

/// A proof about events of a log, as bytes that need neither the log nor Keshi.
public struct MadeProof {
  public let bytes: [UInt8]
  /// Events that it proves.
  public let count: Int
  /// Events of the checkpoint that it leads to.
  public let size: UInt64
}

extension Signing {
  /// Proves one event.
  ///
  /// - Throws: `LogError.outOfRange`, `ProofError`.
  public func proof(of seq: UInt64) throws -> MadeProof {
    let (signed, tree) = try checkpoint(covering: seq)
    let proof = try EventProof(of: seq, in: tree, by: signed)
    try proof.verify()
    return MadeProof(bytes: proof.encoded, count: 1, size: signed.checkpoint.size)
  }

  /// Proves all events that reach a subject. Which they are, the index says; the lines come from the log itself.
  ///
  /// - Parameter progress: of the hashing, by events.
  /// - Throws: `EngineError.unknownSubject` for one that no event reaches; `LogError`, `ProofError`.
  public func proof(ofAll history: SubjectHistory, progress: (Int64, Int64) -> Void = { _, _ in }) throws -> MadeProof {
    guard let last = history.seqs.last else { throw EngineError.unknownSubject(history.asked) }
    let (signed, tree) = try checkpoint(covering: last)
    for (done, seq) in history.seqs.enumerated() where seq < tree.size {  // what is computed here is kept for the proof
      _ = try tree.hash(level: 0, index: seq)
      progress(Int64(done), Int64(history.seqs.count))
    }
    let proof = try EventsProof(of: history.seqs, about: history.name, in: tree, by: signed)
    try proof.verify()
    return MadeProof(bytes: proof.encoded, count: history.seqs.count, size: signed.checkpoint.size)
  }

  /// A proof that the log only grew since a checkpoint that somebody holds.
  ///
  /// - Parameters:
  ///   - note: the checkpoint, at most `ProofLimit.noteBytes`.
  ///   - signed: the newer one, of the same log.
  public func growth(since note: [UInt8], to signed: SignedCheckpoint, in tree: LogTree) throws -> [UInt8] {
    let old = try SignedCheckpoint(note)
    let proof = try GrowthProof(since: old.checkpoint.size, in: tree, to: signed)
    try proof.verify(since: old.checkpoint)
    return proof.encoded
  }

  /// Keeps more signatures: a note with them, or signature lines alone, as a witness answers.
  public func keep(cosigned bytes: [UInt8]) throws -> SignedCheckpoint {
    var merged: SignedCheckpoint
    let lines = bytes.starts(with: "\u{2014}".utf8) ? try SignedNote.signatures(String(decoding: bytes, as: UTF8.self)) : []
    if !lines.isEmpty, let own = try shelf.checkpoint(of: lines, try? policy()) {
      merged = own
      merged.note.add(lines)
    } else {
      merged = try SignedCheckpoint(bytes)
    }
    do throws(ProofError) {
      _ = try (try? policy())?.check(merged)
    } catch .quorum {
      // More witnesses may follow.
    }
    return try shelf.keep(merged)
  }
}

/// The events that reach a subject, by their numbers.
public struct SubjectHistory {
  /// The subject as somebody asked for it, and by its whole name.
  public let asked: String
  public let name: String
  public let seqs: [UInt64]

  public init(of subject: String, in snapshot: Snapshot) throws {
    asked = subject
    name = try snapshot.resolve(subject)
    var seqs: [UInt64] = []
    try snapshot.history(of: subject) { seqs.append(UInt64($0.seq)) }
    self.seqs = seqs
  }
}
