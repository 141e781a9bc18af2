/// The signed statements about this log that lie beside it, as far as opening needs them: how many leaves the largest
/// of them proves. `Sources/Proofs` writes and checks them; here nothing but their size is read.
enum KeptCheckpoints {
  static let directory = "checkpoints"
  private static let suffix = ".note"
  private static let recentSuffix = ".recent.note"

  /// What is lost if the log has `size` leaves: a log that is shorter than what was once signed must not grow again,
  /// or two histories would stand under one signature.
  static func damage(_ disk: any Disk, _ manifest: Manifest, size: UInt64) throws(LogError) -> Damage? {
    let names = try disk.list(directory).compactMap { name in number(name).map { (size: $0, name) } }
    for (proven, name) in names.filter({ $0.size > size }).sorted(by: { $0 > $1 }) {
      guard try states(disk, manifest, size: proven, name) else { continue }
      return Damage(file: "\(directory)/\(name)", offset: 0, leaves: size..<proven, kind: .missing)
    }
    return nil
  }

  private static func number(_ name: String) -> UInt64? {
    guard let suffix = [recentSuffix, suffix].first(where: name.hasSuffix) else { return nil }
    let digits = name.dropLast(suffix.utf8.count)
    guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(digits).flatMap { $0 <= Limit.leaves ? $0 : nil }
  }

  /// Whether the file of that name begins as a checkpoint of this log does: its origin, then its size. Anything else
  /// got there by another way and says nothing.
  private static func states(
    _ disk: any Disk, _ manifest: Manifest, size: UInt64, _ name: String
  ) throws(LogError) -> Bool {
    let begin = Array("\(manifest.origin)\n\(size)\n".utf8)
    let buffer = ByteBuffer()
    try disk.open("\(directory)/\(name)", .read).load(begin.count, at: 0, into: buffer)
    return buffer.bytes.elementsEqual(begin)
  }
}
