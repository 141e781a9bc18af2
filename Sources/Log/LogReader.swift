import Glibc

/// Reads the log by `pread`, never by mapping files: damage must become an error, not a signal. Any number of threads
/// may read at once, also while the writer appends and seals.
public final class LogReader: Sendable {
  let catalogue: Catalogue
  private let cache: BlockCache
  private let refresher: Refresher?

  /// `cacheBytes`: how many bytes of decoded blocks random access may keep.
  init(_ catalogue: Catalogue, cacheBytes: Int, refresher: Refresher? = nil) {
    self.catalogue = catalogue
    self.refresher = refresher
    cache = BlockCache(limit: cacheBytes)
  }

  public var manifest: Manifest { catalogue.manifest }

  /// How far this reader sees: all that is durable; in another process than the writer's, all that was durable at the
  /// last `refresh`.
  public var head: LogHead { catalogue.head }

  /// Events that lie in no sealed segment yet.
  public var unsealed: UInt64 {
    let state = catalogue.snapshot
    return state.head.size - min(state.sealed, state.head.size)
  }

  /// Looks at the files again, for a log that another process writes. Without effect where the writer is in this
  /// process. A group becomes visible when a later block says that it is durable: at the latest with the marker that
  /// the writer sets after a moment of silence.
  public func refresh() throws(LogError) { try refresher?.refresh(catalogue) }

  /// Hands over the lines from `start` up to but not including `limit` (at most the head's size), block by block and
  /// ascending. Each block's checksums are compared; the lines are lent for the time of the call only.
  ///
  /// Throws `LogError.damaged` on reaching a damaged place; blocks before it have been handed over.
  public func forEachBlock(
    from start: UInt64, upTo limit: UInt64 = .max, _ body: (LineBlock) throws -> Void
  ) throws {
    let end = min(limit, head.size)
    let decoder = BlockDecoder()
    var next = start
    while next < end {
      let (file, place) = try catalogue.locate(next)
      try load(decoder, file, place)
      guard let block = decoder.block(in: next..<end) else { return }
      try body(block)
      next = block.end
    }
  }

  /// The same for a log that is damaged: where lines cannot be read, `lost` is called with their numbers and the
  /// damage, and reading goes on behind them.
  public func forEachBlock(
    from start: UInt64, upTo limit: UInt64, lost: (Range<UInt64>, Damage) throws -> Void,
    _ body: (LineBlock) throws -> Void
  ) throws {
    let end = min(limit, head.size)
    let decoder = BlockDecoder()
    var next = start
    while next < end {
      do throws(LogError) {
        let (file, place) = try catalogue.locate(next)
        try load(decoder, file, place)
      } catch .damaged(let damage) {
        let gap = next..<min(end, max(next + 1, damage.leaves.upperBound))
        try lost(gap, damage)
        next = gap.upperBound
        continue
      }
      guard let block = decoder.block(in: next..<end) else { return }
      try body(block)
      next = block.end
    }
  }

  /// A time, in milliseconds, between those at which the lines around `seq` were recorded: for a line that cannot be
  /// read itself. 0 where nothing around it can be found either.
  public func recordedNear(_ seq: UInt64) -> Int64 {
    if let place = try? catalogue.locate(seq).place { return place.times.lowerBound }
    guard case .damaged(let damage)? = failure(at: seq) else { return 0 }
    if damage.leaves.upperBound < head.size, let next = try? catalogue.locate(damage.leaves.upperBound).place {
      return next.times.lowerBound
    }
    guard damage.leaves.lowerBound > 0, let before = try? catalogue.locate(damage.leaves.lowerBound - 1).place
    else { return 0 }
    return before.times.upperBound
  }

  private func failure(at seq: UInt64) -> LogError? {
    do throws(LogError) { _ = try catalogue.locate(seq) } catch { return error }
    return nil
  }

  /// What line `seq` says of when it was recorded, as text; `nil` for one that gave place to its hash.
  public func recordedAt(_ seq: UInt64) throws(LogError) -> String? {
    try line(at: seq).withUnsafeBytes { LineFields($0).text("recordedAt") }
  }

  /// The root at `size` as a block says that ends there; `nil` where none of an active file does. It was compared with
  /// the lines when the file was walked at opening, or computed from them when they were committed.
  public func statedRoot(at size: UInt64) throws(LogError) -> Hash? {
    guard size > catalogue.sealed, size <= head.size else { return nil }
    let (file, place) = try catalogue.locate(size - 1)
    guard place.end == size else { return nil }
    let buffer = ByteBuffer()
    try file.load(BlockHeader.length, at: place.offset, into: buffer)
    guard let header = BlockHeader(buffer.bytes), header.end == size, !header.flags.contains(.sealed) else { return nil }
    return header.root
  }

  /// One line, without LF.
  public func line(at seq: UInt64) throws(LogError) -> [UInt8] {
    let size = head.size
    guard seq < size else { throw .outOfRange(seq: seq, size: size) }
    if let line = cache.line(seq) { return line }
    let (file, place) = try catalogue.locate(seq)
    let decoder = BlockDecoder()
    try load(decoder, file, place)
    cache.insert(BlockCache.Entry(first: place.first, bytes: Array(decoder.lines), ends: decoder.ends))
    return cache.line(seq) ?? decoder.block().map { Array($0.line(Int(seq - place.first))) } ?? []
  }

  /// Several lines, in the order asked. Cheapest when neighbours stand together, because a block is decoded once.
  public func lines(at numbers: [UInt64]) throws(LogError) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    lines.reserveCapacity(numbers.count)
    for seq in numbers { lines.append(try line(at: seq)) }
    return lines
  }

  /// Asks the files again and again until the head passes `size`, at most so many milliseconds.
  func waitForHead(beyond size: UInt64, milliseconds: Int) throws(LogError) -> LogHead {
    let deadline = monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    while true {
      try refresh()
      if head.size > size || monotonicNanoseconds() >= deadline { return head }
      usleep(20_000)
    }
  }

  /// Keeps no line that was read before.
  func forgetBlocks() { cache.removeAll() }

  private func load(_ decoder: BlockDecoder, _ file: any DiskFile, _ place: BlockPlace) throws(LogError) {
    guard let kind = try decoder.load(place, from: file, log: manifest.id) else { return }
    let leaves = place.first..<place.end
    throw .damaged(Damage(file: file.path, offset: place.offset, leaves: leaves, kind: kind))
  }
}
