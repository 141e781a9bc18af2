import Engine
import Log
import Proofs
import Vocabulary

/// What is needed to sign a log: its folder, its kept checkpoints, its key.
public struct Signing {
  private let dataPath: String
  private let disk: PosixDisk
  public let shelf: CheckpointShelf
  private let file: SigningKeyFile

  public init(_ folder: DataFolder) {
    dataPath = folder.path
    disk = Store.logDisk(at: folder.path)
    shelf = CheckpointShelf(disk)
    file = SigningKeyFile(folder: folder.keysPath)
  }

  /// Lays out what a new log has beside it: the verifier, the format, a key, and the policy that names the key.
  public func prepare(origin: String, random: inout some RandomNumberGenerator) throws {
    try AuditorFiles.install(in: disk)
    _ = try key(origin: origin, random: &random)
  }

  /// What signs the log while this process writes it, where the log's own key is at hand. Makes no key.
  func keeper() throws -> CheckpointKeeper? {
    guard let policy = try policy(), let key = try file.load(), policy.logs.contains(key.verifier) else { return nil }
    return CheckpointKeeper(shelf, key: key)
  }

  /// Signs the log as far as it is durable; see `Issuer`.
  public func issue() throws -> (signed: SignedCheckpoint, tree: LogTree) {
    let log = try Store.durable(at: dataPath)
    let tree = Store.tree(at: dataPath, of: log.reader)
    var random = SystemRandomNumberGenerator()
    try AuditorFiles.install(in: disk)
    let origin = log.reader.manifest.origin
    let issuer = try Issuer(shelf, key: try key(origin: origin, random: &random), origin: origin)
    return (try issuer.issue(log, tree: tree), tree)
  }

  /// Signs the roots by SHA-256 and by SHA3-256 in one statement; see `SecondTree`.
  public func issueSecond(_ signed: SignedCheckpoint, _ tree: LogTree) throws -> SignedCheckpoint {
    var random = SystemRandomNumberGenerator()
    let origin = signed.checkpoint.origin
    return try Issuer(shelf, key: try key(origin: origin, random: &random), origin: origin).second(signed, tree: tree)
  }

  /// The newest kept checkpoint that has event `seq`; signs a new one only where none has.
  public func checkpoint(covering seq: UInt64) throws -> (signed: SignedCheckpoint, tree: LogTree) {
    guard let newest = try shelf.newest(), newest.checkpoint.size > seq else { return try issue() }
    return try agreeing(newest)
  }

  /// The smallest kept checkpoint that has event `seq`: the same each time it is asked for, however the log grows.
  public func earliestCheckpoint(covering seq: UInt64) throws -> (signed: SignedCheckpoint, tree: LogTree) {
    guard let size = try shelf.sizes().first(where: { $0 > seq }), let kept = try shelf.load(size) else { return try issue() }
    return try agreeing(kept)
  }

  /// A kept checkpoint with the tree that it was signed over; another one where the log has another root there.
  private func agreeing(_ newest: SignedCheckpoint) throws -> (signed: SignedCheckpoint, tree: LogTree) {
    let reader = try LogDirectory.openReadOnly(on: disk).reader
    let tree = Store.tree(at: dataPath, of: reader)
    // A proof that does not lead to the signed root would be noticed by whoever gets it; better here.
    guard try Audit(tree, origin: reader.manifest.origin).compare(newest.checkpoint) == .agrees else {
      return try issue()
    }
    return (newest, tree)
  }

  /// The tree of the log as far as it is durable.
  public func tree() throws -> LogTree { Store.tree(at: dataPath, of: try Store.durable(at: dataPath).reader) }

  /// Whose signatures count by the policy that lies in the log; `nil` where there is none yet.
  public func policy() throws -> Policy? { try policyText().map { bytes in try Policy(bytes) } }

  /// The policy as it is written there.
  func policyText() throws -> [UInt8]? { try disk.contents("policy.txt", limit: ProofLimit.keyBytes) }

  /// The log's key. Where no policy names one yet, it is made, and the policy with it. Where one does, another key is
  /// not: who forgets `--keys` must not start signing by a second key.
  private func key(origin: String, random: inout some RandomNumberGenerator) throws -> SignerKey {
    let name = SigningName.of(origin)
    let policy = try policy()
    let found = try file.load()
    if found == nil, policy != nil { throw Trouble.noKey(in: file.folder) }
    let key = try found ?? file.create(name: name, random: &random)
    guard key.verifier.name == name else { throw ProofError.otherKey(expected: name, found: key.verifier.name) }
    if let policy {
      guard policy.logs.contains(key.verifier) else {
        throw Trouble.strangeKey(key.verifier.text, in: file.folder)
      }
    } else {
      try disk.replace("policy.txt", with: Array(Policy.text(log: key.verifier).utf8), in: "")
    }
    return key
  }
}
