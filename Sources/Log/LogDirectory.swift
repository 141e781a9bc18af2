/// A log in a directory, open for writing and reading, or for reading only.
public final class LogDirectory: EventLog {
  public let manifest: Manifest
  public let reader: LogReader
  /// `nil` when the log was opened for reading only, or is damaged.
  public let writer: LogWriter?
  /// What opening for writing had to do; `nil` for reading only.
  public let recovery: RecoveryReport?
  /// Why a log that was to be opened for writing is open for reading only. What is undamaged can be read.
  public let damage: Damage?
  private let index: any EventIndex

  private init(
    reader: LogReader, writer: LogWriter?, recovery: RecoveryReport?, damage: Damage?, index: any EventIndex
  ) {
    manifest = reader.manifest
    (self.reader, self.writer, self.recovery) = (reader, writer, recovery)
    (self.damage, self.index) = (damage, index)
  }

  // MARK: Making and opening

  /// Makes a log in an empty or absent directory. `origin` names it for the outside world; `random` gives its id.
  /// `segmentLeaves`: a power of two from 256 to 65,536, for ever.
  public static func create(
    on disk: any Disk, origin: String, clock: any LogClock, random: inout some RandomNumberGenerator,
    segmentLeaves: Int = 65_536
  ) throws(LogError) {
    precondition(Manifest.segmentSizes.contains(segmentLeaves), "a power of two from 256 to 65,536")
    precondition(!origin.isEmpty && origin.utf8.count <= Limit.originBytes, "an origin has 1 to 256 bytes")
    try disk.makeDirectory("")
    let ours = [Manifest.file, FileNames.activeDirectory, FileNames.sealedDirectory]
    if let found = try disk.list("").first(where: ours.contains) { throw .exists(path: found) }
    let words = [random.next(), random.next()] as [UInt64]
    let id = words.withUnsafeBytes { LogID($0) }
    let created = String(decoding: isoText(microseconds: clock.now() / 1_000 * 1_000), as: UTF8.self)
    let manifest = Manifest(origin: origin, id: id, created: created, segmentLeaves: segmentLeaves)
    let buffer = ByteBuffer()
    buffer.append(manifest.text)
    try disk.writeWhole(buffer.bytes, to: Manifest.file, directory: "")
  }

  /// Opens for writing: takes the lock, cuts what a crash left, and remembers what the index does not cover.
  ///
  /// A damaged log is opened for reading only, see `damage`. Throws `locked`, `notALog`, `unknownFormat`, `disk`.
  public static func open(
    on disk: any Disk, clock: any LogClock, options: LogOptions = LogOptions()
  ) throws(LogError) -> LogDirectory {
    _ = try Survivors.manifest(disk)
    let lock = try LockFile(disk)
    let clean = try lock.wasClosed()
    try removeLeftovers(disk)
    let survivors = try Survivors(disk: disk, live: false, sealed: clean ? .sums : .lines)
    let size = survivors.state.head.size
    var lost = try KeptCheckpoints.damage(disk, survivors.manifest, size: size)
    if lost == nil { lost = try KeptReceipts.damage(disk, size: size) }
    if let damage = survivors.state.damages.first ?? lost { return readOnly(survivors, damage, disk, options) }
    do throws(LogError) {
      try lock.markOpen()
      return try openForWriting(survivors, clean: clean, lock, disk, clock, options)
    } catch .damaged(let damage) {
      return readOnly(survivors, damage, disk, options)
    }
  }

  /// Opens for reading only, also while another process writes.
  public static func openReadOnly(
    on disk: any Disk, options: LogOptions = LogOptions()
  ) throws(LogError) -> LogDirectory {
    let (refresher, catalogue) = try Refresher.open(disk)
    let reader = LogReader(catalogue, cacheBytes: options.cacheBytes, refresher: refresher)
    let damage = catalogue.snapshot.damages.first
    return LogDirectory(reader: reader, writer: nil, recovery: nil, damage: damage, index: options.index)
  }

  private static func readOnly(
    _ survivors: Survivors, _ damage: Damage, _ disk: any Disk, _ options: LogOptions
  ) -> LogDirectory {
    let catalogue = Catalogue(disk: disk, manifest: survivors.manifest, state: survivors.state)
    let reader = LogReader(catalogue, cacheBytes: options.cacheBytes)
    return LogDirectory(reader: reader, writer: nil, recovery: nil, damage: damage, index: options.index)
  }

