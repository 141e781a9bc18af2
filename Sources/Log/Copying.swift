// A copy of the log while it is being written.

extension LogReader {
  /// What a copy holds.
  public struct Copy: Equatable, Sendable {
    public let head: LogHead
    /// Paths below the log's directory, sorted.
    public let files: [String]
  }

  /// Copies the log as it stands to an empty directory: manifest, sealed segments, vaults, and of active files the part
  /// that is durable. Appends may go on meanwhile; the copy ends where the head was when the copying began, or later.
  ///
  /// What is acknowledged is never written again, so a part that was copied stays right. Where files were sealed or
  /// written again meanwhile, the copying of those begins anew.
  public func copy(
    to target: any Disk, progress: (_ bytes: Int) -> Void = { _ in }
  ) throws(LogError) -> Copy {
    var attempt = 0
    while true {
      try refresh()
      catalogue.forgetVaults()
      let state = catalogue.snapshot
      if let damage = state.damages.first { throw .damaged(damage) }
      do throws(LogError) {
        let files = try copy(state, to: target, progress)
        return Copy(head: state.head, files: files.sorted())
      } catch {
        guard case .disk("open", _, _) = error, attempt < 20 else { throw error }
        attempt += 1
      }
    }
  }

  private func copy(
    _ state: Catalogue.State, to target: any Disk, _ progress: (Int) -> Void
  ) throws(LogError) -> [String] {
    let disk = catalogue.disk
    for name in ["", FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.vaultDirectory] {
      try target.makeDirectory(name)
    }
    var wanted: [(path: String, file: any DiskFile, length: Int)] = []
    func want(_ path: String) throws(LogError) {
      let file = try disk.open(path, .read)
      wanted.append((path, file, try file.size()))
    }
    // Opened first, all of them: what is open can be read to its end, whatever happens to its name.
    for active in state.actives {
      wanted.append((active.name.path, try disk.open(active.name.path, .read), try length(of: active, upTo: state.head.size)))
    }
    for name in try VaultFile.all(disk) where name.first < state.sealed { try want(name.path) }
    try want(Manifest.file)
    for first in stride(from: 0, to: state.sealed, by: manifest.segmentLeaves) {
      let path = FileNames.sealed(first)
      if try target.list(FileNames.sealedDirectory).contains(where: { FileNames.sealedDirectory + "/" + $0 == path }) {
        wanted.append((path, try disk.open(path, .read), -1))  // copied in the attempt before, and never changed
      } else {
        try want(path)
      }
    }
    try removeStale(on: target)
    for (path, file, length) in wanted where length >= 0 { try copy(file, length, path, to: target, progress) }
    for name in ["", FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.vaultDirectory] {
      try target.synchronizeDirectory(name)
    }
    return wanted.map(\.path)
  }

  /// Bytes of an active file up to and with the pad behind its last durable block.
  private func length(of active: Catalogue.Active, upTo size: UInt64) throws(LogError) -> Int {
    guard let last = active.blocks.last(where: { $0.first < size }) else {
      let buffer = ByteBuffer()
      try active.file.load(Limit.headBytes, at: 0, into: buffer)
      guard let (_, length) = SegmentHead.read(
        buffer.bytes, log: manifest.id, origin: manifest.origin, first: active.name.first)
      else {
        throw .damaged(Damage(
          file: active.name.path, offset: 0, leaves: active.name.first..<active.name.first, kind: .head))
      }
      return length + Padding.padLength(after: length)
    }
    let end = last.offset + last.length
    return end + Padding.padLength(after: end)
  }

  /// What an attempt before left: other names may hold the same leaves by now.
  private func removeStale(on target: any Disk) throws(LogError) {
    for directory in [FileNames.activeDirectory, FileNames.vaultDirectory] {
      for name in try target.list(directory) { try target.unlink("\(directory)/\(name)") }
    }
  }

  private func copy(
    _ file: any DiskFile, _ length: Int, _ path: String, to target: any Disk, _ progress: (Int) -> Void
  ) throws(LogError) {
    try? target.unlink(path)
    let temporary = path + ".tmp"
    try? target.unlink(temporary)
    let copy = try target.open(temporary, .create)
    let buffer = ByteBuffer()
    var at = 0
    while at < length {
      try file.load(min(1 << 20, length - at), at: at, into: buffer)
      guard buffer.count > 0 else { throw .disk(operation: "read", path: path, errno: 5) }
      try copy.write(buffer.bytes, at: at)
      at += buffer.count
      progress(buffer.count)
    }
    try copy.synchronize()
    try target.rename(temporary, to: path)
  }
}
