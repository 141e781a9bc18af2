/// The signed statements about this log that lie beside it, as far as opening needs them: how many leaves the largest
/// of them proves. `Sources/Proofs` writes and checks them; here nothing but their size is read.
enum KeptCheckpoints {
  static let directory = "checkpoints"
  private static let suffix = ".note"

  /// What is lost if the log has `size` leaves: a log that is shorter than what was once signed must not grow again,
  /// or two histories would stand under one signature.
  static func damage(_ disk: any Disk, _ manifest: Manifest, size: UInt64) throws(LogError) -> Damage? {
    let sizes = try disk.list(directory).compactMap { number($0) }.filter { $0 > size }.sorted(by: >)
    for proven in sizes where try states(disk, manifest, size: proven) {
      return Damage(file: path(proven), offset: 0, leaves: size..<proven, kind: .missing)
    }
    return nil
  }

  private static func path(_ size: UInt64) -> String { "\(directory)/\(FileNames.digits(size))\(suffix)" }

  private static func number(_ name: String) -> UInt64? {
    guard name.hasSuffix(suffix) else { return nil }
    let digits = name.dropLast(suffix.utf8.count)
    guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(digits)
  }

  /// Whether the file of that name begins as a checkpoint of this log does: its origin, then its size. Anything else
  /// got there by another way and says nothing.
  private static func states(_ disk: any Disk, _ manifest: Manifest, size: UInt64) throws(LogError) -> Bool {
    let begin = Array("\(manifest.origin)\n\(size)\n".utf8)
    let buffer = ByteBuffer()
    try disk.open(path(size), .read).load(begin.count, at: 0, into: buffer)
    return buffer.bytes.elementsEqual(begin)
  }
}
