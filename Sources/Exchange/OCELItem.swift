import Wire

/// An object or event of OCEL as it stands in a file, before its times are read.
struct OCELItem {
  let isEvent: Bool
  let id: String
  let type: String
  let time: String?
  let line: Int
  var values: [(attribute: Attribute, time: String?)] = []
  var relations: [Relation] = []

  init(isEvent: Bool, id: String?, type: String?, time: String?, line: Int) {
    (self.isEvent, self.id, self.type, self.time, self.line) = (isEvent, id ?? "", type ?? "", time, line)
  }

  /// Hands out an event as one note; an object as one for its beginning and one for each later time at which
  /// attributes of it changed.
  func give(_ take: TakeReading) throws {
    let place = NotePlace(line: line, name: "\(type): \(id)")
    for (name, value) in [("id", id), ("type", type)] where value.isEmpty {
      return try take(.broken(.missing(name)), place)
    }
    do {
      if isEvent { return try take(.note(.activity(try activity())), place) }
      for object in try objects() { try take(.note(.object(object)), place) }
    } catch let problem as NoteProblem {
      try take(.broken(problem), place)
    }
  }

  private func activity() throws(NoteProblem) -> ActivityNote {
    guard let time, !time.isEmpty else { throw .missing("time") }
    guard let moment = NoteTime.read(time) else { throw .badTime(time) }
    var note = ActivityNote(type, at: moment)
    note.id = id
    note.attributes = values.map(\.attribute)
    note.relations = relations
    return note
  }

  private func objects() throws(NoteProblem) -> [ObjectNote] {
    var first = ObjectNote(id, kind: type)
    first.relations = relations
    var changes: [Instant: [Attribute]] = [:]
    for (attribute, text) in values {
      guard let text, !text.isEmpty else {
        first.attributes.append(attribute)
        continue
      }
      guard let time = NoteTime.read(text) else { throw .badTime(text) }
      if time == NoteTime.beginning { first.attributes.append(attribute) } else { changes[time, default: []].append(attribute) }
    }
    return [first] + changes.sorted { $0.key < $1.key }.map { time, attributes in
      var change = ObjectNote(id, kind: type, at: time)
      change.attributes = attributes
      return change
    }
  }
}

/// Which kind each attribute has, by what the file declares.
struct OCELTypes {
  private struct Key: Hashable {
    let isEvent: Bool
    let type: String
    let attribute: String
  }
  private var kinds: [Key: Attribute.Kind] = [:]

  mutating func declare(_ attribute: String, _ word: String, of type: String, isEvent: Bool) {
    kinds[Key(isEvent: isEvent, type: type, attribute: attribute)] = OCELTypes.kind(word)
  }

  func kind(of attribute: String, in type: String, isEvent: Bool) -> Attribute.Kind {
    kinds[Key(isEvent: isEvent, type: type, attribute: attribute)] ?? .text
  }

  static func kind(_ word: String) -> Attribute.Kind {
    switch word.lowercased() {
    case "time", "date", "timestamp", "datetime": .time
    case "integer", "int": .integer
    case "float", "double", "real", "number": .decimal
    case "boolean", "bool": .flag
    default: .text
    }
  }
}
