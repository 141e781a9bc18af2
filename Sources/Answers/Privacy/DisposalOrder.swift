import Engine
import Events
import Foundation
import Log
import Projection
import Vault
import Vocabulary
import Wire

/// What was asked to be disposed of, item by item: the list that another person decides about, and that is kept for ever.
///
/// It lies in `certificates/` under its hash, which the request, the decision and `retention.disposed` rest on. It names
/// accounts, keys and days, and nothing personal.
public struct DisposalOrder {
  public let id: String
  public let items: [(account: String, owners: Set<KeyOwner>)]
  public let recordClass: String
  private let bytes: [UInt8]
  private let hash: String

  /// Lists with more bytes are none of ours.
  static let byteLimit = 64 << 20

  /// - Throws: `E-DISPOSE-NONE` where nothing may go, `E-DISPOSE-LIMIT` for more than `Disposal.itemLimit` items.
  public init(_ disposal: Disposal, of recordClass: String, accounts: [String]) throws {
    let items = disposal.items.filter {
      $0.isDue && $0.recordClass == recordClass && (accounts.isEmpty || accounts.contains($0.account))
    }
    for account in accounts where !items.contains(where: { $0.account == account }) {
      throw Trouble.notDue(account, disposal.items.first { $0.account == account && $0.recordClass == recordClass })
    }
    guard !items.isEmpty else { throw Trouble.nothingDue(recordClass) }
    guard items.count <= Disposal.itemLimit else { throw Trouble.tooManyDue(items.count) }
    let list: JSON = [
      "kind": "keshi/disposal-list/1", "log": .string(disposal.log), "class": .string(recordClass),
      "rule": .string(disposal.rule), "items": .array(items.map(\.json)),
    ]
    try self.init(Array((list.canonical + "\n").utf8))
  }

  /// Reads a list that was kept.
  ///
  /// - Throws: `E-DISPOSE-LIST` where there is none of that name, or it is not as it was written.
  public init(_ id: String, in store: Store) throws {
    let path = DisposalOrder.path(of: id, in: store)
    guard DisposalOrder.isName(id), let bytes = try? OutsideFile.read(path, limit: DisposalOrder.byteLimit),
      let order = try? DisposalOrder(bytes), order.id == id
    else { throw Trouble.noList(id, path) }
    self = order
  }

  private init(_ bytes: [UInt8]) throws {
    guard let list = try JSON(parsing: Array(bytes.dropLast())).object, let recordClass = list["class"]?.string else {
      throw EventError(.missing, at: "class")
    }
    (self.bytes, self.recordClass) = (bytes, recordClass)
    items = (list["items"]?.array ?? []).compactMap { item in
      guard let item = item.object, let account = item["subject"]?.string else { return nil }
      return (account, Set((item["keys"]?.array ?? []).compactMap { KeyOwner($0) }))
    }
    hash = bytes.sha256Text
    id = "disposal-" + hash.prefix(16)
  }

  private static func isName(_ id: String) -> Bool {
    id.hasPrefix("disposal-") && id.dropFirst("disposal-".count).allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  private static func path(of id: String, in store: Store) -> String { "\(store.folder.certificates)/\(id).json" }
}

extension DisposalOrder {
  /// What will be recorded when it is done, without who does it.
  private func disposed(at now: Instant) throws -> Event {
    guard let archive = Subject(kind: .archive, id: id) else { throw EventError(.badSubject(id), at: "subject") }
    return Event(
      Access.retentionDisposed, archive, at: now,
      [
        "class": .string(recordClass), "subjects": .array(items.map { .string($0.account) }),
        "method": .string(Access.Disposal.keyDestroy.word.text), "listHash": .string(hash),
      ])
  }

  /// Keeps the list and asks for a decision about it. Gives the number of the request.
  public func ask(_ about: Circumstances, at now: Instant, in store: Store) throws -> Int64 {
    guard let approval = Subject(kind: .approval, id: id) else { throw EventError(.badSubject(id), at: "subject") }
    var event = Event(
      Approval.requested, approval, at: now,
      [
        "about": .string("archive:" + id), "eventType": .string(Access.retentionDisposed.declaration.name),
        "contentHash": .string(RuleHash.of(try disposed(at: now).data)),
      ])
    (event.id, event.about) = (requestID, about)
    try FileManager.default.createDirectory(atPath: store.folder.certificates, withIntermediateDirectories: true)
    try OutsideFile.write(bytes, to: DisposalOrder.path(of: id, in: store))
    let result = try store.perform(Command([event]), guards: Guards.all)
    return result.receipts.first.map { Int64($0.seq) } ?? -1
  }

