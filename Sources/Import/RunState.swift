import Glibc
import Vocabulary
import Wire

/// What an import remembers from row to row.
struct RunState {
  var summary = ImportSummary()
  /// One for each event of each section.
  let memories: [[EventMemory]]
  /// The events of the row at hand.
  var made: [Event] = []
  var bytesDone = 0
  var bytesInFile = 0
  private let bytesTotal: Int
  /// Digests of the ids that were given, with digests of what they were given to. Two ids share a digest of 128 bits
  /// with a probability that a company's whole history does not reach; a row would then be quarantined, not lost.
  private var ids: [UInt128: Int] = [:]

  init(mapping: Mapping, bytesTotal: Int) {
    memories = mapping.sections.map { section in section.events.map { _ in EventMemory() } }
    self.bytesTotal = bytesTotal
  }

  func progress(_ phase: ImportProgress.Phase, _ file: String) -> ImportProgress {
    ImportProgress(
      phase: phase, file: file, summary: summary, bytesRead: min(bytesDone + bytesInFile, bytesTotal), bytesTotal: bytesTotal)
  }

  /// Refuses a row that gives an id to a different event than an earlier row gave it to: the log would take the two
  /// for one. The same event again, as overlapping files hold it, is let through.
  mutating func claimIDs() throws(RowProblem) {
    if made.count == 1 { return try claimOne(made[0]) }
    var claimed: [(UInt128, Int)] = []
    for event in made {
      let id = event.id ?? ""
      let digest = RunState.digest(id)
      let content = event.hashValue
      let earlier = ids[digest] ?? claimed.first { $0.0 == digest }?.1
      if let earlier, earlier != content { throw RowProblem(.repeatedID(id), at: "id") }
      claimed.append((digest, content))
    }
    for (digest, content) in claimed { ids[digest] = content }
  }

  /// The same for a row of one event, as most rows are: one look into the table.
  private mutating func claimOne(_ event: Event) throws(RowProblem) {
    let id = event.id ?? ""
    let content = event.hashValue
    let earlier = ids.updateValue(content, forKey: RunState.digest(id))
    if let earlier, earlier != content {
      ids[RunState.digest(id)] = earlier
      throw RowProblem(.repeatedID(id), at: "id")
    }
  }

  /// FNV-1a with 128 bits.
  private static func digest(_ text: String) -> UInt128 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.reduce(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d as UInt128) { hash, byte in
        (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
      }
    }
  }
}

/// One line of quarantine: `{"code","file","line","reason","row"}`.
struct QuarantineLine {
  let text: String

  init(_ row: Row, _ rowText: String, _ problem: RowProblem, _ language: Language) {
    let line: JSONObject = [
      "code": .string(problem.code), "file": .string(row.file), "line": .int(Int64(row.line)),
      "reason": .string(problem.message(in: language)), "row": .string(rowText),
    ]
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
