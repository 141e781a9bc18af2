import Answers
import Foundation
import Synchronization
import Vocabulary
import Wire

/// How far each webhook has come, and what could not be delivered: `deliveries/ID.json` and `ID.dead.ndjson` in the data
/// folder. After a crash what was delivered and not yet noted is sent again: a receiver knows it by its `webhook-id`.
final class DeliveryBook: Sendable {
  /// What a receiver did not take, however often it was tried.
  struct DeadLetter: Sendable {
    let seq: Int64
    let at: Instant
    let attempts: Int
    let why: String

    var json: JSON { ["seq": .int(seq), "at": .string(at.description), "attempts": .int(Int64(attempts)), "why": .string(why)] }
  }

  /// Dead letters that are shown at most, newest first.
  static let shownMax = 1_000

  private let folder: String
  private let next = Mutex<[String: Int64]>([:])

  init(_ dataPath: String) { folder = dataPath + "/deliveries" }

  /// The next event that a hook is to get.
  func next(_ hook: Webhook) -> Int64 {
    next.withLock { next in
      if let known = next[hook.id] { return known }
      let stored = (try? OutsideFile.read("\(folder)/\(hook.id).json", limit: 4_096)).flatMap { try? JSON(parsing: $0).object?["next"]?.int }
      next[hook.id] = stored ?? hook.first
      return stored ?? hook.first
    }
  }

  /// Goes on from this event, to send again what lies behind it.
  func go(to seq: Int64, _ id: String) throws { try next.withLock { try note(seq, id, &$0) } }

  /// Goes forward after a delivery; `false` where somebody has asked meanwhile to go on from elsewhere.
  func advance(from old: Int64, to seq: Int64, _ id: String) throws -> Bool {
    try next.withLock { next in
      guard next[id] == old else { return false }
      try note(seq, id, &next)
      return true
    }
  }

  /// Under the lock: file and memory say the same.
  private func note(_ seq: Int64, _ id: String, _ next: inout [String: Int64]) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try OutsideFile.write(Array(JSON.object(["next": .int(seq)]).canonical.utf8), to: "\(folder)/\(id).json")
    next[id] = seq
  }

  func bury(_ letter: DeadLetter, _ id: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(id).dead.ndjson"
    if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    guard let handle = FileHandle(forWritingAtPath: path) else { throw Trouble.file(path, errno: 2) }
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((letter.json.canonical + "\n").utf8))
  }

  func deadLetters(_ id: String) -> [JSON] {
    guard let bytes = try? OutsideFile.read("\(folder)/\(id).dead.ndjson", limit: 16 << 20) else { return [] }
    return bytes.split(separator: 0x0A).suffix(DeliveryBook.shownMax).reversed().compactMap { try? JSON(parsing: Array($0)) }
  }
}
