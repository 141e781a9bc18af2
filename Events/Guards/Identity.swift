public import Vocabulary
import Wire

// Ids name one thing for ever.

/// What opens a subject is recorded once: an id is never used again.
public enum OnceOnly: Guard {
  public static let id = "id-reused"
  public static let title = Name("An id names one thing for ever; nothing is opened twice.", "编号永远只指一物，不得重复建立。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.opensSubject }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    // Also where that was retracted since: its history stays under the id.
    guard let first = try past.events(about: event.subject).first(where: { $0.type == event.type }) else { return [] }
    throw refusal(
      "\(event.subject) is there already", "\(event.subject) 已存在", because: [first],
      remedy: Name(
        "take an id that was never used; correct the old one with event.corrected",
        "请使用从未用过的编号；如需修改，请用 event.corrected 更正"))
  }
}

/// What an event is about, and what it names, must be known.
public enum Known: Guard {
  public static let id = "unknown-subject"
  public static let title = Name("What an event is about or names is known to the log.", "事件的主体及其引用的对象须为日志所知。")

  public static func concerns(_ declaration: Declaration) -> Bool { true }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    if !wish.declaration.opensSubject { try demand(event.subject, wish, past) }
    let others = wish.declaration.fields.flatMap { named(event.data[$0.name], $0.kind) }
    for subject in others where subject != event.subject { try demand(subject, wish, past) }
    return []
  }

  private static func demand(_ subject: Subject, _ wish: Wish, _ past: some Past) throws {
    let openers = wish.catalogue.entries.map(\.declaration).filter {
      $0.opensSubject && $0.subjects.contains { $0.word == subject.kind }
    }.map(\.name)
    guard !openers.isEmpty, try !past.knows(subject) else { return }
    let list = openers.joined(separator: ", ")
    throw refusal(
      "nothing is known of \(subject)", "日志中没有 \(subject)",
      remedy: Name("look at the id, or record \(list) first", "请核对编号，或先入账 \(list)"))
  }

  /// The subjects that a value names.
  private static func named(_ value: JSON?, _ kind: Field.Kind) -> [Subject] {
    guard let value else { return [] }
    switch kind {
    case .reference(let entity): return value.string.flatMap { Subject(kind: entity, id: $0) }.map { [$0] } ?? []
    case .subject: return value.string.flatMap { Subject($0) }.map { [$0] } ?? []
    case .list(let item, _): return (value.array ?? []).flatMap { named($0, item) }
    case .record(let fields): return fields.flatMap { named(value.object?[$0.name], $0.kind) }
    case .text, .integer, .currency, .decimal, .day, .instant, .flag, .code, .hash, .body: return []
    }
  }
}

/// A customer that was merged into another has an end.
public enum NotMerged: Guard {
  public static let id = "merged"
  public static let title = Name(
    "Nothing is recorded for a customer that was merged into another, but what corrects, protects or erases.",
    "客户被合并后不再入账，更正、保护与删除除外。")

  /// What law or care may still demand of the old record.
  private static let allowed = [
    "event.", "privacy.", "erasure.", "hold.", "consent.", "retention.", "data.", "approval.",
  ]

  public static func concerns(_ declaration: Declaration) -> Bool {
    guard !allowed.contains(where: { declaration.name.hasPrefix($0) }) else { return false }
    return declaration.subjects.contains(.customer) || declaration.fields.contains { references($0) }
  }

  private static func references(_ field: Field) -> Bool {
    if case .reference(.customer) = field.kind { return true }
    return false
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let fields = wish.declaration.fields.filter(references)
    var customers = fields.compactMap { wish.event.reference($0.name, to: .customer) }
    if wish.event.subject.kind == EntityKind.customer.word { customers.append(wish.event.subject) }
    guard !customers.isEmpty else { return [] }
    if wish.event.type == "customer.merged", customers.count > 1, Set(customers).count == 1 {
      throw refusal(
        "a customer cannot be merged into itself", "客户不能与自身合并",
        remedy: Name("name the other record as absorbed", "请在 absorbed 中写另一份档案"))
    }
    for merge in try past.events(ofRareType: "customer.merged") {
      guard let absorbed = merge.reference("absorbed", to: .customer), customers.contains(absorbed),
        try past.standing(about: merge.subject).contains(where: { $0.seq == merge.seq })
      else { continue }
      throw refusal(
        "\(absorbed) was merged into \(merge.subject)", "\(absorbed) 已并入 \(merge.subject)", because: [merge],
        remedy: Name("record it for \(merge.subject)", "请记录到 \(merge.subject)"))
    }
    return []
  }
}
