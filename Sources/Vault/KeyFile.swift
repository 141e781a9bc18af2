public import Log
import Synchronization
import Vocabulary

/// Keys in a file of a folder: the key store of a company that has no other. `README.md` beside this gives the bytes.
///
/// The file grows by frames, one for each batch of new keys, and is written anew without a key when it is destroyed;
/// the bytes of the old file are overwritten then. On flash and copying file systems old blocks may outlive that:
/// there the folder belongs on a volume that is encrypted, or a service takes the folder's place.
///
/// One process writes at a time: whoever holds the log's lock. Memory: about 200 bytes a key, read when first asked for.
public final class KeyFile: KeyStore {
  private struct State {
    var contents = KeyContents()
    var file: (any DiskFile)?
    var size = 0
    var isLoaded = false
    var hasFailed = false
  }

  private let disk: any Disk
  private let log: String
  private let chance: Chance
  private let clock: any LogClock
  private let state = Mutex(State())
  /// The file's name in the folder.
  public let path: String

  /// - Parameter log: the id of the log whose keys these are, in hexadecimal digits.
  public init(on disk: any Disk, log: String, chance: Chance, clock: any LogClock) {
    (self.disk, self.log, self.chance, self.clock) = (disk, log, chance, clock)
    path = KeyFile.name(log: log)
  }

  /// What the file of a log's keys is called.
  public static func name(log: String) -> String { "personal-\(log).keys" }

  // MARK: KeyStore

  public func keys(of owners: Set<KeyOwner>) throws(KeyError) -> [KeyOwner: PersonalKey] {
    try withState { state throws(KeyError) in
      var new = KeyContents()
      for owner in owners.sorted() where state.contents.current[owner] == nil {
        new.add(KeyContents.Entry(
          id: KeyID(chance.bytes(KeyID.length)), secret: chance.bytes(PersonalKey.secretLength), owner: owner))
      }
      if !new.isEmpty { try append(new, to: &state) }
      var found: [KeyOwner: PersonalKey] = [:]
      for owner in owners { found[owner] = state.contents.current[owner].flatMap { state.contents.keys[$0]?.key } }
      return found
    }
  }

  public func key(_ id: KeyID) throws(KeyError) -> PersonalKey? {
    try withState { state throws(KeyError) in state.contents.keys[id]?.key }
  }

  public func owners() throws(KeyError) -> [KeyID: KeyOwner] {
    try withState { state throws(KeyError) in state.contents.keys.mapValues(\.owner) }
  }

  public func tombstones() throws(KeyError) -> [Tombstone] {
    try withState { state throws(KeyError) in state.contents.tombstones.values.sorted { $0.id < $1.id } }
  }

  public func backups() throws(KeyError) -> [KeyBackup] {
    try withState { state throws(KeyError) in state.contents.backups }
  }

  public func destroy(_ ids: Set<KeyID>) throws(KeyError) {
    try withState { state throws(KeyError) in
      let hit = ids.filter { state.contents.keys[$0] != nil }
      guard !hit.isEmpty else { return try removeRemnants() }
      var rest = state.contents
      rest.destroy(hit)
      try rewrite(rest, &state)
    }
  }

  public func confirm(_ ids: Set<KeyID>, event: UInt64) throws(KeyError) {
    try withState { state throws(KeyError) in
      var news = KeyContents()
      for id in ids.sorted() {
        if let stone = state.contents.tombstones[id], stone.event != event {
          news.tombstones[id] = Tombstone(id: id, owner: stone.owner, event: event)
        }
      }
      if !news.isEmpty { try append(news, to: &state) }
    }
  }

  // MARK: Copies

  /// Copies the keys to another folder, whole or not at all, and notes that it did.
  public func backUp(to other: any Disk, place: String) throws(KeyError) {
    try withState { state throws(KeyError) in
      var note = KeyContents()
      note.backups = [KeyBackup(time: clock.now() / 1_000, place: place)]
      try append(note, to: &state)
      try KeyFile.write(state.contents, log: log, as: path, on: other)
    }
  }

  /// Takes in the keys of a copy that are not here, but none that was destroyed since. Says how many came and how many
  /// were refused.
  public func restore(from other: any Disk) throws(KeyError) -> (taken: Int, refused: Int) {
    guard let copy = try KeyFile.read(path, log: log, on: other) else { throw .none(path: path) }
    return try withState { state throws(KeyError) in
      var new = KeyContents()
      let refused = copy.contents.keys.keys.count { state.contents.tombstones[$0] != nil }
      for entry in copy.contents.keys.values.sorted(by: { $0.id < $1.id })
      where state.contents.keys[entry.id] == nil && state.contents.tombstones[entry.id] == nil { new.add(entry) }
      for stone in copy.contents.tombstones.values where state.contents.tombstones[stone.id] == nil {
        new.tombstones[stone.id] = stone
      }
      // Keys made here since the copy stay the ones to seal with; a destroyed key of the copy goes here too.
      var whole = state.contents
      whole.merge(new)
      whole.destroy(Set(new.tombstones.keys))
      try rewrite(whole, &state)
      return (new.keys.count, refused)
    }
  }

