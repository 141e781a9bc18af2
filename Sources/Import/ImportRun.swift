public import Vocabulary

/// What an import did.
public struct ImportSummary: Hashable, Sendable {
  /// Rows read, header rows and empty lines not counted.
  public var rows = 0
  /// Events handed out. Those that the log already has are among them.
  public var events = 0
  public var quarantined = 0
  /// Rows without an event in sections that say `idle: allow`.
  public var idle = 0

  public init() {}
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
  public enum Phase: Hashable, Sendable { case reading, emitting }
  public var phase: Phase
  public var file: String
  public var summary: ImportSummary
  /// Bytes of all files together, as they lie on the disk.
  public var bytesRead: Int
  public var bytesTotal: Int
}

/// Files → events, by a mapping.
///
/// Every row becomes events or a line of quarantine or, where its section allows it, is counted as idle; a row of
/// several events is all or nothing. Two runs over the same files give the same events with the same ids.
public struct ImportRun {
  public struct Options: Sendable {
    /// What every event's envelope says where the mapping says nothing. The channel is `import`.
    public var about = Circumstances()
    /// The language of the reasons in quarantine lines.
    public var language = Language.en
    /// Events that are sorted in memory; more go through sorted temporary files.
    public var sortLimit = ImportRun.sortLimit
    /// Where temporary files go; `nil`: the system's place for them.
    public var scratch: String?
    /// Folders with the files of look-up tables; the folders of the data files follow.
    public var lookupFolders: [String] = []

    public init() { about.channel = "import" }
  }

  /// Events that are sorted in memory where nothing else is said, at roughly 0.7 KB each.
  public static let sortLimit = 1_000_000
  /// Rows between two reports of progress.
  static let progressInterval = 4_096

  let mapping: Mapping
  let options: Options
  /// The data files with their sections, in the order of the sections, then as given.
  let files: [(section: Int, path: String)]
  private let lookupPaths: [String]

  /// - Parameter files: data files, and perhaps files of look-up tables, in any order.
  public init(_ mapping: Mapping, files: [String], options: Options = Options()) throws(ImportError) {
    self.mapping = mapping
    self.options = options
    var found: [(section: Int, path: String)] = []
    let lookupNames = Set(mapping.lookups.map { FilePath.unpacked($0.file) })
    for path in files {
      let name = Table.fileName(path)
      let sections = mapping.sections.indices.filter { mapping.sections[$0].matches(name) }
      if sections.isEmpty, lookupNames.contains(FilePath.unpacked(name)) { continue }
      guard let section = sections.first else {
        throw ImportError(.noSection(globs: mapping.sections.flatMap(\.globs)), file: path)
      }
      guard sections.count == 1 else { throw ImportError(.severalSections, file: path) }
      found.append((section, path))
    }
    guard !found.isEmpty else { throw ImportError(.noFiles, file: "") }
    self.files = found.enumerated().sorted { ($0.element.section, $0.offset) < ($1.element.section, $1.offset) }.map(\.element)
    lookupPaths = files
  }

  /// Reads all files and hands out their events.
  ///
  /// Files, headers, columns and look-up tables are checked before the first row. What `quarantine` and `emit` throw
  /// ends the import and is thrown on, as are `MappingError` and `ImportError`.
  ///
  /// - Parameters:
  ///   - quarantine: takes one line of JSON, without its line break, for each row that yields no events.
  ///   - emit: takes the events in the mapping's order.
  @discardableResult
  public func run(
    progress: (ImportProgress) -> Void = { _ in }, quarantine: (String) throws -> Void, emit: (Event) throws -> Void
  ) throws -> ImportSummary {
    let tables = try readLookups()
    let sizes = try checkHeaders(tables)
    var state = RunState(mapping: mapping, bytesTotal: sizes)
    switch mapping.order {
    case .file:
      try read(tables, &state, progress, quarantine) { event, state in
        state.summary.events += 1
        try emit(event)
      }
    case .time:
      let sorter = EventSorter(limit: options.sortLimit, scratch: options.scratch, catalogue: mapping.catalogue)
      try read(tables, &state, progress, quarantine) { event, _ in try sorter.add(event) }
      try sorter.drain { event in
        state.summary.events += 1
        if state.summary.events.isMultiple(of: ImportRun.progressInterval) { progress(state.progress(.emitting, "")) }
        try emit(event)
      }
    }
    progress(state.progress(.emitting, ""))
    return state.summary
  }

  private func readLookups() throws -> [String: LookupTable] {
    var tables: [String: LookupTable] = [:]
    for spec in mapping.lookups {
      tables[spec.name] = try LookupTable(spec, path: try path(of: spec), mapping: mapping)
    }
    return tables
  }

  /// Where a look-up table's file is: among the given files, else in one of the folders; packed or not.
  private func path(of spec: LookupSpec) throws(MappingError) -> String {
    let plain = FilePath.unpacked(spec.file)
    if let given = lookupPaths.first(where: { FilePath.unpacked(Table.fileName($0)) == plain }) { return given }
    let folders = options.lookupFolders + files.map { FilePath.folder(of: $0.path) }
    for folder in folders {
      for path in [folder + "/" + plain, folder + "/" + plain + ".gz"] where FilePath.exists(path) { return path }
    }
    let places = folders.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    throw MappingError(
      .lookupFile(spec.file, why: Name("not found in \(places)", "在 \(places) 中找不到")), file: mapping.name, at: spec.spot)
  }

  /// Checks the columns of all files; returns the bytes of all files together.
  private func checkHeaders(_ tables: [String: LookupTable]) throws -> Int {
    var bytes = 0
    for (section, path) in files {
      let table = try Table(path: path, dialect: mapping.sections[section].dialect)
      _ = try SectionPlan(mapping.sections[section], Binder(mapping: mapping, columns: table.columns, tables: tables))
      bytes += table.fileSize
    }
    return bytes
  }

  private func read(
    _ tables: [String: LookupTable], _ state: inout RunState, _ progress: (ImportProgress) -> Void,
    _ quarantine: (String) throws -> Void, _ take: (Event, inout RunState) throws -> Void
  ) throws {
    for (section, path) in files {
      let spec = mapping.sections[section]
      let table = try Table(path: path, dialect: spec.dialect)
      let binder = Binder(mapping: mapping, columns: table.columns, tables: tables)
      let plan = try SectionPlan(spec, binder, memories: state.memories[section])
      reading: while true {
        if state.summary.rows.isMultiple(of: ImportRun.progressInterval) {
          state.bytesInFile = table.bytesRead
          progress(state.progress(.reading, path))
        }
        let outcome = try table.next()
        do throws(RowProblem) {
          switch outcome {
          case .end: break reading
          case .broken(let problem): throw problem
          case .row: break
          }
          state.made = try plan.events(of: table.row, about: options.about)
          try state.claimIDs()
          plan.accept()
        } catch {
          state.made = []
          plan.forget()
          try quarantine(QuarantineLine(table, error, options.language).text)
          state.summary.quarantined += 1
          state.summary.rows += 1
          continue
        }
        state.summary.rows += 1
        if state.made.isEmpty { state.summary.idle += 1 }
        for event in state.made { try take(event, &state) }
      }
      state.bytesDone += table.fileSize
      state.bytesInFile = 0
    }
  }
}
