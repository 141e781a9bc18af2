import CompanyRules
import Engine
import Log
import Projection
import Vault
import Vocabulary
import Wire

/// Personal values whose time is over: which may go, and the list by which they went.
///
/// What is disposed of are the keys that open the values, and the values beside the log. Lines stay, because every line
/// is evidence; a class that says `drop-segment` is therefore not disposed of here.
public struct Disposal {
  /// A class of records of one account, as the read model `retention` has it.
  public struct Item: Hashable, Sendable {
    public let account: String
    public let recordClass: String
    public let over: Day
    public let holds: Int
    /// The keys that open values of the class, and are still here.
    public let owners: Set<KeyOwner>
    /// Events of the class with values under these keys.
    public let events: Int
    /// Events that no class names, whose values go with them, because the same keys open them.
    public let others: Int
    /// A class whose time is not over, and whose values the same keys open: nothing may go.
    public let keptFor: String?

    public var isDue: Bool { holds == 0 && keptFor == nil }
    var name: String { account + "/" + recordClass }
  }

  /// Rows that one disposal may name; more take another.
  public static let itemLimit = 1_000

  public let items: [Item]
  public let rule: String
  let log: String

  /// What is over at `now`, of one class or of all.
  ///
  /// - Throws: `E-DISPOSE-CLASS` for a class that the rule in force does not have, or that says `drop-segment`.
  public init(of recordClass: String? = nil, in store: Store, at now: Instant) throws {
    let snapshot = try store.snapshot()
    var view = View.present
    view.asOf = now
    let published = try snapshot.ruleBook(view).inForce("retention", at: now)
    let rules = RetentionRules(published.rule.body)
    let classes = rules.classes.filter { $0.then != .dropSegment && (recordClass == nil || $0.id == recordClass) }
    if let recordClass, classes.isEmpty { throw Trouble.noClass(recordClass, rules.classes.map(\.id)) }
    var standing = Standing(rules, try snapshot.projection("retention").columns.map(\.name))
    try store.rows(of: "retention", view: view) { standing.add($0) }
    let here = try snapshot.keyOwners()
    // An account may be over in several classes; its history is read once.
    var known: [String: [KeyOwner: [String: Int]]] = [:]
    var items: [Item] = []
    for one in classes {
      for (account, row) in standing.rows(of: one.id, on: now.day) {
        let uses = try known[account] ?? snapshot.personalUses(of: account, among: here)
        known[account] = uses
        if let item = standing.item(account, one, row, uses, on: now.day) { items.append(item) }
      }
    }
    self.items = items.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    rule = published.label
    log = store.log.manifest.origin
  }

  public static let columns = [
    Column("subject", .text, "Whose records", "涉及对象"), Column("class", .text, "Class", "保管类别"),
    Column("over", .day, "Over since", "期满日期"), Column("keys", .integer, "Keys", "密钥数"),
    Column("events", .integer, "Events of the class", "本类事件数"), Column("others", .integer, "Other events under the keys", "同密钥的其他事件数"),
    Column("holds", .integer, "Legal holds", "法律保全数"), Column("keptFor", .text, "Kept for", "因该类别保留"),
    Column("due", .flag, "May go", "可处置"),
  ]

  public var rows: [[Cell]] {
    items.map { item in
      [
        .text(item.account), .text(item.recordClass), .day(item.over), .integer(Int64(item.owners.count)),
        .integer(Int64(item.events)), .integer(Int64(item.others)), .integer(Int64(item.holds)), Cell(item.keptFor),
        .flag(item.isDue),
      ]
    }
  }
}

/// The rows of the read model by account, and what the rule says of types.
private struct Standing {
  struct Row {
    var over: Day?
    var holds = 0
  }
  private let rules: RetentionRules
  private let columns: [String]
  private var found: [String: [String: Row]] = [:]

  /// - Parameter columns: the names of the read model's columns.
  init(_ rules: RetentionRules, _ columns: [String]) { (self.rules, self.columns) = (rules, columns) }

  mutating func add(_ line: ModelLine) {
    guard let slash = line.subject.lastIndex(of: "/") else { return }
    func value(_ name: String) -> Value { columns.firstIndex(of: name).map { line.values[$0] } ?? .null }
    var row = Row()
    if case .day(let day) = value("disposableOn") { row.over = day }
    if case .integer(let holds) = value("holds") { row.holds = Int(holds) }
    found[String(line.subject[..<slash]), default: [:]][String(line.subject[line.subject.index(after: slash)...])] = row
  }

  func rows(of recordClass: String, on day: Day) -> [(account: String, row: Row)] {
    found.compactMap { account, rows in
      guard let row = rows[recordClass], let over = row.over, over <= day else { return nil }
      return (account, row)
    }
  }

  /// - Parameter uses: the types of the events whose values each key opens, and how many events.
  func item(
    _ account: String, _ one: RetentionRules.Class, _ row: Row, _ uses: [KeyOwner: [String: Int]], on day: Day
  ) -> Disposal.Item? {
    let own = uses.filter { _, types in types.keys.contains { rules.records($0)?.id == one.id } }
    guard !own.isEmpty, let over = row.over else { return nil }
    var (events, others, keptFor) = (0, 0, String?.none)
    for (type, count) in own.values.flatMap({ $0 }) {
      let other = rules.records(type)
      if other?.id == one.id { events += count } else { others += count }
      guard let other, other.id != one.id else { continue }
      let end = found[account]?[other.id]?.over
      if end.map({ $0 > day }) ?? true { keptFor = other.id }
    }
    return Disposal.Item(
      account: account, recordClass: one.id, over: over, holds: row.holds, owners: Set(own.keys), events: events,
      others: others, keptFor: keptFor)
  }
}
