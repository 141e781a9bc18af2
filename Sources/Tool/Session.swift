import Answers
import Engine
import Events
import Log
import Projection
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

  /// Whether somebody acts as an auditor, by the role's word or its name.
  private var isAuditor: Bool { options.role.map { Role.word(for: $0) } == Role.auditor.word }

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
  /// - Parameter keys: where the keys of personal values are; else by the variable, else in the data folder.
  func folder(_ keys: KeysOption? = nil) -> DataFolder {
    DataFolder(
      path: dataPath, keysPath: keys?.keys?.nonEmpty ?? console.environment["KESHI_KEYS"]?.nonEmpty,
      isSigned: console.environment["KESHI_CHECKPOINTS"] != "off")
  }

  /// What a command writes for.
  enum Writing {
    /// It changes what it likes.
    case freely
    /// What it records is decided by guards that know roles, or is that somebody looked.
    case ruled
  }

  /// Opens the data folder for the time of `body`, and closes it in order.
  ///
  /// - Throws: `E-ROLE-READS` where an auditor would write freely: who examines the record does not make it.
  func withStore<R>(
    _ access: Store.Access, as writing: Writing = .freely, clock: (any LogClock)? = nil, keys: KeysOption? = nil,
    chance: Chance = .system, _ body: (Store) throws -> R
  ) throws -> R {
    if access == .write, writing == .freely, isAuditor { throw Trouble.auditorReads }
    let folder = folder(keys)
    return try folder.locating {
      let store = try folder.open(
        access, clock: clock ?? console.clock, chance: chance, about: circumstances(channel: "cli"), tell: console.remark)
      do {
        let result = try body(store)
        try store.close()
        folder.unsigned(in: store).map(console.remark)
        try warn(store, of: folder)
        return result
      } catch {
        try? store.close()
        throw error
      }
    }
  }

  /// Says, behind an answer, which events are missing from it. The status tells programs.
  private func warn(_ store: Store, of folder: DataFolder) throws {
    guard let shortfall = folder.shortfall(of: store) else { return }
    if shortfall.isInAnswer { try console.output.flush() }
    console.remark(shortfall.sentence)
    if shortfall.isInAnswer { throw Ending(status: .differs) }
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
        let line = column.title[language].padded(toWidth: width + 2) + cell.text(in: column, language).withoutControls
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

extension Trouble {
  fileprivate static var auditorReads: Trouble {
    Trouble(
      .notPermitted, "E-ROLE-READS",
      Name("an auditor reads, and records nothing but audits", "审计员只读，除审核记录外不得入账"), unharmed: Unharmed.everything,
      remedy: Name(
        "audits are recorded by `keshi do audit.perform` or `keshi audit sample --record`",
        "审核请用 `keshi do audit.perform` 或 `keshi audit sample --record` 入账"))
  }
}
