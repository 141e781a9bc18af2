import Glibc
public import Log
import Synchronization

/// A disk in memory that behaves like a real one at its worst: what was not synced may be lost in any part, and calls
/// fail where a test says so. The same seed gives the same run.
///
/// What is modelled: a cache and a platter for each file in sectors of 512 bytes; names that become durable with their
/// directory; after a failed sync the pages count as clean though they never reached the platter, as on ext4.
public final class FakeDisk: Disk {
  /// What goes wrong, and at which call. Calls that change something are counted from 1.
  public enum Fault: Sendable, Equatable {
    case none
    /// The machine stops at this call, which is done in part, and answers nothing any more.
    case crash(at: Int)
    /// The n-th sync of data fails, once.
    case failedSync(Int)
    /// From the n-th sync of data on, syncs report success and make nothing durable, as a drive that lies does.
    case lyingSync(from: Int)
    /// The n-th write fails with this error, once.
    case failedWrite(Int, errno: Int32)
    /// Every write does only part of its work, and every other call is interrupted first.
    case shortAndInterrupted
  }

  struct Content {
    var cache: [UInt8] = []
    var platter: [UInt8] = []
    var dirty: Set<Int> = []
    var locked: ObjectIdentifier?
  }

  enum Operation {
    case link(String, Int)
    case unlink(String)
    case rename(String, to: String, Int)
  }

  /// What lies on a sector that a file was extended by and that never was written.
  public enum Ground: CaseIterable, Sendable {
    case zeros, garbage
    /// Bytes that another part of the log had, as after a sector went to the wrong place.
    case stale
  }

  struct State {
    var contents: [Int: Content] = [:]
    var names: [String: Int] = [:]
    var durableNames: [String: Int] = [:]
    var pending: [(directory: String, operation: Operation)] = []
    var nextContent = 0
    var calls = 0
    var syncs = 0
    var writes = 0
    var interrupt = false
    var fault = Fault.none
    var isDown = false
    var refused: String?
    var random: SeededRandom
  }

  static let sector = 512
  let state: Mutex<State>

  public init(seed: UInt64 = 1) { state = Mutex(State(random: SeededRandom(seed: seed))) }

  private init(_ state: sending State) { self.state = Mutex(state) }

  public func set(_ fault: Fault) {
    state.withLock { state in
      (state.fault, state.calls, state.syncs, state.writes) = (fault, 0, 0, 0)
    }
  }

  /// Lets no file be made whose path begins so, until called with `nil`.
  public func refuseNames(below prefix: String?) { state.withLock { $0.refused = prefix } }

  /// Calls so far that change something, since the fault was set.
  public var calls: Int { state.withLock { $0.calls } }
  public var syncs: Int { state.withLock { $0.syncs } }
  public var isDown: Bool { state.withLock { $0.isDown } }

  /// The disk as it is after the power came back: of what was not synced, a part that the seed chooses.
  ///
  /// `reordered`: of the changes to the names of a directory any may survive, not only the first ones.
  /// `keepingNames`: exactly those changes to names survive whose bits are set, in the order in which they were made.
  public func afterCrash(
    seed: UInt64, over ground: Ground = .zeros, reordered: Bool = false, keepingNames subset: UInt64? = nil
  ) -> FakeDisk {
    let (old, contents) = state.withLock { state in (state, state.contents) }
    var random = SeededRandom(seed: seed)
    var new = State(random: SeededRandom(seed: seed &+ 1))
    new.names = old.durableNames
    if let subset {
      for (place, (_, operation)) in old.pending.enumerated() where subset >> UInt64(place) & 1 == 1 {
        operation.apply(to: &new.names)
      }
    } else {
      old.survive(&random, reordered, in: &new.names)
    }
    let old512 = contents.sorted { $0.key < $1.key }.flatMap { $0.value.platter }
    for (id, content) in contents.sorted(by: { $0.key < $1.key }) {
      new.contents[id] = content.afterCrash(&random) { random in ground.sector(from: old512, &random) }
    }
    new.durableNames = new.names
    new.nextContent = old.nextContent
    return FakeDisk(new)
  }

  /// Changes to names that no sync of their directory has made durable.
  public var pendingNames: Int { state.withLock { $0.pending.count } }

  /// The same files, every lock given up, as after the end of a process: the cache stays.
  public func afterProcessEnd() -> FakeDisk {
    var copy = state.withLock { $0 }
    for id in copy.contents.keys { copy.contents[id]?.locked = nil }
    (copy.fault, copy.isDown) = (.none, false)
    return FakeDisk(copy)
  }

  // MARK: Access for tests

  /// The bytes of a file, or `nil`.
  public func bytes(_ path: String) -> [UInt8]? {
    state.withLock { state in state.names[path].flatMap { state.contents[$0]?.cache } }
  }

  /// Puts a file there, durable.
  public func put(_ bytes: [UInt8], at path: String) {
    state.withLock { state in
      state.nextContent += 1
      state.contents[state.nextContent] = Content(cache: bytes, platter: bytes)
      state.names[path] = state.nextContent
      state.durableNames[path] = state.nextContent
    }
  }

  public func remove(_ path: String) {
    state.withLock { state in
      state.names[path] = nil
      state.durableNames[path] = nil
    }
  }

  /// All paths, sorted.
  public var paths: [String] { state.withLock { $0.names.keys.sorted() } }

  // MARK: Disk

