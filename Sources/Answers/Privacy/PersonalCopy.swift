import Engine
import Events
import Log
import Projection
import Vocabulary
import Wire

/// What a person has a right to see (PIPL article 45, GDPR article 15): every value that we hold about them, what they
/// allowed and asked, who looked, how long we keep it, and what stays when it is erased.
public struct PersonalCopy {
  public struct Item {
    public let stored: StoredEvent
    public let declaration: Declaration
    /// The personal fields that the line commits to.
    public let fields: [Field]
  }
  /// By its whole name.
  public let subject: String
  public let account: String?
  /// Whose values alone are in it; `nil`: everybody's at the subject.
  public let person: String?
  public let items: [Item]
  /// Events with personal values that nobody can read any more, and that may or may not be about the person.
  public let unreadable: Int
  public let looks: [StoredEvent]
  public let log: String
  public let asOf: Instant
  private let consents: ModelTable
  private let retention: ModelTable

  /// - Parameters:
  ///   - person: a name, or the number of a contact. Without one, everything that is held at the subject: fit for a
  ///     person who is the customer, and not for one of several contacts, who must not see the others.
  /// - Throws: `EngineError.unknownSubject`; `E-PRIVACY-NONE` where nothing personal is held.
  public init(_ subject: String, person: String?, in store: Store) throws {
    let snapshot = try store.snapshot()
    let reach = try snapshot.reach(of: subject)
    (self.subject, account, self.person) = (reach.name, reach.account, person)
    var (items, looks, unreadable): ([Item], [StoredEvent], Int) = ([], [], 0)
    try snapshot.history(of: reach.name) { stored in
      if stored.event.type == Access.dataAccessed.declaration.name { return looks.append(stored) }
      guard let item = Item(stored) else { return }
      if let person, !item.concerns(person) {
        if !stored.withheld.isEmpty { unreadable += 1 }
      } else {
        items.append(item)
      }
    }
    guard !items.isEmpty else { throw Trouble.nothingPersonal(reach.name, person) }
    (self.items, self.looks, self.unreadable) = (items, looks, unreadable)
    log = store.log.manifest.origin
    asOf = try snapshot.businessTime(of: .present)
    consents = try ModelTable("privacy", of: reach.account, in: snapshot)
    retention = try ModelTable("retention", of: reach.account, in: snapshot)
  }
}

extension PersonalCopy.Item {
  fileprivate init?(_ stored: StoredEvent) {
    guard !stored.event.sealed.isEmpty, let declaration = Catalogue.keshi.entry(named: stored.event.type)?.declaration
    else { return nil }
    self.stored = stored
    self.declaration = declaration
    fields = declaration.fields.filter { stored.event.sealed[$0.name] != nil }
  }

  /// Whether a personal value names the person, or the event names their number as a contact.
  fileprivate func concerns(_ person: String) -> Bool {
    stored.event.data["contact"]?.string == person
      || fields.contains { stored.event.data[$0.name].map { $0.mentions(person) } ?? false }
  }
}

extension JSON {
  fileprivate func mentions(_ text: String) -> Bool {
    switch self {
    case .string(let own): own.contains(text)
    case .array(let items): items.contains { $0.mentions(text) }
    case .object(let object): object.members.contains { $0.value.mentions(text) }
    default: false
    }
  }
}

// As files and tables.
extension PersonalCopy {
  public static let columns = [
    Column("event", .position, "Event", "事件"), Column("occurredAt", .instant, "When", "时间"),
    Column("type", .text, "What happened", "事件类型"), Column("field", .text, "What is held", "信息项"),
    Column("category", .text, "Category", "类别"), Column("value", .text, "Value", "内容"),
  ]

  public func rows(in language: Language) -> [[Cell]] {
    let texts = FieldText(language)
    return items.flatMap { item in
      item.fields.map { field in
        let value = item.stored.event.data[field.name].map { texts.text($0, as: field.kind) }
        let why = item.stored.withheld[field.name].map { "[" + $0.explanation[language] + "]" }
        return [
          .integer(item.stored.seq), .instant(item.stored.event.occurredAt), .text(item.declaration.title[language]),
          .text(field.title[language]), Cell(field.category?.word.title[language]), Cell(value ?? why),
        ]
      }
    }
  }

  public var consentTable: (columns: [Column], rows: [[Cell]]) { (consents.columns, consents.rows) }
  public var retentionTable: (columns: [Column], rows: [[Cell]]) { (retention.columns, retention.rows) }

  public static let lookColumns = [
    Column("event", .position, "Event", "事件"), Column("at", .instant, "When", "时间"), Column("who", .text, "Who", "何人"),
    Column("way", .text, "Way", "方式"), Column("where", .text, "Where to", "去向"),
  ]

  public func lookRows(in language: Language) -> [[Cell]] {
    looks.map { look in
      let way = Access.Way.allCases.first { $0.word.text == look.event.data["kind"]?.string }
      return [
        .integer(look.seq), .instant(look.event.occurredAt), Cell(look.event.about.actorName ?? look.event.about.actor),
        Cell(way?.word.title[language]), Cell(look.event.data["destination"]?.string),
      ]
    }
  }

