public import Wire

/// What must hold before an event may be recorded as having taken effect, decided from what was recorded before.
///
/// A guard is a decider: no clock, no disk, no memory. It asks a `Past` for the events that it needs and for no others,
/// so that the machine loads only those.
public protocol Guard: Sendable {
  /// The word by which refusals and pages name it, `four-eyes`. For ever.
  static var id: String { get }
  /// What it demands, in one sentence.
  static var title: Name { get }

  /// Whether it looks at events of this type at all.
  static func concerns(_ declaration: Declaration) -> Bool

  /// Lets an event pass, or throws the `Refusal`. Gives what must be recorded together with it, mostly nothing.
  static func decide(_ wish: Wish, given past: some Past) throws -> [Event]
}

/// An event that somebody wants to record, with what a guard may know beside the past.
public struct Wish: Sendable {
  public let event: Event
  public let declaration: Declaration
  public let catalogue: Catalogue
  /// When it is to be recorded.
  public let now: Instant

  public init(_ event: Event, _ declaration: Declaration, of catalogue: Catalogue, now: Instant) {
    (self.event, self.declaration, self.catalogue, self.now) = (event, declaration, catalogue, now)
  }
}

/// What was recorded before, as far as a guard asks for it. The machine answers from the log, a test from a list.
public protocol Past {
  /// The events about a subject, oldest recorded first.
  func events(about subject: Subject) throws -> [Event]

  /// All events of a type, oldest recorded first. Only for types that a company records seldom: each is read.
  func events(ofRareType type: String) throws -> [Event]

  /// The events of a type whose field holds this text, oldest recorded first. The first question about a field may read
  /// all events of the type.
  func events(ofType type: String, where field: String, is text: String) throws -> [Event]

  /// The event of that id.
  func event(withID id: String) throws -> Event?

  /// Whether any event is about this subject or, for an account, names it as its own.
  func knows(_ subject: Subject) throws -> Bool

  /// The newest version of a rule that ships with the product; `nil` for a kind that ships none.
  func shippedRule(_ kind: String) throws -> (version: Int, body: JSONObject)?

  /// SHA-256 of a text's UTF-8, in lower-case hexadecimal.
  func digest(of text: String) -> String
}

/// Why an event may not be recorded: the rule, the sentence, the events that stand against it, and what to do.
public struct Refusal: Error, Hashable, Sendable {
  /// An event that stands against the wish.
  public struct Cause: Hashable, Sendable {
    public let seq: Int64?
    public let type: String
    public let occurredAt: Instant
  }

  /// The guard's id.
  public let rule: String
  public let why: Name
  public let causes: [Cause]
  public let remedy: Name

  public init(_ rule: String, _ why: Name, because causes: [Event] = [], remedy: Name) {
    self.rule = rule
    self.why = why
    self.causes = causes.map { Cause(seq: $0.seq, type: $0.type, occurredAt: $0.occurredAt) }
    self.remedy = remedy
  }

  /// Stable, for programs: `E-GUARD-FOUR-EYES`.
  public var code: String { "E-GUARD-" + rule.uppercased() }

  /// The sentence with the events that stand against it.
  public func message(in language: Language) -> String {
    guard !causes.isEmpty else { return why[language] }
    let list = causes.map { cause in
      let number = cause.seq.map { Name("event \($0)", "事件 \($0)")[language] + " " } ?? ""
      return number + "(\(cause.type), \(cause.occurredAt.day))"
    }
    let separator = Name(", ", "、")[language]
    return why[language] + Name("; because of ", "；依据：")[language] + list.joined(separator: separator)
  }
}

extension Guard {
  /// A refusal by this guard.
  public static func refusal(_ en: String, _ zh: String, because causes: [Event] = [], remedy: Name) -> Refusal {
    Refusal(id, Name(en, zh), because: causes, remedy: remedy)
  }
}

extension Catalogue {
  /// Puts an event before all guards that look at its type. Throws the first refusal; gives what must be recorded with
  /// it.
  public func decide(
    _ event: Event, by guards: [any Guard.Type], given past: some Past, now: Instant
  ) throws -> [Event] {
    guard let entry = entry(named: event.type) else { throw EventError(.unknownType(event.type), at: "type") }
    let wish = Wish(event, entry.declaration, of: self, now: now)
    return try guards.flatMap { try $0.concerns(entry.declaration) ? $0.decide(wish, given: past) : [] }
  }
}
