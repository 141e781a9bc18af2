/// Where the log's files lie, below its directory.
enum FileNames {
  static let activeDirectory = "active"
  static let sealedDirectory = "seg"
  static let quarantineDirectory = "quarantine"
  static let vaultDirectory = "vault"
  /// Locked by the writer; its one word says whether the last writer closed the log.
  static let lock = "LOCK"
  private static let suffix = ".evlog.lz4"

  /// A file being written: its first leaf, and how often it was rewritten after an unclean stop.
  struct Active: Hashable, Comparable, Sendable {
    let first: UInt64
    let generation: UInt64

    var path: String { "\(activeDirectory)/\(digits(first)).\(generation)\(suffix)" }

    static func < (a: Active, b: Active) -> Bool { (a.first, a.generation) < (b.first, b.generation) }
  }

  /// The active file of this name in its directory; `nil` for any other name.
  static func active(_ name: String) -> Active? {
    guard name.hasSuffix(suffix) else { return nil }
    let parts = name.dropLast(suffix.utf8.count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = number(parts[0]), let generation = UInt64(parts[1]) else { return nil }
    let active = Active(first: first, generation: generation)
    return active.path == "\(activeDirectory)/\(name)" ? active : nil
  }

  /// Path of the sealed segment that begins at leaf `first`.
  static func sealed(_ first: UInt64) -> String { "\(sealedDirectory)/\(digits(first))\(suffix)" }

  /// First leaf of the sealed segment of this name; `nil` for any other name.
  static func sealed(name: String) -> UInt64? {
    name.hasSuffix(suffix) ? number(name.dropLast(suffix.utf8.count)) : nil
  }

  /// The vault of a sealed segment: the segment's first leaf, and how often records were taken out.
  struct Vault: Hashable, Comparable, Sendable {
    let first: UInt64
    let generation: UInt64

    var path: String { "\(vaultDirectory)/\(digits(first)).\(generation)\(vaultSuffix)" }

    static func < (a: Vault, b: Vault) -> Bool { (a.first, a.generation) < (b.first, b.generation) }
  }

  private static let vaultSuffix = ".vault"

  /// The vault file of this name in its directory; `nil` for any other name.
  static func vault(_ name: String) -> Vault? {
    guard name.hasSuffix(vaultSuffix) else { return nil }
    let parts = name.dropLast(vaultSuffix.utf8.count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = number(parts[0]), let generation = UInt64(parts[1]) else { return nil }
    let vault = Vault(first: first, generation: generation)
    return vault.path == "\(vaultDirectory)/\(name)" ? vault : nil
  }

  /// 20 digits, so that names sort as numbers do.
  static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 20 - text.count) + text
  }

  private static func number(_ text: Substring) -> UInt64? {
    guard text.utf8.count == 20, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(text)
  }
}

extension LogDirectory {
  /// Folders of the log's own below its directory.
  public static var ownFolders: [String] {
    [FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.vaultDirectory]
  }

  /// What a copy of the log takes care of itself, or leaves behind: bytes that were cut off, the lock.
  public static var ownNames: Set<String> {
    Set(ownFolders + [FileNames.quarantineDirectory, FileNames.lock, Manifest.file])
  }
}