  public func open(_ path: String, _ mode: DiskMode) throws(LogError) -> any DiskFile {
    if mode == .create { try change("open", path) }
    let id = try state.withLock { state throws(LogError) -> Int in
      if mode == .create {
        if let refused = state.refused, path.hasPrefix(refused) {
          throw .disk(operation: "open", path: path, errno: ENOSPC)
        }
        guard state.names[path] == nil else { throw .disk(operation: "open", path: path, errno: EEXIST) }
        state.nextContent += 1
        state.contents[state.nextContent] = Content()
        state.link(path, state.nextContent)
        return state.nextContent
      }
      guard let id = state.names[path] else { throw .disk(operation: "open", path: path, errno: ENOENT) }
      return id
    }
    return FakeFile(path: path, content: id, disk: self)
  }

  public func list(_ directory: String) throws(LogError) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    return state.withLock { state in
      let below = state.names.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
      return Array(Set(below.map { String($0.prefix { $0 != "/" }) }))
    }
  }

  public func makeDirectory(_ path: String) throws(LogError) {}

  public func rename(_ from: String, to: String) throws(LogError) {
    try change("rename", from)
    try state.withLock { state throws(LogError) in
      guard let id = state.names[from] else { throw .disk(operation: "rename", path: from, errno: ENOENT) }
      state.rename(from, to: to, id)
    }
  }

  public func unlink(_ path: String) throws(LogError) {
    try change("unlink", path)
    try state.withLock { state throws(LogError) in
      guard state.names[path] != nil else { throw .disk(operation: "unlink", path: path, errno: ENOENT) }
      state.unlink(path)
    }
  }

  public func synchronizeDirectory(_ path: String) throws(LogError) {
    try change("fsync", path)
    state.withLock { state in
      for (_, operation) in state.pending.filter({ $0.directory == path }) {
        operation.apply(to: &state.durableNames)
      }
      state.pending.removeAll { $0.directory == path }
    }
  }

  /// Counts a call that changes something, and fails it if it is its turn. A crash at a write does part of it first.
  func change(_ operation: String, _ path: String) throws(LogError) {
    try state.withLock { state throws(LogError) in
      if state.isDown { throw .disk(operation: operation, path: path, errno: EIO) }
      state.calls += 1
      if state.fault == .crash(at: state.calls) {
        state.isDown = true
        throw .disk(operation: operation, path: path, errno: EIO)
      }
      guard state.fault == .shortAndInterrupted, ["pwrite", "fdatasync"].contains(operation) else { return }
      state.interrupt.toggle()
      if state.interrupt { throw .disk(operation: operation, path: path, errno: EINTR) }
    }
  }
}

extension FakeDisk.Operation {
  func apply(to names: inout [String: Int]) {
    switch self {
    case .link(let path, let id): names[path] = id
    case .unlink(let path): names[path] = nil
    case .rename(let from, let to, let id):
      names[to] = id
      if names[from] == id { names[from] = nil }
    }
  }
}

extension FakeDisk.Ground {
  /// - Parameter old: bytes of the log that may stand here as well.
  public func sector(from old: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let empty = [UInt8](repeating: 0, count: FakeDisk.sector)
    switch self {
    case .zeros: return empty
    case .garbage: return empty.map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case .stale:
      guard old.count >= FakeDisk.sector else { return empty }
      let start = Int(random.next() % UInt64(old.count / FakeDisk.sector)) * FakeDisk.sector
      return Array(old[start..<start + FakeDisk.sector])
    }
  }
}

extension FakeDisk.State {
  /// Within a directory the order of names is kept, so some first part of its changes survives, or any of them where
  /// they are `reordered`; between directories nothing is promised.
  func survive(_ random: inout SeededRandom, _ reordered: Bool, in names: inout [String: Int]) {
    for directory in Set(pending.map(\.directory)).sorted() {
      let changes = pending.filter { $0.directory == directory }
      let kept = Int(random.next() % UInt64(changes.count + 1))
      for (place, (_, operation)) in changes.enumerated() {
        let survives = reordered ? random.next() % 2 == 0 : place < kept
        if survives { operation.apply(to: &names) }
      }
    }
  }

  mutating func link(_ path: String, _ id: Int) {
    names[path] = id
    pending.append((directory(of: path), .link(path, id)))
  }

  mutating func unlink(_ path: String) {
    names[path] = nil
    pending.append((directory(of: path), .unlink(path)))
  }

  mutating func rename(_ from: String, to: String, _ id: Int) {
    names[to] = id
    names[from] = nil
    pending.append((directory(of: to), .rename(from, to: to, id)))
  }

  private func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}

extension FakeDisk.Content {
  /// Of the sectors that were not synced, some are the new ones: any, those before some place, or those behind it. The
  /// size is the old one, the new one, or between.
  func afterCrash(
    _ random: inout SeededRandom, ground: (inout SeededRandom) -> [UInt8]
  ) -> FakeDisk.Content {
    let sizes = [platter.count, cache.count, (platter.count + cache.count) / 2]
    let size = sizes[Int(random.next() % 3)]
    let manner = random.next() % 3
    let sectors = dirty.sorted()
    let place = Int(random.next() % UInt64(sectors.count + 1))
    var bytes = platter
    while bytes.count < size {
      let offset = bytes.count % FakeDisk.sector
      bytes += ground(&random)[offset...].prefix(size - bytes.count)
    }
    for (index, sector) in sectors.enumerated() {
      let survives = [random.next() % 2 == 0, index < place, index >= place][Int(manner)]
      let start = sector * FakeDisk.sector
      let range = start..<max(start, min(start + FakeDisk.sector, cache.count, bytes.count))
      if survives && !range.isEmpty { bytes.replaceSubrange(range, with: cache[range]) }
    }
    if size < bytes.count { bytes.removeLast(bytes.count - size) }
    return FakeDisk.Content(cache: bytes, platter: bytes)
  }
}
