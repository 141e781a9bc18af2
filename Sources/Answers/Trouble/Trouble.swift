import Vocabulary

/// An error as a person is told it: what, where, what is unharmed, what to do; in both languages.
///
/// Every door tells the same: the command line as lines and an exit status, HTTP as a problem with a status of its own.
public struct Trouble: Error, Equatable {
  /// What sort of thing went wrong. Each door derives its own status from it.
  public enum Kind: CaseIterable, Sendable {
    /// A mistake of the program.
    case failed
    /// A check found differences or damage; a signature or a proof does not hold.
    case differs
    /// The question cannot be understood, or asks for what cannot be.
    case usage
    /// The question names a read model, a field, a rule, a version or an event that is not there.
    case unknownName
    /// What was brought (events, rows, files, data for a fit) is not as it must be.
    case badInput
    /// There is no such log, subject, model or file.
    case absent
    /// A newer program, another program or another encoding is needed.
    case unavailable
    /// Something cannot be made, most often because it is there already.
    case cannotCreate
    /// The disk or a stream failed.
    case inputOutput
    /// Somebody else is at work: the same again may succeed.
    case busy
    /// Something came in between: read again, decide again.
    case overtaken
    /// A legal hold, an approval that is missing, a file's mode.
    case notPermitted
    /// A guard objects to what was to be recorded.
    case objected
    /// A mapping, a published rule or a key is not set up as it must be.
    case configuration
  }

  public let kind: Kind
  /// Stable, for programs: `E-LOG-DAMAGED`.
  public let code: String
  public let what: Name
  /// A file with line or offset, a segment, a position; `nil` where the sentence says it all.
  public let place: Name?
  public let unharmed: Name
  public let remedy: Name
  /// Lines below the sentence: each fault of a file.
  public private(set) var details: [Name] = []

  public init(_ kind: Kind, _ code: String, _ what: Name, at place: Name? = nil, unharmed: Name, remedy: Name) {
    self.kind = kind
    self.code = code
    self.what = what
    self.place = place
    self.unharmed = unharmed
    self.remedy = remedy
  }

  /// The same trouble at a place that only the caller knows.
  public func at(_ place: Name) -> Trouble {
    var copy = Trouble(kind, code, what, at: place, unharmed: unharmed, remedy: remedy)
    copy.details = details
    return copy
  }

  /// The same trouble with lines of its own for its parts.
  public func listing(_ details: [Name]) -> Trouble {
    var copy = self
    copy.details = details
    return copy
  }

  /// Whether this is about one event only, so that those beside it can still be recorded.
  public var concernsOneEvent: Bool { kind == .badInput || kind == .objected }
}

extension Trouble {
  /// A question that is understood, but asks for something that cannot be.
  public static func usage(_ what: Name, remedy: Name) -> Trouble {
    Trouble(.usage, "E-USAGE", what, unharmed: Unharmed.everything, remedy: remedy)
  }
}

extension Name {
  /// For what is the same in every language: a path, a number.
  public init(same text: String) { self.init(text, text) }

  public static func + (a: Name, b: Name) -> Name { Name(a.en + b.en, a.zh + b.zh) }
}

/// Sentences about what is unharmed that several troubles share.
public enum Unharmed {
  public static let everything = Name("the log and the read models; nothing was written", "日志和读模型均未改动，没有写入任何内容")
  public static let log = Name("the log: every acknowledged event is in it", "日志：所有已确认的事件都在其中")
}
