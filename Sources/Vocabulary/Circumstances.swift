/// Who recorded an event, in which capacity, by which way, and because of what.
///
/// Ten texts, most of them absent and most of them the same in thousands of events: they lie behind one reference, so
/// that a copy of an event copies that alone. The value is copied when it is changed.
public struct Circumstances: Hashable, Sendable {
  private struct Texts: Hashable {
    var actor: String?
    var actorName: String?
    var role: String?
    var onBehalfOf: String?
    var channel: String?
    var batch: String?
    var reason: String?
    var causedBy: String?
    var correlation: String?
    var sopVersion: String?
  }

  /// Sendable, because its texts are changed only while one value alone refers to it (`unique`).
  private final class Box: @unchecked Sendable {
    var texts: Texts

    init(_ texts: Texts) { self.texts = texts }
  }

  /// `nil`: every text is absent.
  private var box: Box?

  public init() {}

  private var texts: Texts {
    _read { if let box { yield box.texts } else { yield Texts() } }
    _modify {
      let box = unique()
      yield &box.texts
    }
  }

  /// The box, which no other value refers to.
  private mutating func unique() -> Box {
    if isKnownUniquelyReferenced(&box), let box { return box }
    let copy = Box(box?.texts ?? Texts())
    box = copy
    return copy
  }

  public static func == (a: Circumstances, b: Circumstances) -> Bool { a.box === b.box || a.texts == b.texts }
  public func hash(into hasher: inout Hasher) { hasher.combine(texts) }
}

extension Circumstances {
  public var actor: String? {
    _read { yield texts.actor }
    _modify { yield &texts.actor }
  }
  /// The actor's name as it stood then; it outlives the account.
  public var actorName: String? {
    _read { yield texts.actorName }
    _modify { yield &texts.actorName }
  }
  public var role: String? {
    _read { yield texts.role }
    _modify { yield &texts.role }
  }
  public var onBehalfOf: String? {
    _read { yield texts.onBehalfOf }
    _modify { yield &texts.onBehalfOf }
  }
  /// `ui`, `cli`, `import`, `api` or `rule`.
  public var channel: String? {
    _read { yield texts.channel }
    _modify { yield &texts.channel }
  }
  public var batch: String? {
    _read { yield texts.batch }
    _modify { yield &texts.batch }
  }
  public var reason: String? {
    _read { yield texts.reason }
    _modify { yield &texts.reason }
  }
  /// The id of the event that led to this one.
  public var causedBy: String? {
    _read { yield texts.causedBy }
    _modify { yield &texts.causedBy }
  }
  public var correlation: String? {
    _read { yield texts.correlation }
    _modify { yield &texts.correlation }
  }
  public var sopVersion: String? {
    _read { yield texts.sopVersion }
    _modify { yield &texts.sopVersion }
  }
}

extension Circumstances {
  /// Bytes that one of these texts may have.
  public static let lengthLimit = 500

  /// Name in a line and place in the value, in the order of the names.
  public static let members: [(name: String, path: any WritableKeyPath<Circumstances, String?> & Sendable)] = [
    ("actor", \.actor), ("actorName", \.actorName), ("batch", \.batch), ("causedBy", \.causedBy),
    ("channel", \.channel), ("correlation", \.correlation), ("onBehalfOf", \.onBehalfOf), ("reason", \.reason),
    ("role", \.role), ("sopVersion", \.sopVersion),
  ]
}
