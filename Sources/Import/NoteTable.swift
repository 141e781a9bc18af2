import Exchange
import Wire

/// A process log, or a file of CloudEvents, as a table: an event or object a row, its attributes in columns.
///
/// Which columns there are is known after a first reading; the second gives the rows. README.md lists them.
final class NoteTable {
  let columns: [String]
  let row: Row
  private let places: [String: Int]
  private let reader: NoteReader
  private let source: ByteSource
  /// Objects' types, by which events name the objects that they concern.
  private let types: [String: String]
  /// The attributes of the trace whose events are being read.
  private var trace: [Attribute] = []
  private(set) var place = NotePlace(line: 0, name: "")

  /// Columns that a file may have.
  static let columnLimit = 10_000
  /// Objects whose types are held in memory.
  static let objectLimit = 20_000_000

  /// - Parameter more: columns that the file need not have; they are then blank.
  init(_ kind: FileKind, path: String, more: [String]) throws {
    var names = NoteCells.heads(of: kind)
    var known = Set(names)
    func add(_ name: String) throws {
      guard known.insert(name).inserted else { return }
      guard names.count < NoteTable.columnLimit else {
        throw ExchangeError(.tooLarge("columns", limit: NoteTable.columnLimit))
      }
      names.append(name)
    }
    reader = NoteReader(kind, path: path)
    let first = try ByteSource(path: path)
    var types: [String: String] = [:]
    try reader.read({ try first.next() }) { reading, _ in
      guard case .note(let note) = reading else { return }
      if case .object(let object) = note, let kind = object.kind {
        types[object.id] = kind
        guard types.count <= NoteTable.objectLimit else { throw ExchangeError(.tooLarge("objects", limit: NoteTable.objectLimit)) }
      }
      for (name, _) in NoteCells.cells(of: note, types: types, trace: []) { try add(name) }
    }
    for name in more { try add(name) }
    columns = names
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.types = types
    source = try ByteSource(path: path)
    row = Row(file: Table.fileName(path))
  }

  var fileSize: Int { source.fileSize }
  var bytesRead: Int { source.fileOffset }

  /// Hands out each row, or why it cannot be read.
  func forEachRow(_ body: (NoteProblem?) throws -> Void) throws {
    try reader.read({ [source] in try source.next() }) { reading, place in
      self.place = place
      row.line = place.line
      switch reading {
      case .broken(let problem):
        row.number += 1
        try body(problem)
      case .note(.object(let object)) where object.kind == nil: trace = object.attributes
      case .note(let note):
        row.number += 1
        fill(note)
        try body(nil)
      }
    }
  }

  private func fill(_ note: Note) {
    row.clear()
    row.cells = [Range<Int>](repeating: 0..<0, count: columns.count)
    for (name, value) in NoteCells.cells(of: note, types: types, trace: trace) {
      guard let place = places[name], row.cells[place].isEmpty else { continue }
      row.cells[place] = row.append(value.utf8)
    }
  }
}

/// The cells of a note, by the names of their columns.
enum NoteCells {
  typealias Cell = (name: String, value: String)

  static func heads(of kind: FileKind) -> [String] {
    switch kind {
    case .xes: ["case", "place", "activity", "time"]
    case .ocelJSON, .ocelXML, .ocelDatabase: ["what", "id", "type", "time", "object", "objects"]
    case .cloudEvents: ["id", "source", "type", "subject", "time"]
    }
  }

  static func cells(of note: Note, types: [String: String], trace: [Attribute]) -> [Cell] {
    switch note {
    case .cloud(let envelope): return cloud(envelope)
    case .object(let object): return cells(of: object)
    case .activity(let activity): return cells(of: activity, types, trace)
    }
  }

  private static func cells(of note: ActivityNote, _ types: [String: String], _ trace: [Attribute]) -> [Cell] {
    var cells: [Cell] = [("time", clock(note.time))]
    if let place = note.trace {
      cells += [("case", place.name), ("place", String(place.place)), ("activity", note.activity)]
      cells += ofTrace(trace)
    } else {
      cells += [("what", "event"), ("id", note.id ?? ""), ("type", note.activity), ("object", note.relations.first?.to ?? "")]
      cells.append(("objects", note.relations.map(\.to).joined(separator: "|")))
      for relation in note.relations {
        if let type = types[relation.to] { cells.append(("object:" + type, relation.to)) }
      }
    }
    return cells + note.attributes.filter { $0.level == 0 }.map { (name: $0.name, value: value($0)) }
  }

  private static func ofTrace(_ attributes: [Attribute]) -> [Cell] {
    attributes.filter { $0.level == 0 }.map { (name: "case:" + $0.name, value: value($0)) }
  }

  private static func cells(of note: ObjectNote) -> [Cell] {
    guard let kind = note.kind else { return ofTrace(note.attributes) }
    let cells: [Cell] = [
      ("what", note.time == nil ? "object" : "change"), ("id", note.id), ("type", kind),
      ("time", clock(note.time ?? NoteTime.beginning)), ("object", note.relations.first?.to ?? ""),
      ("objects", note.relations.map(\.to).joined(separator: "|")),
    ]
    return cells + note.attributes.map { (name: $0.name, value: value($0)) }
  }

  private static func cloud(_ envelope: SourceJSON) -> [Cell] {
    envelope.members.flatMap { member -> [Cell] in
      if member.name == "data", case .object = member.value { return flat(member.value, "data") }
      if member.name == "time", let time = member.value.scalar.flatMap(NoteTime.read) { return [("time", clock(time))] }
      return [(member.name, member.value.scalar ?? (member.value == .null ? "" : member.value.text))]
    }
  }

  /// Members of objects by `outer.inner`; a list is one cell of JSON.
  private static func flat(_ value: SourceJSON, _ path: String) -> [Cell] {
    guard case .object(let members) = value else {
      return [(path, value.scalar ?? (value == .null ? "" : value.text))]
    }
    return members.flatMap { flat($0.value, path + "." + $0.name) }
  }

  private static func value(_ attribute: Attribute) -> String {
    guard attribute.kind == .time, let time = NoteTime.read(attribute.value) else { return attribute.value }
    return clock(time)
  }

  /// A time as a table has it: what a clock in UTC shows.
  private static func clock(_ time: Instant) -> String { String(time.description.dropLast()) }
}
