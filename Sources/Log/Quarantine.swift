/// Bytes that a recovery cut off an active file and kept aside.
public struct QuarantinedBytes: Equatable, Sendable {
  /// Where they are kept, below the log's directory.
  public let copy: String
  /// The file that they were cut from.
  public let file: String
  /// Where they lay in it.
  public let offset: Int
}

extension LogDirectory {
  /// Everything that recoveries have cut so far, by the names in `quarantine/`, sorted. Names of another form are not
  /// ours and passed over.
  ///
  /// A recovery may be interrupted after the cut and before anybody could record it; so who records asks here, and
  /// not only what the last recovery did.
  public func quarantined() throws(LogError) -> [QuarantinedBytes] {
    try reader.catalogue.disk.list(FileNames.quarantineDirectory).sorted().compactMap { FileNames.quarantined($0) }
  }

  /// Length and SHA-256 of bytes kept aside. Complexity: O(bytes).
  public func digest(of kept: QuarantinedBytes) throws(LogError) -> (bytes: Int, sha256: Hash) {
    let file = try reader.catalogue.disk.open(kept.copy, .read)
    return (try file.size(), try file.sha256())
  }
}

extension FileNames {
  /// Where the bytes from `offset` of an active file are kept.
  static func quarantine(_ name: Active, offset: Int) -> String {
    "\(quarantineDirectory)/\(digits(name.first)).\(name.generation).\(offset)"
  }

  /// What a name in the quarantine says; `nil` for one of another form.
  static func quarantined(_ name: String) -> QuarantinedBytes? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let first = UInt64(parts[0]), let generation = UInt64(parts[1]), let offset = Int(parts[2]),
      offset >= 0
    else { return nil }
    let active = Active(first: first, generation: generation)
    let path = quarantine(active, offset: offset)
    guard path == "\(quarantineDirectory)/\(name)" else { return nil }
    return QuarantinedBytes(copy: path, file: active.path, offset: offset)
  }
}
