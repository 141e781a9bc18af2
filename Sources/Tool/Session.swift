import Engine
import Events
import Log
import Projection
import ProjectionCatalogue
import Vault
import Vocabulary

/// One run of one command: the console, and what the global options say.
struct Session {
  let console: Console
  let options: GlobalOptions

  var language: Language { Speech.language }

  /// The data folder.
  var dataPath: String { options.data ?? console.environment["KESHI_DATA"]?.nonEmpty ?? "./keshi-data" }

  var actor: String { options.actor?.nonEmpty ?? console.environment["KESHI_ACTOR"]?.nonEmpty ?? console.userName }

  var format: Format {
    if case .rows(let format) = options.format { return format }
    return console.outputIsTerminal ? .table : .ndjson
  }

  /// Who acts, for the envelope of an event.
  func circumstances(channel: String) -> Circumstances {
    var about = Circumstances()
    about.actor = actor
    about.role = options.role?.nonEmpty
    about.channel = channel
    return about
  }
}

// The data folder.
extension Session {
  /// Opens the data folder for the time of `body`, and closes it in order.
  ///
  /// - Parameter keys: where the keys of personal values are; else by the variables.
  func withStore<R>(
    _ access: Store.Access, clock: (any LogClock)? = nil, keys: KeysOption? = nil, chance: Chance = .system,
    _ body: (Store) throws -> R
  ) throws -> R {
    let folder = KeysFolder(path: keysPath(keys))
    let keys = KeyAccess(folder: folder.path, chance: chance)
    var options = LogOptions()
    if access == .write { options.notary = notary(folder) }
    return try locating { try withOpenStore(access, clock: clock ?? console.clock, keys, options, body) }
  }

  /// The folder of the keys: by the option, else by the variable, else in the data folder.
  func keysPath(_ option: KeysOption?) -> String {
    if let option { return KeysFolder(option, in: self).path }
    return console.environment["KESHI_KEYS"]?.nonEmpty ?? dataPath + "/keys"
  }

  /// Adds the data folder to what the log says of its files.
  func locating<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as LogError {
      let trouble = Trouble(error)
      let folder = Name(same: dataPath + "/log/")
      throw trouble.at(trouble.place.map { error.namesFile ? folder + $0 : $0 } ?? Name(same: dataPath))
    }
  }

  private func withOpenStore<R>(
    _ access: Store.Access, clock: any LogClock, _ keys: KeyAccess, _ options: LogOptions, _ body: (Store) throws -> R
  ) throws -> R {
    let store = try Store.open(
      at: dataPath, access, catalogue: .keshi, projections: ProjectionCatalogue.all, ruleKinds: ProjectionCatalogue.rules,
      clock: clock, options: options, keys: keys)
    if access == .write, let damage = store.damage {
      try? store.close()
      throw LogError.damaged(damage)
    }
    tell(store.recovery)
    do {
      if access == .write { try replay(in: store) }
      let result = try body(store)
      try store.close()
      tell(store.log.writer?.attestationFailure)
      try warn(store)
      return result
    } catch {
      try? store.close()
      throw error
    }
  }

  /// What signs the log meanwhile; a key that cannot be used signs nothing, which is said, and keeps nobody from writing.
  private func notary(_ keys: KeysFolder) -> (any Notary)? {
    do { return try Signing(keys, in: self).keeper() } catch {
      tell(error)
      return nil
    }
  }

  private func tell(_ unsigned: (any Error)?) {
    guard let unsigned else { return }
    let why = Trouble(explaining: unsigned)
    console.remark(
      Name("No checkpoint was signed: ", "未能签署检查点：") + why.what
        + Name(" [\(why.code)]. The events are recorded.", " [\(why.code)]。事件已入账。"))
  }

  /// Before anything is served from a folder into which an older copy was put.
  private func replay(in store: Store) throws {
    let count = try store.replayErasures(about: circumstances(channel: "cli"))
    guard count > 0 else { return }
    console.remark(
      Name(
        "Erasures of \(count) keys were done again: an older copy of log, vault or keys had come back.",
        "已重新执行 \(count) 个密钥的擦除：日志、保险库或密钥的旧副本曾被放回。"))
  }

  /// Says what a crash had left behind, if anything, and what was made of it.
  private func tell(_ recovery: RecoveryReport?) {
    guard let recovery else { return }
    if let cut = recovery.cut { console.remark(RecoveryText.cut(cut, kept: recovery.kept, root: recovery.root)) }
    for damage in recovery.repaired { console.remark(RecoveryText.repaired(damage)) }
    if let before = recovery.before { console.remark(RecoveryText.file(before, Name("before", "恢复前"))) }
    if let after = recovery.after { console.remark(RecoveryText.file(after, Name("after", "恢复后"))) }
  }

  /// Says, behind an answer, which events are missing from it. The status tells programs.
  private func warn(_ store: Store) throws {
    let lost = store.lostEvents
    guard !lost.isEmpty else {
      if let damage = store.damage { console.remark(RecoveryText.damagedElsewhere(damage)) }
      return
    }
    try console.output.flush()
    console.remark(RecoveryText.incomplete(lost, folder: dataPath))
    throw Ending(status: .differs)
  }
}

// Answers.
extension Session {
  /// Gives an answer's rows in the form that was asked for.
  func rows(_ columns: [Column]) -> any RowWriter { format.writer(columns, on: console) }

  /// Gives an answer that is one thing and not a list: an object in JSON, a line per member on a terminal.
  func give(_ columns: [Column], _ row: [Cell]) throws {
    switch format {
    case .json, .ndjson: try give(columns, row, to: JSONRowWriter(columns, to: console.output, asLines: true))
    case .csv: try give(columns, row, to: rows(columns))
    case .table:
      let width = columns.map { $0.title[language].displayWidth }.max() ?? 0
      for (column, cell) in zip(columns, row) where cell != .absent {
        let line = column.title[language].padded(toWidth: width + 2) + TableWriter.text(cell, in: column).withoutControls
        try console.output.write(line + "\n")
      }
    }
  }

  private func give(_ columns: [Column], _ row: [Cell], to writer: any RowWriter) throws {
    try writer.write(row)
    try writer.finish()
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
