import Glibc
import Vocabulary
import Wire

/// What an import remembers from row to row.
struct RunState {
  var summary = ImportSummary()
  /// One for each event of each section.
  let memories: [[EventMemory]]
  /// Events that wait to be handed on; those of the row at hand are the last.
  var page = WrittenEvents(capacity: RunState.pageBytes + RunState.slack)
  var bytesDone = 0
  var bytesInFile = 0
  private let bytesTotal: Int
  private let pageEvents: Int
  private var ids = Digests()

  /// Events and bytes after which a page is handed on.
  static let pageEvents = 4_096
  static let pageBytes = 1 << 20
  /// Room for the events of the row that fills a page.
  private static let slack = 1 << 16

  init(mapping: Mapping, bytesTotal: Int, pageEvents: Int) {
    memories = mapping.sections.map { section in section.events.map { _ in EventMemory() } }
    (self.bytesTotal, self.pageEvents) = (bytesTotal, pageEvents)
  }

  func progress(_ phase: ImportProgress.Phase, _ file: String) -> ImportProgress {
    ImportProgress(
      phase: phase, file: file, summary: summary, bytesRead: min(bytesDone + bytesInFile, bytesTotal), bytesTotal: bytesTotal)
  }

  var pageIsFull: Bool { page.count >= pageEvents || page.byteCount >= RunState.pageBytes }

  /// Gives the page away and begins another.
  mutating func takePage() -> WrittenEvents {
    defer { page = WrittenEvents(capacity: RunState.pageBytes + RunState.slack) }
    return page
  }

  /// Refuses a row that gives an id to a different event than an earlier row gave it to: the log would take the two
  /// for one. The same event again, as overlapping files hold it, is let through.
  ///
  /// - Parameter first: the place of the row's first event in the page.
  mutating func claimIDs(from first: Int) throws(RowProblem) {
    let only = page.count - first == 1
    var claimed: [(id: Digests.Digest, content: UInt64)] = []
    for place in first..<page.count {
      let event = page[place]
      let (id, content) = (ids.digest(ofID: event.idBytes), ids.digest(ofContent: event.line))
      let earlier = ids.content(of: id) ?? (only ? nil : claimed.first { $0.id == id }?.content)
      if let earlier, earlier != content { throw RowProblem(.repeatedID(event.id ?? ""), at: "id") }
      if only { return ids.give(id, to: content) }
      claimed.append((id, content))
    }
    for (id, content) in claimed { ids.give(id, to: content) }
  }
}

/// One line of quarantine: `{"code","file","line","reason","row"}`; see `OpenPart` for what it may hold.
struct QuarantineLine {
  let text: String

  /// - Parameter name: what an item of a process log calls itself; empty in a table.
  init(_ row: Row, named name: String, _ problem: RowProblem, _ open: OpenPart?, _ language: Language) {
    var line: JSONObject = [
      "code": .string(problem.code), "file": .string(row.file), "line": .int(Int64(row.line)),
      "reason": .string(problem.told(by: open).message(in: language)),
    ]
    if !name.isEmpty { line["item"] = .string(name) }
    if problem.cellsAreWhole, let open {
      var cells = JSONObject()
      for cell in open.cells(of: row) { cells[cell.name] = .string(cell.text) }
      line["row"] = .object(cells)
    }
    text = JSON.object(line).canonical
  }
}

enum FilePath {
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A name without `.gz` at its end: packed or not, it is the same file.
  static func unpacked(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }
}
