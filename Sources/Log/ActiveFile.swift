/// The file that the writer appends to. Owned by the one thread that commits.
///
/// The space ahead holds zeros that were really written, so that a commit changes no size and no allocation and its
/// sync touches the data only. A Tail frame covers that space, so that the file is whole for LZ4 tools at any moment.
final class ActiveFile {
  let name: FileNames.Active
  let file: any DiskFile
  /// Where the next commit begins: a multiple of the page.
  private(set) var position: Int
  private var fileSize: Int
  private let step: Int

  private static let zeros = [UInt8](repeating: 0, count: 256 << 10)

  private init(name: FileNames.Active, file: any DiskFile, position: Int, fileSize: Int, step: Int) {
    (self.name, self.file, self.position) = (name, file, position)
    (self.fileSize, self.step) = (fileSize, step)
  }

  /// Goes on with a file that was closed in order, whose blocks end at `position`. `step`: bytes of space to make
  /// ahead at a time.
  static func reopen(
    _ name: FileNames.Active, at position: Int, disk: any Disk, step: Int
  ) throws(LogError) -> ActiveFile {
    let file = try disk.open(name.path, .write)
    return ActiveFile(name: name, file: file, position: position, fileSize: try file.size(), step: step)
  }

  /// Makes a file with a head and what `fill` writes behind it (it is handed the file and the place, and gives the
  /// place after). The file gets its name only when it is whole and durable.
  static func create(
    _ name: FileNames.Active, head: SegmentHead, disk: any Disk, step: Int,
    fill: (any DiskFile, Int) throws(LogError) -> Int = { _, position in position }
  ) throws(LogError) -> ActiveFile {
    let temporary = name.path + ".tmp"
    let file = try disk.open(temporary, .create)
    let buffer = ByteBuffer()
    head.append(to: buffer)
    Padding.appendPad(to: buffer)
    try file.write(buffer.bytes, at: 0)
    let position = try fill(file, buffer.count)
    let new = ActiveFile(name: name, file: file, position: position, fileSize: position, step: step)
    try new.makeRoom(after: position)
    try new.writeTail()
    try file.synchronize()
    try disk.rename(temporary, to: name.path)
    try disk.synchronizeDirectory(FileNames.activeDirectory)
    return try reopen(name, at: position, disk: disk, step: step)
  }

  /// Writes a group, whole pages in `group`, and makes it durable. After an error nothing may be written any more.
  func commit(_ group: ByteBuffer) throws(LogError) {
    let next = position + group.count
    precondition(next % Limit.page == 0, "a commit is whole pages")
    if fileSize - next < step / 4 { try makeRoom(after: next) }
    Padding.appendHeader(Padding.tail, covering: fileSize - next, to: group)
    try file.write(group.bytes, at: position)
    try file.synchronize()
    position = next
  }

  /// Ends the file exactly behind its last block: a file at rest has no space ahead.
  func close() throws(LogError) {
    try file.truncate(to: position)
    try file.synchronize()
    fileSize = position
  }

  /// Zeros from the end of the file, or from `end` if that is behind it, for one step. Not synced: the sync of the
  /// commit that needed the room takes them along, and until then the old Tail says what a crash left.
  private func makeRoom(after end: Int) throws(LogError) {
    let target = (end + step + Limit.page - 1) / Limit.page * Limit.page
    var at = max(fileSize, end)
    while at < target {
      let length = min(Self.zeros.count, target - at)
      let failure = Self.zeros.withUnsafeBytes { zeros -> LogError? in
        do throws(LogError) { try file.write(zeros.part(0, length), at: at) } catch { return error }
        return nil
      }
      if let failure { throw failure }
      at += length
    }
    fileSize = max(fileSize, target)
  }

  private func writeTail() throws(LogError) {
    let buffer = ByteBuffer()
    Padding.appendHeader(Padding.tail, covering: fileSize - position, to: buffer)
    try file.write(buffer.bytes, at: position)
  }
}