  private static func openForWriting(
    _ survivors: Survivors, clean: Bool, _ lock: LockFile, _ disk: any Disk, _ clock: any LogClock,
    _ options: LogOptions
  ) throws(LogError) -> LogDirectory {
    for name in [FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.vaultDirectory] {
      try disk.makeDirectory(name)
    }
    try removeOldVaults(disk, sealed: survivors.state.sealed)
    try disk.synchronizeDirectory("")
    var recovery = Recovery(disk: disk, manifest: survivors.manifest, step: options.preallocatedBytes)
    let recovered = try recovery.run(survivors, clean: clean)
    let catalogue = Catalogue(disk: disk, manifest: survivors.manifest, state: survivors.state)
    catalogue.update { state in
      if survivors.last != nil { state.actives.removeLast() }
      state.actives.append(
        Catalogue.Active(name: recovered.active.name, file: recovered.active.file, blocks: recovered.blocks))
    }
    let reader = LogReader(catalogue, cacheBytes: options.cacheBytes)
    options.index.attach(to: reader)
    let committer = Committer(
      catalogue, active: recovered.active, tree: survivors.last?.frontier ?? survivors.state.sealedTree,
      group: recovered.group, lastTime: survivors.lastTime, recent: try recall(catalogue, options.index), clock: clock,
      step: options.preallocatedBytes)
    let writer = LogWriter(catalogue, committer, lock: lock, options: options, isMarked: true)
    return LogDirectory(reader: reader, writer: writer, recovery: recovery.report, damage: nil, index: options.index)
  }

  /// Reads ids and subjects of the events that the index does not cover.
  private static func recall(_ catalogue: Catalogue, _ index: any EventIndex) throws(LogError) -> RecentEvents {
    let first = min(index.covered, catalogue.head.size)
    var recent = RecentEvents(index: index, first: first)
    do {
      try LogReader(catalogue, cacheBytes: 0).forEachBlock(from: first) { block in
        for place in 0..<block.count {
          let fields = LineFields(block.line(place))
          let subject = fields.text("subject") ?? ""
          recent.add(seq: block.first + UInt64(place), id: fields.text("id"), subject: subject)
        }
      }
    } catch {
      throw error as? LogError ?? .index(cause: "\(error)")
    }
    return recent
  }

  /// Files that a crash kept from getting their names.
  private static func removeLeftovers(_ disk: any Disk) throws(LogError) {
    for directory in [FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.vaultDirectory] {
      for name in try disk.list(directory) where name.hasSuffix(".tmp") { try disk.unlink("\(directory)/\(name)") }
    }
  }

  /// Vault files that were written again since, or belong to a segment that did not get its name.
  private static func removeOldVaults(_ disk: any Disk, sealed: UInt64) throws(LogError) {
    let newest = Set(try VaultFile.all(disk))
    for name in try disk.list(FileNames.vaultDirectory).compactMap({ FileNames.vault($0) })
    where name.first >= sealed || !newest.contains(name) { try disk.unlink(name.path) }
  }

  // MARK: EventLog

  public var head: LogHead { reader.head }

  public func append(_ batch: [Draft], expecting: [Expectation]) throws(LogError) -> [Receipt] {
    try append(batch, expecting: expecting, repeating: nil)
  }

  /// The same with somebody who decides whether a draft repeats the event that has its id: throws `idReused` where not.
  public func append(
    _ batch: [Draft], expecting: [Expectation], repeating judge: (any RepetitionJudge)?
  ) throws(LogError) -> [Receipt] {
    if let damage { throw .damaged(damage) }
    guard let writer else { throw .readOnly }
    return try writer.append(batch, expecting: expecting, repeating: judge)
  }

  public func forEachBlock(from start: UInt64, upTo limit: UInt64, _ body: (LineBlock) throws -> Void) throws {
    try reader.forEachBlock(from: start, upTo: limit, body)
  }

  public func line(at seq: UInt64) throws(LogError) -> [UInt8] { try reader.line(at: seq) }

  /// The index answers for what it covers; the rest of the log is read.
  public func events(of subject: String) throws(LogError) -> [UInt64] {
    let covered = min(index.covered, head.size)
    do {
      var numbers = covered > 0 ? try index.events(of: subject, before: covered) : []
      try reader.forEachBlock(from: covered) { block in
        for place in 0..<block.count where LineFields(block.line(place)).text("subject") == subject {
          numbers.append(block.first + UInt64(place))
        }
      }
      return numbers
    } catch {
      throw error as? LogError ?? .index(cause: "\(error)")
    }
  }

  public func waitForHead(beyond size: UInt64, milliseconds: Int) throws(LogError) -> LogHead {
    if let writer { return writer.waitForHead(beyond: size, milliseconds: milliseconds) }
    return try reader.waitForHead(beyond: size, milliseconds: milliseconds)
  }

  /// Puts the leaf's hash in the place of lines that may not be kept; see `LogWriter.redact`.
  public func redact(_ numbers: Set<UInt64>) throws(LogError) {
    guard let writer else { throw .readOnly }
    try writer.redact(numbers)
    reader.forgetBlocks()
  }

  /// Ends writing in order; without effect for reading only.
  public func close() throws(LogError) { try writer?.close() }
}
