import Foundation
import Glibc
import Proofs
import Vocabulary

/// The key that signs a log's checkpoints: `signing.key`, readable for its owner alone, and beside it the public key as
/// C2SP writes it (`signing.vkey`) and as OpenSSL does (`signing.pem`).
struct SigningKeyFile {
  let folder: String

  private var secretPath: String { folder + "/signing.key" }
  private var publicPath: String { folder + "/signing.vkey" }
  private var pemPath: String { folder + "/signing.pem" }

  /// The key, `nil` where there is none. A file that others may read is refused: a key that was seen is no key.
  func load() throws -> SignerKey? {
    var status = stat()
    guard stat(secretPath, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw Trouble.file(secretPath, errno: errno)
    }
    guard status.st_mode & 0o077 == 0 else { throw Trouble.openKey(secretPath) }
    let text = String(decoding: try OutsideFile.read(secretPath, limit: 4096), as: UTF8.self)
    do throws(ProofError) {
      return try SignerKey(text.prefix { $0 != "\n" })
    } catch {
      throw Trouble(error).at(Name(same: secretPath))
    }
  }

  /// Makes the key and its public files; durable when it returns. Never replaces a key that is there.
  func create(name: String, random: inout some RandomNumberGenerator) throws -> SignerKey {
    let words = (0..<4).map { _ in random.next().littleEndian }
    let key = try SignerKey(name: name, seed: words.flatMap { word in withUnsafeBytes(of: word) { Array($0) } })
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: attributes)
    try writeSecret(key.text + "\n")
    try OutsideFile.write(Array((key.verifier.text + "\n").utf8), to: publicPath)
    if let pem = key.verifier.pem { try OutsideFile.write(Array(pem.utf8), to: pemPath) }
    return key
  }

  /// Under a temporary name first, then linked: so that a crash leaves no half key, and nothing is ever replaced.
  private func writeSecret(_ text: String) throws {
    let temporary = secretPath + ".tmp"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Trouble.cannotWrite(temporary, errno: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
      link(temporary, secretPath) == 0
    else { throw Trouble.cannotWrite(secretPath, errno: errno) }
    unlink(temporary)
    OutsideFile.synchronize(folder)
  }
}
