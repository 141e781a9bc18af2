import Exchange
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
    /// Events that are sorted in memory, and their bytes; more go through sorted temporary files.
    public var sortLimit = ImportRun.sortLimit
    public var sortBytes = ImportRun.sortBytes
    /// Events that are handed on together.
    var pageEvents = RunState.pageEvents
    /// Where temporary files go; `nil`: the system's place for them.
    public var scratch: String?
    /// Folders with the files of look-up tables; the folders of the data files follow.
    public var lookupFolders: [String] = []

    public init() { about.channel = "import" }
  }

  /// Events that are sorted in memory where nothing else is said, mostly of 0.2 to 0.5 KB, and their bytes at most.
  public static let sortLimit = 1_000_000
  public static let sortBytes = 512 << 20
  /// Rows between two reports of progress.
  static let progressInterval = 4_096

  let mapping: Mapping
  let options: Options
  /// The data files with their sections, in the order of the sections, then as given.
  let files: [DataFile]
  private let lookupPaths: [String]

  struct DataFile {
    /// The section that says what its rows mean; none where the file says it itself.
    let section: Int?
    let path: String
    /// `nil`: a table.
    let kind: FileKind?
  }

  /// - Parameter files: data files, and perhaps files of look-up tables, in any order.
  public init(_ mapping: Mapping, files: [String], options: Options = Options()) throws(ImportError) {
    self.mapping = mapping
    self.options = options
    var found: [DataFile] = []
    let lookupNames = Set(mapping.lookups.map { FilePath.unpacked($0.file) })
    for path in files {
      if let kinds = mapping.native {
        guard let kind = try FileFeed.kind(of: path) else { throw ImportError(.needsMapping, file: path) }
        guard kinds.contains(kind) else { throw ImportError(.otherKind(found: kind.rawValue), file: path) }
        found.append(DataFile(section: nil, path: path, kind: kind))
        continue
      }
      let name = Table.fileName(path)
      let sections = mapping.sections.indices.filter { mapping.sections[$0].matches(name) }
      if sections.isEmpty, lookupNames.contains(FilePath.unpacked(name)) { continue }
      guard let section = sections.first else {
        throw ImportError(.noSection(globs: mapping.sections.flatMap(\.globs)), file: path)
      }
      guard sections.count == 1 else { throw ImportError(.severalSections, file: path) }
      let kind = mapping.sections[section].dialect.isTable ? nil : try FileFeed.kind(of: path)
      found.append(DataFile(section: section, path: path, kind: kind))
    }
    guard !found.isEmpty else { throw ImportError(.noFiles, file: "") }
    self.files = found.enumerated()
      .sorted { ($0.element.section ?? 0, $0.offset) < ($1.element.section ?? 0, $1.offset) }.map(\.element)
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
    try run(
      progress: progress, quarantine: quarantine,
      emitting: { written in for event in written { try emit(try Event(of: event, by: mapping.catalogue)) } })
  }

  /// The same for who takes many at once: what is emitted is written as lines already, and checked.
  @discardableResult
  public func run(
    progress: (ImportProgress) -> Void = { _ in }, quarantine: (String) throws -> Void,
    emitting: ([WrittenEvent]) throws -> Void
  ) throws -> ImportSummary {
    let tables = try readLookups()
    let sizes = try checkHeaders(tables)
    var state = RunState(mapping: mapping, bytesTotal: sizes, pageEvents: options.pageEvents)
    switch mapping.order {
    case .file:
      try withoutActuallyEscaping(emitting) { emitting in
        try gather(tables, &state, progress, quarantine) { page, state in
          state.summary.events += page.count
          try emitting(page.indices.map { page[$0] })
        }
      }
    case .time:
      let sorter = EventSorter(limit: options.sortLimit, byteLimit: options.sortBytes, scratch: options.scratch)
      try gather(tables, &state, progress, quarantine) { page, _ in try sorter.add(page) }
      try sorter.drain(by: options.pageEvents) { events in
        state.summary.events += events.count
        progress(state.progress(.emitting, ""))
        try emitting(events)
      }
    }
    progress(state.progress(.emitting, ""))
    return state.summary
  }

  /// Reads all files. What it is handed is used until it returns, and no longer.
  private func gather(
    _ tables: [String: LookupTable], _ state: inout RunState, _ progress: (ImportProgress) -> Void,
    _ quarantine: (String) throws -> Void, _ take: @escaping Take
  ) throws {
    try withoutActuallyEscaping(progress) { progress in
      try withoutActuallyEscaping(quarantine) { quarantine in
        try read(tables, &state, progress, quarantine, take)
      }
    }
  }

  private func readLookups() throws -> [String: LookupTable] {
    var tables: [String: LookupTable] = [:]
    for spec in mapping.lookups {
      do throws(MappingError) {
        tables[spec.name] = try LookupTable(spec, path: try path(of: spec), mapping: mapping)
      } catch {
        guard spec.mayBeAbsent, case .lookupFile(spec.file, _) = error.reason else { throw error }
      }
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
}

// Reading.

extension ImportRun {
  typealias Take = (WrittenEvents, inout RunState) throws -> Void

  /// What a reading needs beside its file.
  private struct Desk {
    let tables: [String: LookupTable]
    let progress: (ImportProgress) -> Void
    let quarantine: (String) throws -> Void
    let take: Take
  }

  /// Checks the columns of all files; returns the bytes of all files together.
  private func checkHeaders(_ tables: [String: LookupTable]) throws -> Int {
    var bytes = 0
    for file in files {
      bytes += try ByteSource(path: file.path).fileSize
      guard let section = file.section else { continue }
      let spec = mapping.sections[section]
      let columns =
        if let kind = file.kind { try noteTable(kind, file.path, spec).columns } else {
          try Table(path: file.path, dialect: spec.dialect).columns
        }
      _ = try SectionPlan(spec, Binder(mapping: mapping, columns: columns, tables: tables))
    }
    return bytes
  }

  private func noteTable(_ kind: FileKind, _ path: String, _ spec: SectionSpec) throws -> NoteTable {
    try FileFeed.naming(path) { try NoteTable(kind, path: path, more: spec.dialect.format.columns ?? []) }
  }

  private func read(
    _ tables: [String: LookupTable], _ state: inout RunState, _ progress: @escaping (ImportProgress) -> Void,
    _ quarantine: @escaping (String) throws -> Void, _ take: @escaping Take
  ) throws {
    let desk = Desk(tables: tables, progress: progress, quarantine: quarantine, take: take)
    for file in files {
      try FileFeed.naming(file.path) {
        switch (file.section, file.kind) {
        case (let section?, nil): try readTable(file.path, section, desk, &state)
        case (let section?, let kind?): try readNotes(kind, file.path, section, desk, &state)
        case (nil, let kind?): try readNative(kind, file.path, desk, &state)
        case (nil, nil): break
        }
      }
      state.bytesInFile = 0
    }
    if !state.page.isEmpty { try take(state.takePage(), &state) }
  }

  private func readTable(_ path: String, _ section: Int, _ desk: Desk, _ state: inout RunState) throws {
    let spec = mapping.sections[section]
    let table = try Table(path: path, dialect: spec.dialect)
    let binder = Binder(mapping: mapping, columns: table.columns, tables: desk.tables)
    let plan = try SectionPlan(spec, binder, memories: state.memories[section], about: options.about)
    while true {
      tell(desk, &state, path, table.bytesRead)
      let outcome = try table.next()
      if case .end = outcome { break }
      try settle(desk, &state, plan, table.row, named: { "" }) { page throws(RowProblem) in
        if case .broken(let problem) = outcome { throw problem }
        try plan.write(table.row, into: &page)
      }
    }
    state.bytesDone += table.fileSize
  }

  private func readNotes(
    _ kind: FileKind, _ path: String, _ section: Int, _ desk: Desk, _ state: inout RunState
  ) throws {
    let spec = mapping.sections[section]
    let table = try noteTable(kind, path, spec)
    let binder = Binder(mapping: mapping, columns: table.columns, tables: desk.tables)
    let plan = try SectionPlan(spec, binder, memories: state.memories[section], about: options.about)
    try table.forEachRow { problem in
      tell(desk, &state, path, table.bytesRead)
      try settle(desk, &state, plan, table.row, named: { table.place.name }) { page throws(RowProblem) in
        if let problem { throw RowProblem(.note(problem)) }
        try plan.write(table.row, into: &page)
      }
    }
    state.bytesDone += table.fileSize
  }

  private func readNative(_ kind: FileKind, _ path: String, _ desk: Desk, _ state: inout RunState) throws {
    let source = try ByteSource(path: path)
    let events = NoteEvents(mapping.catalogue)
    let row = Row(file: Table.fileName(path))
    try NoteReader(kind, path: path).read({ try source.next() }) { reading, place in
      tell(desk, &state, path, source.fileOffset)
      row.line = place.line
      try settle(desk, &state, nil, row, named: { place.name }) { page throws(RowProblem) in
        switch reading {
        case .broken(let problem): throw RowProblem(.note(problem))
        case .note(let note):
          let event = try ImportRun.event(of: note, events, options.about)
          page.append(event, type: mapping.catalogue.place(named: event.type) ?? 0)
        }
      }
    }
    state.bytesDone += source.fileSize
  }

  private static func event(of note: Note, _ events: NoteEvents, _ about: Circumstances) throws(RowProblem) -> Event {
    do { return try events.event(of: note, about: about) } catch let problem as NoteProblem {
      throw RowProblem(.note(problem))
    } catch let error as EventError {
      throw RowProblem(.refused(error))
    } catch {
      throw RowProblem(.note(.notCloudEvent))
    }
  }

  private func tell(_ desk: Desk, _ state: inout RunState, _ path: String, _ bytes: @autoclosure () -> Int) {
    guard state.summary.rows.isMultiple(of: ImportRun.progressInterval) else { return }
    state.bytesInFile = bytes()
    desk.progress(state.progress(.reading, path))
  }

  /// Adds a row's events to the page, or puts the row into quarantine.
  @inline(__always)
  private func settle(
    _ desk: Desk, _ state: inout RunState, _ plan: SectionPlan?, _ row: Row, named name: () -> String,
    _ write: (inout WrittenEvents) throws(RowProblem) -> Void
  ) throws {
    let first = state.page.count
    state.summary.rows += 1
    do throws(RowProblem) {
      try write(&state.page)
      try state.claimIDs(from: first)
      plan?.accept()
    } catch {
      state.page.drop(from: first)
      plan?.forget()
      state.summary.quarantined += 1
      return try desk.quarantine(QuarantineLine(row, named: name(), error, plan?.open, options.language).text)
    }
    if state.page.count == first { state.summary.idle += 1 }
    if state.pageIsFull { try desk.take(state.takePage(), &state) }
  }
}