  private var requestID: String { id + ":requested" }

  /// Destroys what the list names, after the decision of another person, and records that it did.
  ///
  /// Guards are asked before anything is destroyed. What a crash interrupts is completed by the same call.
  ///
  /// - Throws: `Refusal` of a guard: no decision, a legal hold; `E-DISPOSE-CHANGED` where an item is not due any more.
  public func execute(_ about: Circumstances, at now: Instant, in store: Store) throws -> DisposalOutcome {
    var event = try disposed(at: now)
    event.about = about
    event.data["approval"] = .string(id)
    event.id = id + ":disposed"
    _ = try store.perform(Command([event]), guards: Guards.all, rehearse: true)
    try checkStillDue(at: now, in: store)
    var outcome = DisposalOutcome(id: id)
    for item in items {
      switch try store.erase(item.owners, of: item.account, about: about) {
      case .nothing: continue
      case .done(let certificate): outcome.add(certificate)
      }
    }
    outcome.event = try store.perform(Command([event]), guards: Guards.all).receipts.first.map { Int64($0.seq) }
    outcome.list = DisposalOrder.path(of: id, in: store)
    return outcome
  }

  /// Somebody may have called a customer since, or placed a hold: what is not due now does not go.
  private func checkStillDue(at now: Instant, in store: Store) throws {
    let due = Dictionary(try Disposal(of: recordClass, in: store, at: now).items.map { ($0.account, $0) }) { first, _ in first }
    let snapshot = try store.snapshot()
    let here = try snapshot.keyOwners()
    for item in items {
      guard let still = due[item.account] else {
        // Its keys are gone: what an earlier call destroyed. Anything else is not due.
        if try snapshot.personalUses(of: item.account, among: here).keys.contains(where: item.owners.contains) {
          throw Trouble.notDue(item.account, nil)
        }
        continue
      }
      guard still.isDue, still.owners.isSubset(of: item.owners) else { throw Trouble.notDue(item.account, still) }
    }
  }
}

/// What a disposal came to.
public struct DisposalOutcome {
  public let id: String
  public fileprivate(set) var event: Int64?
  public fileprivate(set) var subjects = 0
  public fileprivate(set) var keys = 0
  public fileprivate(set) var records = 0
  public fileprivate(set) var list = ""

  fileprivate init(id: String) { self.id = id }

  fileprivate mutating func add(_ certificate: Certificate) {
    subjects += 1
    keys += certificate.keys.count
    records += certificate.records
  }

  public static let columns = [
    Column("id", .text, "Disposal", "处置"), Column("event", .position, "Event", "事件"), Column("subjects", .integer, "Subjects", "对象数"),
    Column("keys", .integer, "Keys destroyed", "销毁的密钥"), Column("records", .integer, "Values removed from events", "移除内容的事件数"),
    Column("list", .text, "List", "处置清单"),
  ]
  public var row: [Cell] {
    [.text(id), Cell(event), .integer(Int64(subjects)), .integer(Int64(keys)), .integer(Int64(records)), .text(list)]
  }
}

extension Disposal.Item {
  fileprivate var json: JSON {
    [
      "subject": .string(account), "over": .string(over.description), "events": .int(Int64(events)),
      "others": .int(Int64(others)),
      "keys": .array(
        owners.sorted { ($0.subject, $0.category.rawValue) < ($1.subject, $1.category.rawValue) }.map {
          ["subject": .string($0.subject), "category": .string($0.category.word.text)]
        }),
    ]
  }
}

extension KeyOwner {
  fileprivate init?(_ json: JSON) {
    guard let object = json.object, let subject = object["subject"]?.string,
      let category = PersonalCategory.allCases.first(where: { $0.word.text == object["category"]?.string })
    else { return nil }
    self.init(subject: subject, category: category)
  }
}
