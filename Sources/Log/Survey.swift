/// What lies in an active file behind the last whole commit group.
struct Survey {
  /// Byte after the last one that is not zero, the Tail's own header not counted; the start if there is none.
  private(set) var writtenEnd: Int
  /// Most leaves that a header behind the bad place says were durable.
  private(set) var durable: UInt64 = 0
  /// Byte of a block that cannot have been left by a torn write: of another log, or of an earlier place in this one.
  private(set) var foreign: Int?
  /// Whole blocks of later leaves, readable though something before them is not.
  private(set) var later: [BlockPlace] = []
  /// Whether the space is exactly what a writer leaves: nothing, or one Tail to the end of the file.
  private(set) var isTidy: Bool

  private let start: Int

  /// Looks at every page from `scan.end` to the end of the file, a megabyte at a time.
  init(_ scan: ActiveScan) throws(LogError) {
    start = scan.end
    writtenEnd = start
    let fileSize = try scan.file.size()
    let step = 1 << 20
    let buffer = ByteBuffer()
    isTidy = fileSize <= start
    for offset in stride(from: start, to: fileSize, by: step) {
      try scan.file.load(min(step, fileSize - offset), at: offset, into: buffer)
      var from = 0
      if offset == start, buffer.count >= Padding.headerLength, buffer.bytes.number(0) == Padding.tail {
        isTidy = buffer.bytes.number(4) == UInt32(truncatingIfNeeded: fileSize - start - Padding.headerLength)
        from = Padding.headerLength
      }
      if let last = buffer.bytes.part(from, buffer.count - from).lastNonZero {
        writtenEnd = offset + from + last + 1
      }
      for page in stride(from: 0, to: buffer.count, by: Limit.page) {
        try inspect(buffer.bytes.part(page, min(BlockHeader.length, buffer.count - page)), at: offset + page, scan)
      }
    }
    if writtenEnd > start { isTidy = false }
  }

  private mutating func inspect(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ scan: ActiveScan) throws(LogError) {
    guard let header = BlockHeader(bytes) else { return }
    guard header.log == scan.log, header.first >= scan.size, !header.flags.contains(.sealed) else {
      foreign = foreign ?? offset
      return
    }
    durable = max(durable, header.durable)
    // The block at which the walk stopped has whole checksums if it is the root that is wrong: then it is not ours.
    guard header.count > 0, offset != scan.stopOffset, header.first >= max(scan.size, later.last?.end ?? 0)
    else { return }
    let place = BlockPlace(
      offset: offset, first: header.first, count: Int(header.count), lineBytes: Int(header.lineBytes),
      length: header.blockLength, times: header.times)
    if try BlockDecoder().load(place, from: scan.file, log: scan.log) == nil { later.append(place) }
  }
}

extension UnsafeRawBufferPointer {
  /// Index of the last byte that is not zero.
  fileprivate var lastNonZero: Int? { isZero ? nil : lastIndex { $0 != 0 } }
}

/// What an active file turned out to be.
enum ActiveVerdict {
  /// All whole. `tidy`: also the space ahead is as a writer leaves it.
  case whole(tidy: Bool)
  /// The bytes of `cut` are what a crash left of a group that was never acknowledged.
  case torn(cut: Range<Int>, reason: Damage.Kind)
  /// Something acknowledged is not there, or something is there that no crash explains.
  case damaged(Damage, later: [BlockPlace], size: UInt64)

  /// Judges a walked file. `must`: leaves that are proven durable by anything outside the file.
  init(_ scan: ActiveScan, must: UInt64) throws(LogError) {
    let survey = try Survey(scan)
    let known = max(must, scan.durable, survey.durable)
    let path = scan.name.path
    if known > scan.size {
      // A loss is a loss whatever caused it; the reason says what stands at the place where the next leaf should.
      let leaves = scan.size..<min(known, survey.later.first?.first ?? known)
      let damage = Damage(file: path, offset: scan.stopOffset, leaves: leaves, kind: scan.stop ?? .missing)
      self = .damaged(damage, later: survey.later.filter { $0.end <= known }, size: known)
    } else if let foreign = survey.foreign {
      let damage = Damage(file: path, offset: foreign, leaves: scan.size..<scan.size, kind: .foreign)
      self = .damaged(damage, later: [], size: scan.size)
    } else if survey.writtenEnd - scan.end > Limit.tornBytes {
      let damage = Damage(file: path, offset: scan.end, leaves: scan.size..<scan.size, kind: scan.stop ?? .header)
      self = .damaged(damage, later: [], size: scan.size)
    } else if survey.writtenEnd > scan.end {
      self = .torn(cut: scan.end..<survey.writtenEnd, reason: scan.stop ?? .header)
    } else {
      self = .whole(tidy: survey.isTidy)
    }
  }
}
