public import Wire

/// One thing that a file of another system says, before anybody decides what it means here.
public enum Note: Hashable, Sendable {
  case activity(ActivityNote)
  case object(ObjectNote)
  /// An event in the CloudEvents envelope.
  case cloud(SourceJSON)
}

/// Something was done: an event of XES or OCEL.
public struct ActivityNote: Hashable, Sendable {
  /// The event's own id; XES has none.
  public var id: String?
  public var activity: String
  public var time: Instant
  /// The trace that holds the event, and its place there from 1; OCEL has neither.
  public var trace: Trace?
  public var attributes: [Attribute] = []
  public var relations: [Relation] = []

  public init(_ activity: String, at time: Instant) {
    self.activity = activity
    self.time = time
  }

  public struct Trace: Hashable, Sendable {
    public var name: String
    public var place: Int

    public init(_ name: String, place: Int) {
      self.name = name
      self.place = place
    }
  }
}

/// What a source says of an object at one time: an object of OCEL, one change of its attributes, a trace of XES.
public struct ObjectNote: Hashable, Sendable {
  public var id: String
  public var kind: String?
  /// `nil`: from its beginning on, which OCEL writes as the start of 1970.
  public var time: Instant?
  public var attributes: [Attribute] = []
  public var relations: [Relation] = []

  public init(_ id: String, kind: String?, at time: Instant? = nil) {
    self.id = id
    self.kind = kind
    self.time = time
  }
}

/// A named value as the source wrote it.
public struct Attribute: Hashable, Sendable {
  /// The kinds of XES; those of OCEL are among them.
  public enum Kind: String, CaseIterable, Sendable {
    case text, time, integer, decimal, flag, id, list, container
  }

  public var name: String
  public var kind: Kind
  public var value: String
  /// 0, or how deep it stands within the attributes before it.
  public var level: Int

  public init(_ name: String, _ kind: Kind, _ value: String, level: Int = 0) {
    (self.name, self.kind, self.value, self.level) = (name, kind, value, level)
  }
}

/// What else a note concerns, and in which part.
public struct Relation: Hashable, Sendable {
  /// The other object's id in the source.
  public var to: String
  public var qualifier: String

  public init(_ to: String, _ qualifier: String) {
    self.to = to
    self.qualifier = qualifier
  }
}

/// Where in a file something stands.
public struct NotePlace: Hashable, Sendable {
  /// A line, or in a database the number of the row among those read.
  public var line: Int
  /// What the item there calls itself, shortened: its type and id, or its trace and activity; empty where it cannot be
  /// told. Never what else it holds, which may be personal.
  public var name: String

  /// Bytes of the name that are kept for messages.
  public static let nameLimit = 1_000

  public init(line: Int, name: String) {
    self.line = line
    self.name = name.utf8.count > NotePlace.nameLimit ? String(name.prefix(NotePlace.nameLimit / 4)) + "…" : name
  }
}

/// What a reader found.
public enum Reading: Sendable {
  case note(Note)
  /// One event or object that cannot be used; what follows it goes on.
  case broken(NoteProblem)
}

/// Takes what a reader found, one after another. What it throws ends the reading.
public typealias TakeReading = (Reading, NotePlace) throws -> Void

/// Gives a file's bytes, one block after another, none at its end.
public typealias ByteFeed = () throws -> ArraySlice<UInt8>