  /// For programs (portability, PIPL article 45(3), GDPR article 20).
  public var json: JSON {
    .object([
      "kind": "keshi/personal-copy/1", "log": .string(log), "subject": .string(subject), "asOf": .string(asOf.description),
      "items": .array(
        items.map { item in
          let event = item.stored.event
          let values = item.fields.map { field in (field.name, item.stored.shownData[field.name] ?? .null) }
          return [
            "event": .int(item.stored.seq), "occurredAt": .string(event.occurredAt.description), "type": .string(event.type),
            "subject": .string(event.subject.description), "values": .object(JSONObject(values)),
          ]
        }),
    ])
  }

  /// What a person should know of it, and what stays when it is erased.
  public static let remarks: [Name] = [
    Name(
      "You may ask us to correct what is wrong, to restrict its use, to erase it, or to hand it to somebody else.",
      "您有权要求更正有误的信息、限制处理、删除，或将其转移给他人。"),
    Name(
      "Correction: the wrong event stays, the right one stands beside it, and every answer uses the right one.",
      "更正：有误的事件保留，正确内容并列入账，此后一切查询以正确内容为准。"),
    Name(
      "After an erasure these stay: that something happened and when, what is not personal, and a sum from which your values cannot be found again, because the salt is destroyed with the key.",
      "删除之后仍保留：某事曾发生及其时间、非个人信息，以及无法还原您信息的校验值（其盐值随密钥一并销毁）。"),
    Name(
      "An erasure cannot reach copies that were given out before: exports, prints, backups of the keys.",
      "删除无法触及此前已交出的副本：导出文件、打印件、密钥备份。"),
    Name(
      "A legal hold, or a time for which the law demands that records be kept, may stand against an erasure; then we say so.",
      "法律保全或法定保存期限可能使删除暂不可行；届时我们会说明。"),
  ]
}

extension PersonalCopy {
  /// The copy with pages made of it.
  public func package(with papers: [PackedFile]) throws -> Package {
    try Package(papers + [PackedFile("personal.json", json: json)])
  }

  /// The event that says that the copy was handed out; recorded before the file is written.
  public func taken(_ package: Package, at now: Instant, to destination: String) throws -> Event {
    guard let id = Subject(kind: .access, id: "copy-\(package.manifest.hash.prefix(16))-\(now.microseconds)") else {
      throw EventError(.badSubject(subject), at: "subject")
    }
    var data: JSONObject = [
      "kind": .string(Access.Way.export.word.text), "query": .string("privacy package " + subject), "subjects": 1,
      "rows": .int(Int64(items.count)), "maxClass": .string(Access.Grade.sensitive.word.text),
      "destination": .string(String(destination.prefix(100))), "hash": .string(package.manifest.hash),
    ]
    if let account, let customer = Subject(account), customer.kind == EntityKind.customer.word { data["customer"] = .string(customer.id) }
    return Event(Access.dataAccessed, id, at: now, data)
  }

  /// The event that says that a person's request was answered by this copy.
  ///
  /// - Throws: `E-PRIVACY-REQUEST` where the number is not that of such a request about the same customer.
  public func fulfilled(_ request: Int64, _ package: Package, at now: Instant, in snapshot: Snapshot) throws -> Event {
    guard let asked = try snapshot.event(at: request)?.event, asked.type == Privacy.requested.declaration.name,
      try snapshot.reach(of: asked.subject.description).account == account
    else { throw Trouble.noRequest(request, subject) }
    var event = Event(
      Privacy.fulfilled, asked.subject, at: now,
      [
        "request": .int(request), "decision": .string(Privacy.Decision.done.word.text),
        "packageHash": .string(package.manifest.hash),
      ])
    event.data["customer"] = asked.data["customer"]
    return event
  }
}

extension Trouble {
  fileprivate static func nothingPersonal(_ subject: String, _ person: String?) -> Trouble {
    let what = person.map { person in
      Name("nothing personal about \"\(person)\" is held at \(subject)", "在 \(subject) 名下未保存关于“\(person)”的个人信息")
    }
    return Trouble(
      .absent, "E-PRIVACY-NONE", what ?? Name("nothing personal is held at \(subject)", "在 \(subject) 名下未保存任何个人信息"),
      unharmed: Unharmed.everything,
      remedy: Name("check the spelling of the name, or leave --person out", "请核对姓名写法，或不给 --person"))
  }

  fileprivate static func noRequest(_ seq: Int64, _ subject: String) -> Trouble {
    Trouble(
      .unknownName, "E-PRIVACY-REQUEST",
      Name("event \(seq) is no request of a person at \(subject)", "事件 \(seq) 不是 \(subject) 名下的行权申请"),
      unharmed: Unharmed.everything,
      remedy: Name("`keshi history \(subject)` shows the requests", "用 `keshi history \(subject)` 查看申请"))
  }
}