  // MARK: The file

  private func withState<R>(_ body: (inout State) throws(KeyError) -> R) throws(KeyError) -> R {
    let result = state.withLock { state -> Result<R, KeyError> in
      do throws(KeyError) {
        guard !state.hasFailed else { throw KeyError.stopped }
        if !state.isLoaded { try load(&state) }
        return .success(try body(&state))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func load(_ state: inout State) throws(KeyError) {
    if let (contents, size, _) = try KeyFile.read(path, log: log, on: disk) {
      (state.contents, state.size) = (contents, size)
    }
    state.isLoaded = true
  }

  /// Adds a frame, durable when it returns.
  private func append(_ news: KeyContents, to state: inout State) throws(KeyError) {
    do throws(LogError) {
      if state.file == nil { try open(&state) }
      let frame = news.frame
      try frame.lend { (bytes) throws(LogError) in try state.file?.write(bytes, at: state.size) }
      try state.file?.synchronize()
      state.size += frame.count
    } catch {
      state.hasFailed = true  // what a failed sync left is not to be believed
      throw .disk(error)
    }
    state.contents.merge(news)
  }

  /// Opens the file for appending, or makes it. What a crash left of a frame behind the last whole one is cut.
  private func open(_ state: inout State) throws(LogError) {
    try disk.makeDirectory("")
    if state.size == 0 {
      try? disk.unlink(path)  // only what a crash left of its first bytes
      try KeyContents.head(log: log).lend { (bytes) throws(LogError) in
        try disk.writeWhole(bytes, to: path, directory: "")
      }
      state.size = KeyContents.headLength
    }
    let file = try disk.open(path, .write)
    if try file.size() > state.size { try file.truncate(to: state.size) }
    state.file = file
  }

  /// Puts a file with other contents in the place of this one, and overwrites what the old one held.
  private func rewrite(_ contents: KeyContents, _ state: inout State) throws(KeyError) {
    do throws(LogError) {
      let old = try? disk.open(path, .write)
      let size = try KeyFile.put(contents, log: log, as: path, on: disk)
      if let old {
        let zeros = [UInt8](repeating: 0, count: try old.size())
        try zeros.lend { (bytes) throws(LogError) in try old.write(bytes, at: 0) }
        try old.synchronize()
      }
      state.file = nil
      (state.contents, state.size) = (contents, size)
    } catch {
      state.hasFailed = true
      throw .disk(error)
    }
    try removeRemnants()
  }

  /// A temporary file that a crash left could hold a key that is destroyed now.
  private func removeRemnants() throws(KeyError) {
    do throws(LogError) {
      guard try disk.list("").contains(path + ".tmp") else { return }
      try disk.unlink(path + ".tmp")
      try disk.synchronizeDirectory("")
    } catch {
      throw .disk(error)
    }
  }
}

extension KeyFile {
  /// The contents of a key file and how many of its bytes count; `nil` where there is none. Changes nothing.
  static func read(
    _ path: String, log: String, on disk: any Disk
  ) throws(KeyError) -> (contents: KeyContents, size: Int, isTorn: Bool)? {
    let bytes: [UInt8]
    do throws(LogError) {
      guard try disk.list("").contains(path) else { return nil }
      let file = try disk.open(path, .read)
      bytes = try file.whole()
    } catch {
      throw .disk(error)
    }
    return try KeyContents.read(bytes, log: log, path: path)
  }

  fileprivate static func write(
    _ contents: KeyContents, log: String, as path: String, on disk: any Disk
  ) throws(KeyError) {
    do throws(LogError) {
      _ = try put(contents, log: log, as: path, on: disk)
    } catch {
      throw .disk(error)
    }
  }

  private static func put(
    _ contents: KeyContents, log: String, as path: String, on disk: any Disk
  ) throws(LogError) -> Int {
    try disk.makeDirectory("")
    let bytes = KeyContents.head(log: log) + (contents.isEmpty ? [] : contents.frame)
    try bytes.lend { (bytes) throws(LogError) in try disk.writeWhole(bytes, to: path, directory: "") }
    return bytes.count
  }
}

extension KeyOwner: Comparable {
  public static func < (a: KeyOwner, b: KeyOwner) -> Bool {
    a.subject == b.subject ? a.category.rawValue < b.category.rawValue : a.subject < b.subject
  }
}

extension DiskFile {
  /// All bytes.
  func whole() throws(LogError) -> [UInt8] {
    let count = try size()
    var bytes = [UInt8](repeating: 0, count: count)
    let failure = bytes.withUnsafeMutableBytes { space -> LogError? in
      do throws(LogError) {
        _ = try read(into: space, at: 0)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension [UInt8] {
  /// Lends the bytes for a call that may fail.
  func lend(_ body: (UnsafeRawBufferPointer) throws(LogError) -> Void) throws(LogError) {
    let failure = withUnsafeBytes { bytes -> LogError? in
      do throws(LogError) {
        try body(bytes)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }
}
