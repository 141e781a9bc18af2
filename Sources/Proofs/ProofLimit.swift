/// Every bound of what is read from outside, by name. A bound is inclusive: the value itself is allowed.
public enum ProofLimit {
  /// Bytes of a signed note: 64 signatures of the largest kind in use (ML-DSA-44, 3.3 kB as text) fit.
  public static let noteBytes = 262_144
  /// Signature lines of a note. The specification asks for 16 at least.
  public static let signatures = 64
  /// Checkpoints that were signed in passing and are kept beside the last one of each day.
  public static let recentCheckpoints = 64
  /// Bytes of a text with keys.
  public static let keyBytes = 65_536
  /// Logs, witnesses and groups of a policy, each. The specification asks for 32 at least.
  public static let policyEntries = 256
  /// Hashes of a proof for one leaf, or between two sizes: one for each level of a tree of 2^63 leaves.
  public static let pathHashes = 63
  /// Events of one proof file.
  public static let proofEvents = 100_000
  /// Bytes of a proof file.
  public static let proofBytes = 256 << 20
  /// Receipts that are compared at once.
  public static let receipts = 1_000_000
  /// Bytes of a file of receipts.
  public static let receiptBytes = 256 << 20
  /// Leaves that a tree may claim: a signed 64-bit number, as other readers have it.
  public static let treeSize = UInt64(Int64.max)
}
