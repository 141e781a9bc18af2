/// The vault of one sealed segment: the records of its events, in a file of their own, which may be written again
/// without some of them. The segment itself never changes by that.
///
///     "EVF5" │ u32 version 1 │ log id 16 │ u64 first leaf │ u64 generation │ u32 records │ u32 length of the records │
///     CRC-32C of all before │ index: records × (u16 leaf in the segment, u16 0, u32 offset) │ records × (u32 length │ bytes │
///     CRC-32C) │ CRC-32C of the index
struct VaultFile: Sendable {
  let name: FileNames.Vault
  private let file: any DiskFile
  /// Place of each record's event in the segment, ascending, and of the record in the file.
  private let index: [(leaf: UInt16, offset: UInt32)]
  private let bodyStart: Int

  private static let mark: UInt32 = 0x3546_5645  // "EVF5"
  private static let headLength = 52
  private static let entryLength = 8
  /// More bytes of records than this are no vault of ours: offsets have 32 bits.
  private static let bodyMax = Int(UInt32.max)

  /// Opens a vault file and reads its index. `nil` if head or index are not as a writer leaves them.
  init?(_ name: FileNames.Vault, disk: any Disk, log: LogID) throws(LogError) {
    self.name = name
    file = try disk.open(name.path, .read)
    let buffer = ByteBuffer()
    try file.load(Self.headLength, at: 0, into: buffer)
    let head = buffer.bytes
    guard head.count == Self.headLength, head.number(0) == Self.mark, head.number(4) == UInt32(1),
      LogID(head.part(8, LogID.length)) == log, head.number(24) == name.first, head.number(32) == name.generation,
      head.number(48) == crc32c(head.part(0, 48))
    else { return nil }
    let (count, body): (UInt32, UInt32) = (head.number(40), head.number(44))
    let indexLength = Int(count) * Self.entryLength
    guard count <= 65_536, try file.size() == Self.headLength + indexLength + Int(body) + 4 else { return nil }
    bodyStart = Self.headLength + indexLength
    index = try Self.index(of: file, count: Int(count), body: Int(body), buffer)
    guard index.count == Int(count) else { return nil }
  }

  private static func index(
    of file: any DiskFile, count: Int, body: Int, _ buffer: ByteBuffer
  ) throws(LogError) -> [(leaf: UInt16, offset: UInt32)] {
    try file.load(4, at: headLength + count * entryLength + body, into: buffer)
    guard buffer.count == 4 else { return [] }
    let sum: UInt32 = buffer.bytes.number(0)
    try file.load(count * entryLength, at: headLength, into: buffer)
    guard buffer.count == count * entryLength, crc32c(buffer.bytes) == sum else { return [] }
    return (0..<count).map { place in
      (buffer.bytes.number(place * entryLength), buffer.bytes.number(place * entryLength + 4))
    }
  }

  /// Numbers of the events that have a record here, ascending.
  var numbers: [UInt64] { index.map { name.first + UInt64($0.leaf) } }

  /// The record of an event: `nil` where there is none. Throws `damaged` where its bytes are not those written.
  func record(at seq: UInt64) throws(LogError) -> [UInt8]? {
    var (low, high) = (0, index.count)
    while low < high {
      let middle = (low + high) / 2
      if name.first + UInt64(index[middle].leaf) < seq { low = middle + 1 } else { high = middle }
    }
    guard low < index.count, name.first + UInt64(index[low].leaf) == seq else { return nil }
    return try record(place: low)
  }

  private func record(place: Int) throws(LogError) -> [UInt8] {
    let at = bodyStart + Int(index[place].offset)
    let buffer = ByteBuffer()
    try file.load(4, at: at, into: buffer)
    let length = buffer.count == 4 ? Int(buffer.bytes.number(0, as: UInt32.self)) : 0
    if length > 0, length <= Limit.vaultRecordBytes {
      try file.load(length + 8, at: at, into: buffer)
      if buffer.count == length + 8, buffer.bytes.number(length + 4) == crc32c(buffer.bytes.part(0, length + 4)) {
        return Array(buffer.bytes.part(4, length))
      }
    }
    let seq = name.first + UInt64(index[place].leaf)
    throw .damaged(Damage(file: name.path, offset: at, leaves: seq..<seq, kind: .vault))
  }

  /// Writes a vault file whole or not at all, durable when it returns.
  static func write(
    _ records: [VaultRecord], as name: FileNames.Vault, disk: any Disk, log: LogID
  ) throws(LogError) {
    let (index, body) = (ByteBuffer(), ByteBuffer())
    for record in records {
      let entry = index.room(entryLength)
      entry.put(UInt16(record.seq - name.first), at: 0)
      entry.put(UInt16(0), at: 2)
      entry.put(UInt32(body.count), at: 4)
      index.count += entryLength
      let space = body.room(record.bytes.count + 8)
      space.put(UInt32(record.bytes.count), at: 0)
      record.bytes.withUnsafeBytes { space.part(4, record.bytes.count).copyMemory(from: $0) }
      let sum = crc32c(UnsafeRawBufferPointer(space.part(0, record.bytes.count + 4)))
      space.put(sum, at: record.bytes.count + 4)
      body.count += record.bytes.count + 8
    }
    guard body.count <= bodyMax else { throw .sealingFailed(cause: "the vault of one segment passes 4 GiB") }
    let whole = ByteBuffer()
    let head = whole.room(headLength)
    head.put(mark, at: 0)
    head.put(UInt32(1), at: 4)
    log.copy(to: head.part(8, LogID.length))
    head.put(name.first, at: 24)
    head.put(name.generation, at: 32)
    head.put(UInt32(records.count), at: 40)
    head.put(UInt32(body.count), at: 44)
    head.put(crc32c(UnsafeRawBufferPointer(head.part(0, 48))), at: 48)
    whole.count += headLength
    whole.append(index.bytes)
    whole.append(body.bytes)
    let end = whole.room(4)
    end.put(crc32c(index.bytes), at: 0)
    whole.count += 4
    try disk.makeDirectory(FileNames.vaultDirectory)
    try disk.writeWhole(whole.bytes, to: name.path, directory: FileNames.vaultDirectory)
  }

  /// The newest vault file of the segment that begins at `first`; `nil` where there is none.
  static func newest(of first: UInt64, _ disk: any Disk) throws(LogError) -> FileNames.Vault? {
    try disk.list(FileNames.vaultDirectory).compactMap { FileNames.vault($0) }.filter { $0.first == first }.max()
  }
}
