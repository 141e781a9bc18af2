import Foundation
import Log
import Proofs
import Vocabulary

/// Time stamps by an authority (RFC 3161) over a checkpoint's text, made and read by the program `openssl`.
///
/// Only the text is stamped, not the signatures under it: those may become more.
public struct TimeStamp {
  private let shelf: CheckpointShelf

  public init(shelf: CheckpointShelf) { self.shelf = shelf }

  /// The request to be sent to an authority.
  public func request(for checkpoint: Checkpoint) throws -> [UInt8] {
    try Scratch.use { scratch in
      let text = try scratch.file("text", Array(checkpoint.text.utf8))
      let query = scratch.path + "/query"
      _ = try OpenSSL.run(["ts", "-query", "-data", text, "-sha256", "-cert", "-out", query])
      return try OutsideFile.read(query, limit: 1 << 16)
    }
  }

  /// Keeps an authority's answer with the checkpoint that it is about; gives its place in the log. With `authority`, the
  /// certificates to trust, the whole answer is checked; without, only that it is about one of our checkpoints.
  public func attach(_ answer: [UInt8], authority: String?) throws -> String {
    try Scratch.use { scratch in
      let reply = try scratch.file("reply", answer)
      let text = try OpenSSL.run(["ts", "-reply", "-in", reply, "-text"])
      let imprint = OpenSSL.hexDump(in: text, after: "Message data:")
      for size in try shelf.sizes().reversed() {
        guard let signed = try shelf.load(size), OpenSSL.sha256(signed.note.text) == imprint else { continue }
        try check(reply, of: signed, by: authority, scratch)
        try shelf.keepAnchor(answer, size: size)
        return CheckpointShelf.anchorPath(size)
      }
      for signed in try shelf.seconds() where OpenSSL.sha256(signed.note.text) == imprint {
        try check(reply, of: signed, by: authority, scratch)
        try shelf.keepSecondAnchor(answer, size: signed.checkpoint.size)
        return CheckpointShelf.secondAnchorPath(signed.checkpoint.size)
      }
      throw Trouble.strangeStamp
    }
  }

  private func check(_ reply: String, of signed: SignedCheckpoint, by authority: String?, _ scratch: Scratch) throws {
    guard let authority else { return }
    let data = try scratch.file("text", Array(signed.note.text.utf8))
    _ = try OpenSSL.run(["ts", "-verify", "-data", data, "-in", reply, "-CAfile", authority])
  }
}

/// A folder of the system for a moment.
private struct Scratch {
  let path: String

  static func use<R>(_ body: (Scratch) throws -> R) throws -> R {
    let path = FileManager.default.temporaryDirectory.appending(path: "keshi-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(Scratch(path: path))
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let place = path + "/" + name
    try OutsideFile.write(bytes, to: place)
    return place
  }
}
