/// Names by any part of them, in any language: `names.sqlite` among what is derived, which follows the log by itself.
///
/// Chinese has no blanks between words, and two characters are a usual question; SQLite's trigram index needs three. So
/// each name is indexed by the pairs of its neighbouring characters, one token a pair, and a question is a phrase of
/// pairs: it finds exactly the names that hold it. Letters are compared without case. The file can be thrown away.
///
/// May be used from any thread; calls wait for each other.
public final class NameIndex: Sendable {
  public struct Entry: Hashable, Sendable {
    public let subject: String
    public let name: String
    /// The event that gave the name: the latest one's is the subject's name now.
    public let seq: Int64

    public init(subject: String, name: String, seq: Int64) { (self.subject, self.name, self.seq) = (subject, name, seq) }
  }

  /// Characters of a name that are indexed.
  public static let charactersMax = 200
  /// Names that are looked at for one question; the best of them are given.
  public static let candidatesMax = 500
  private static let format: Int64 = 2

  private let file: SQLFile

  /// Opens the index, or begins one. One of another log, of another format, or one that is damaged is begun anew.
  ///
  /// - Parameter identity: tells one log from another.
  public init(directory: String, identity: String) throws(ReadModelError) {
    let path = directory + "/names.sqlite"
    if let file = try? NameIndex.open(path, identity) {
      self.file = file
      return
    }
    for suffix in ["", "-wal", "-shm", "-journal"] { SQLFile.remove(path + suffix) }
    file = try NameIndex.open(path, identity)
  }

  private static func open(_ path: String, _ identity: String) throws(ReadModelError) -> SQLFile {
    let file = try SQLFile.following(path, model: "names")
    try file.run { db throws(ReadModelError) in
      try db.execute("CREATE TABLE IF NOT EXISTS state (format INTEGER, log TEXT, position INTEGER)")
      try db.execute("CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, UNIQUE (subject, name))")
      try db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS pairs USING fts5(text, content='', columnsize=0, tokenize='ascii')")
      if try db.number("SELECT count(*) FROM state") == 0 {
        try db.execute("INSERT INTO state VALUES (?, ?, 0)", [.integer(format), .text(identity)])
      }
      let fits = try db.number("SELECT count(*) FROM state WHERE format = ? AND log = ?", [.integer(format), .text(identity)])
      guard fits == 1 else { throw .damaged(model: "names", what: "of another log or format") }
    }
    return file
  }

  /// Events of the log that are in the index.
  public var position: Int64 {
    get throws(ReadModelError) {
      try file.run { db throws(ReadModelError) in try db.number("SELECT position FROM state") }
    }
  }

  /// Adds names, and notes up to where the log has been looked through. All or nothing.
  public func add(_ entries: [Entry], upTo position: Int64) throws(ReadModelError) {
    try file.run { db throws(ReadModelError) in
      try db.execute("BEGIN")
      do throws(ReadModelError) {
        for entry in entries { try NameIndex.add(entry, db) }
        try db.execute("UPDATE state SET position = ?", [.integer(position)])
        try db.execute("COMMIT")
      } catch {
        try? db.execute("ROLLBACK")
        throw error
      }
    }
  }

  private static func add(_ entry: Entry, _ db: SQLConnection) throws(ReadModelError) {
    let known = try db.prepare(
      "UPDATE names SET seq = max(seq, ?) WHERE subject = ? AND name = ? RETURNING id",
      [.integer(entry.seq), .text(entry.subject), .text(entry.name)], cached: true)
    let isKnown = try known.step()
    known.reset()
    guard !isKnown else { return }
    let new = try db.prepare(
      "INSERT INTO names (subject, name, seq) VALUES (?, ?, ?) RETURNING id",
      [.text(entry.subject), .text(entry.name), .integer(entry.seq)], cached: true)
    guard try new.step() else { throw .damaged(model: "names", what: "a name got no number") }
    let id = new.integer(0)
    _ = try new.step()
    let number = entry.subject.drop { $0 != ":" }.dropFirst()
    let text = Pairs(entry.name).tokens.joined(separator: " ") + " end " + Pairs(String(number)).tokens.joined(separator: " ")
    _ = try db.prepare("INSERT INTO pairs (rowid, text) VALUES (?, ?)", [.integer(id), .text(text)], cached: true).step()
  }

  /// The newest name of a subject; `nil` where none is known.
  public func name(of subject: String) throws(ReadModelError) -> String? {
    try file.run { db throws(ReadModelError) in
      let found = try db.prepare("SELECT name FROM names WHERE subject = ? ORDER BY seq DESC LIMIT 1", [.text(subject)], cached: true)
      defer { found.reset() }
      return try found.step() ? try found.text(0) : nil
    }
  }

  /// Names that hold `words`, or whose subject's number does: those that begin with it first, then the shorter.
  public func find(_ words: String, limit: Int) throws(ReadModelError) -> [Entry] {
    let pairs = Pairs(words)
    guard let question = pairs.question else { return [] }
    let found = try file.run { db throws(ReadModelError) in
      let statement = try db.prepare(
        "SELECT subject, name, seq FROM names WHERE id IN (SELECT rowid FROM pairs WHERE pairs MATCH ? LIMIT ?)",
        [.text(question), .integer(Int64(NameIndex.candidatesMax))])
      var found: [Entry] = []
      while try statement.step() {
        found.append(Entry(subject: try statement.text(0), name: try statement.text(1), seq: statement.integer(2)))
      }
      return found
    }
    let start = words.lowercased()
    func rank(_ entry: Entry) -> (Int, Int, String) {
      (entry.name.lowercased().hasPrefix(start) ? 0 : 1, entry.name.count, entry.subject)
    }
    return Array(found.sorted { rank($0) < rank($1) }.prefix(limit))
  }
}

/// A text as pairs of neighbouring characters, each a token of letters and digits: `x6cf0x6e90`.
struct Pairs {
  private let units: [String]

  init(_ text: String) {
    units = text.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace }.prefix(NameIndex.charactersMax)
      .map { "x" + String($0.value, radix: 16) }
  }

  /// Every pair, and the last character with the end.
  var tokens: [String] { units.indices.map { units[$0] + ($0 + 1 < units.count ? units[$0 + 1] : "x0") } }

  /// A phrase of all pairs; for one character, every pair that begins with it. `nil` for nothing.
  var question: String? {
    guard let first = units.first else { return nil }
    if units.count == 1 { return "\(first)x*" }
    return "\"" + tokens.dropLast().joined(separator: " ") + "\""
  }
}
