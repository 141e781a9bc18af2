import Glibc
import Synchronization
import Wire

/// The tokens of a data folder: `tokens.ndjson` beside the keys, readable for its owner alone, a line each.
///
/// It holds no secret: who reads it can let nobody in. It is written whole beside the old one and renamed; who writes holds
/// a lock on `tokens.lock`, so that two who make tokens at once lose none. A running server sees a change at the next
/// request.
public final class TokenFile: Sendable {
  public static let sizeLimit = 8 << 20

  private struct Stamp: Equatable {
    var seconds = 0
    var nanoseconds = 0
    var size: Int64 = -1
    var inode: UInt64 = 0
  }

  private struct State {
    var stamp = Stamp()
    var tokens: [AccessToken] = []
    var bySecret: [String: Int] = [:]
    var byID: [String: Int] = [:]
  }

  public let path: String
  private let lockPath: String
  private let state = Mutex(State())

  /// - Parameter folder: where the keys are.
  public init(folder: String) {
    path = folder + "/tokens.ndjson"
    lockPath = folder + "/tokens.lock"
  }

  public func all() throws(AccessError) -> [AccessToken] { try current { $0.tokens } }

  /// The token that a secret opens, if it is good. Its hash is looked up, so the time taken tells nothing of a secret.
  public func token(opening secret: String, at now: Instant) throws(AccessError) -> AccessToken? {
    guard secret.utf8.count == AccessToken.secretLength, secret.hasPrefix(AccessToken.prefix) else { return nil }
    let hash = AccessToken.digest(secret)
    return try current { state in state.bySecret[hash].map { state.tokens[$0] } }.flatMap { $0.isGood(at: now) ? $0 : nil }
  }

  /// The token of that id, if it is good.
  public func token(id: String, at now: Instant) throws(AccessError) -> AccessToken? {
    try current { state in state.byID[id].map { state.tokens[$0] } }.flatMap { $0.isGood(at: now) ? $0 : nil }
  }

  public func add(_ token: AccessToken) throws(AccessError) {
    try change { tokens throws(AccessError) in tokens.append(token) }
  }

  public func revoke(_ id: String, at now: Instant) throws(AccessError) {
    try change { tokens throws(AccessError) in
      guard let place = tokens.firstIndex(where: { $0.id == id }) else { throw .unknownToken(id) }
      tokens[place].revoked = tokens[place].revoked ?? now
    }
  }

  // MARK: Reading

  private func current<R: Sendable>(_ body: (State) -> R) throws(AccessError) -> R {
    try state.withLock { state throws(AccessError) in
      let stamp = try TokenFile.stamp(of: path)
      if stamp != state.stamp { state = try TokenFile.load(path, stamp) }
      return body(state)
    }
  }

  private static func stamp(of path: String) throws(AccessError) -> Stamp {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return Stamp() }
      throw .file(path: path, errno: errno)
    }
    guard status.st_mode & 0o077 == 0 else { throw .openFile(path: path) }
    return Stamp(
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int64(status.st_size), inode: UInt64(status.st_ino))
  }

  private static func load(_ path: String, _ stamp: Stamp) throws(AccessError) -> State {
    var state = State()
    state.stamp = stamp
    guard stamp.size >= 0 else { return state }
    for (number, line) in try PrivateFile.read(path, limit: sizeLimit).split(separator: 0x0A).enumerated() {
      guard let json = try? JSON(parsing: Array(line)), let token = AccessToken(json) else {
        throw .badLine(path: path, line: number + 1)
      }
      state.bySecret[token.sha256] = state.tokens.count
      state.byID[token.id] = state.tokens.count
      state.tokens.append(token)
    }
    return state
  }

  // MARK: Writing

  private func change(_ body: (inout [AccessToken]) throws(AccessError) -> Void) throws(AccessError) {
    let lock = try FileLock(lockPath)
    defer { lock.release() }
    var tokens = try all()
    try body(&tokens)
    var text = Text()
    for token in tokens {
      text.append(token.json)
      text.append("\n" as StaticString)
    }
    try PrivateFile.write(Array(text.string.utf8), to: path)
  }
}
