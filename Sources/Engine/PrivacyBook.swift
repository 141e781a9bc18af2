import Events
import Facts
import Vault
import Vocabulary
import Wire

/// What the log says of erasures and legal holds, from its events alone.
public struct PrivacyBook: Sendable {
  /// Personal data that is gone.
  public struct Erasure: Hashable, Sendable {
    public let seq: Int64
    public let subject: String
    public let at: Instant
    public let level: Privacy.Level
    /// The keys that were destroyed, with their owners.
    public let keys: [KeyID: KeyOwner]
    public let request: Int64?
    /// The line that gave place to its hash.
    public let line: Int64?
  }

  /// Somebody asked for an erasure.
  public struct Request: Hashable, Sendable {
    public let seq: Int64
    public let subject: String
    public let actor: String?
    public let level: Privacy.Level
    public let line: Int64?
    public fileprivate(set) var approval: Int64?
    public fileprivate(set) var isDone = false
  }

  public struct Hold: Hashable, Sendable {
    public let seq: Int64
    public let subject: String
    public let at: Instant
    public let reason: String
    public let matter: String?
    public fileprivate(set) var isReleased = false
  }

  public private(set) var erasures: [Erasure] = []
  public private(set) var requests: [Request] = []
  public private(set) var holds: [Hold] = []
  /// Every key that an erasure names, and the erasure.
  public private(set) var destroyed: [KeyID: Int64] = [:]
  private var byOwner: [KeyOwner: [Int]] = [:]

  public init() {}

  /// The types that this book is made from.
  static let types: Set<TypeCode> = [
    TypeCode(Privacy.erasureRequested), TypeCode(Privacy.erasureApproved), TypeCode(Privacy.erasureExecuted),
    TypeCode(Privacy.holdPlaced), TypeCode(Privacy.holdReleased),
  ]
  /// Their names.
  static let typeNames: Set<String> = Set(
    [
      Privacy.erasureRequested, .erasureApproved, .erasureExecuted, .holdPlaced, .holdReleased,
    ].map { (type: Privacy) in type.declaration.name })

  /// Takes the next event; those of other types say nothing here.
  public mutating func add(_ event: Event, seq: Int64) {
    switch event.type {
    case "erasure.requested":
      requests.append(Request(
        seq: seq, subject: event.subject.description, actor: event.about.actor, level: event.level,
        line: event.data["line"]?.int))
    case "erasure.approved": approve(event, seq)
    case "erasure.executed": execute(event, seq)
    case "hold.placed":
      holds.append(Hold(
        seq: seq, subject: event.subject.description, at: event.occurredAt, reason: event.about.reason ?? "",
        matter: event.data["matter"]?.string))
    case "hold.released":
      if let place = holds.firstIndex(where: { $0.seq == event.data["hold"]?.int }) { holds[place].isReleased = true }
    default: break
    }
  }

  /// An approval counts only if somebody else gives it than asked.
  private mutating func approve(_ event: Event, _ seq: Int64) {
    guard let place = requests.firstIndex(where: { $0.seq == event.data["request"]?.int }),
      requests[place].subject == event.subject.description, let actor = event.about.actor, actor != requests[place].actor
    else { return }
    requests[place].approval = seq
  }

  private mutating func execute(_ event: Event, _ seq: Int64) {
    var keys: [KeyID: KeyOwner] = [:]
    for item in event.data["keys"]?.array ?? [] {
      guard let item = item.object, let id = item["key"]?.string.flatMap({ KeyID(hex: $0) }),
        let subject = item["subject"]?.string,
        let category = PersonalCategory.allCases.first(where: { $0.word.text == item["category"]?.string })
      else { continue }
      keys[id] = KeyOwner(subject: subject, category: category)
      destroyed[id] = seq
    }
    let request = event.data["request"]?.int
    for owner in Set(keys.values) { byOwner[owner, default: []].append(erasures.count) }
    erasures.append(Erasure(
      seq: seq, subject: event.subject.description, at: event.occurredAt, level: event.level, keys: keys,
      request: request, line: event.data["line"]?.int))
    if let place = requests.firstIndex(where: { $0.seq == request }) { requests[place].isDone = true }
  }

  /// The first erasure that reached the values which an owner had in the event `seq`.
  public func erasure(of owner: KeyOwner, before seq: Int64) -> Erasure? {
    byOwner[owner]?.first { erasures[$0].seq > seq }.map { erasures[$0] }
  }

  /// Holds that are in force on any of these subjects.
  public func holds(on subjects: Set<String>) -> [Hold] { holds.filter { !$0.isReleased && subjects.contains($0.subject) } }

  /// The request of a subject that nothing was done about yet.
  func openRequest(of subject: String, _ level: Privacy.Level, line: Int64? = nil) -> Request? {
    requests.last { $0.subject == subject && $0.level == level && $0.line == line && !$0.isDone }
  }
}

extension Event {
  fileprivate var level: Privacy.Level {
    Privacy.Level.allCases.first { $0.word.text == data["level"]?.string } ?? .keys
  }
}
