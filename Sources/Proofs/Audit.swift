public import Log

/// Holds what somebody has kept of a log against the log as it is.
public struct Audit {
  /// What a piece of evidence shows.
  public enum Finding: Equatable, Sendable {
    /// The log still is what it was then, and more may have been added.
    case agrees
    /// The log had more events once than it has now.
    case shorter(proven: UInt64)
    /// Two histories under one name: the log has other events than it had when this was signed or acknowledged.
    case forked(size: UInt64)
  }

  private let tree: LogTree
  private let origin: String

  /// `tree`: of the log whose origin that is. Its segments' roots are believed, so verify the log itself first.
  public init(_ tree: LogTree, origin: String) { (self.tree, self.origin) = (tree, origin) }

  /// Compares one checkpoint. Who signed it is the policy's question.
  public func compare(_ checkpoint: Checkpoint) throws -> Finding {
    guard checkpoint.origin == origin else { throw ProofError.otherLog(expected: origin, found: checkpoint.origin) }
    guard checkpoint.size <= tree.size else { return .shorter(proven: checkpoint.size) }
    guard try tree.root(at: checkpoint.size) == checkpoint.root else { return .forked(size: checkpoint.size) }
    return try checkpoint.secondRoot.map { try compare($0, at: checkpoint.size) } ?? .agrees
  }

  /// Compares a second root. Throws `redacted` where lines that it was made over are no more.
  private func compare(_ second: Hash, at size: UInt64) throws -> Finding {
    let now = try tree.secondTree(at: size)
    if now.root == second { return .agrees }
    guard now.redactions == 0 else { throw ProofError.redacted(lines: now.redactions) }
    return .forked(size: size)
  }

  /// Compares all that a piece of evidence says; the worst finding counts, a fork before a loss.
  public func compare(_ evidence: Evidence) throws -> Finding {
    var findings = try evidence.signed.map { [try compare($0.checkpoint)] } ?? []
    switch evidence {
    case .checkpoint, .growth: break
    case .event(let proof): findings.append(try compare(proof.line, at: proof.inclusion.index))
    case .events(let proof):
      for (seq, line) in zip(proof.selection.indexes, proof.lines) { findings.append(try compare(line, at: seq)) }
    case .receipts(let receipts): for receipt in receipts { findings.append(try compare(receipt)) }
    }
    let fork = findings.first { if case .forked = $0 { true } else { false } }
    return fork ?? findings.first { $0 != .agrees } ?? .agrees
  }

  private func compare(_ line: [UInt8], at seq: UInt64) throws -> Finding {
    guard seq < tree.size else { return .shorter(proven: seq + 1) }
    return try tree.line(at: seq) == line ? .agrees : .forked(size: seq + 1)
  }

  private func compare(_ receipt: KeptReceipt) throws -> Finding {
    guard receipt.seq < tree.size else { return .shorter(proven: receipt.size) }
    let leaf = try tree.hash(level: 0, index: receipt.seq)
    if leaf != receipt.leaf { return .forked(size: receipt.seq + 1) }
    return receipt.size <= tree.size ? .agrees : .shorter(proven: receipt.size)
  }
}
