public import Log

/// Signs what a log is, and never two things that exclude each other.
public struct Issuer {
  private let shelf: CheckpointShelf
  private let key: SignerKey
  private let patience: Int

  /// - Parameter patience: milliseconds for which another's signing is waited for: whoever writes the log signs it each
  ///   second, and several may ask for a proof at once.
  /// - Throws: `otherKey` if the key is not named after the log.
  public init(
    _ shelf: CheckpointShelf, key: SignerKey, origin: String, patience: Int = CheckpointShelf.patience
  ) throws(ProofError) {
    guard key.verifier.name == SigningName.of(origin) else {
      throw .otherKey(expected: SigningName.of(origin), found: key.verifier.name)
    }
    (self.shelf, self.key, self.patience) = (shelf, key, patience)
  }

  /// Signs the log as far as it is durable, and keeps the checkpoint before giving it. Where one of that size is kept
  /// already it is given again, with whatever signatures it has gathered.
  ///
  /// Throws `contradiction` if the log is shorter than the newest kept checkpoint says or has another root at its size,
  /// `LogError.damaged` if the log cannot be read whole, `busy` if another still signs when patience ends.
  public func issue(_ log: DurableLog, tree: LogTree) throws -> SignedCheckpoint {
    if let damage = log.damage { throw LogError.damaged(damage) }
    let origin = log.reader.manifest.origin
    return try shelf.alone(patience: patience) {
      let now = try Checkpoint(origin: origin, head: LogHead(size: tree.size, root: try tree.root(at: tree.size)))
      if let newest = try shelf.newest() {
        try compare(newest, with: now, tree)
        if newest.checkpoint.size == now.size { return try shelf.keep(newest) }
      }
      return try shelf.keep(SignedCheckpoint(try key.sign(now.text)))
    }
  }

  /// Signs the roots by both hashes in one statement, and keeps it. Complexity: hashes every line.
  public func second(_ signed: SignedCheckpoint, tree: LogTree) throws -> SignedCheckpoint {
    let checkpoint = signed.checkpoint
    guard try tree.root(at: checkpoint.size) == checkpoint.root else { throw ProofError.wrongHashes }
    let both = Checkpoint(checkpoint, secondRoot: try tree.secondTree(at: checkpoint.size).root)
    let statement = try SignedCheckpoint(try key.sign(both.text))
    try shelf.keepSecond(statement)
    return statement
  }

  private func compare(_ newest: SignedCheckpoint, with now: Checkpoint, _ tree: LogTree) throws {
    let kept = newest.checkpoint
    guard kept.origin == now.origin else { throw ProofError.otherLog(expected: now.origin, found: kept.origin) }
    if kept.size <= now.size, try tree.root(at: kept.size) == kept.root { return }
    // Unsigned: of the two, only one may ever carry our signature.
    let saved = try shelf.saveContradiction(
      size: kept.size, held: Array(newest.note.encoded.utf8), found: Array(now.text.utf8), root: now.root)
    throw ProofError.contradiction(kept: kept, found: now, saved: saved)
  }
}
