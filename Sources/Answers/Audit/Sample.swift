import Engine
import Events
import Projection
import Vocabulary
import Wire

/// From what a sample is drawn: events of a type or of a family, or rows of a read model; of these, those with given
/// values.
public struct Population: Equatable, Sendable {
  public enum Source: Equatable, Sendable {
    /// `contract.amended`, or `contract.` for all types that begin so.
    case events(String)
    case rows(String)
  }
  public let source: Source
  /// Field or column → the value as it is written.
  public let conditions: [String: String]
  /// As it was asked for.
  public let text: String

  /// - Parameters:
  ///   - text: `contract.amended`, `contract.`, `show:contracts`.
  ///   - conditions: `state=in-force`; all must hold.
  /// - Throws: `E-SAMPLE-POPULATION` for a type that there is not, or a condition that is none. A read model is looked for
  ///   when it is read.
  public init(_ text: String, where conditions: [String]) throws {
    var pairs: [String: String] = [:]
    for condition in conditions {
      guard let equals = condition.firstIndex(of: "="), equals != condition.startIndex else {
        throw Trouble.population(condition)
      }
      pairs[String(condition[..<equals])] = String(condition[condition.index(after: equals)...])
    }
    self.conditions = pairs
    self.text = ([text] + conditions).joined(separator: " ")
    if text.hasPrefix("show:") {
      source = .rows(String(text.dropFirst(5)))
    } else {
      let isKnown = Catalogue.keshi.entries.contains { Population.matches($0.declaration.name, text) }
      guard isKnown else { throw Trouble.population(text) }
      source = .events(text)
    }
  }

  static func matches(_ type: String, _ text: String) -> Bool { type == text || text.hasSuffix(".") && type.hasPrefix(text) }
}

/// A random sample that anybody can draw again: the `size` items of the population whose tickets are the smallest.
///
/// A ticket is SHA-256 over `keshi-sample/1`, 0x00, the seed in decimal digits, 0x00 and the item's name: an event's number,
/// a row's subject. So a sample depends on the seed and the population alone, not on an order; a larger one contains the
/// smaller; and a hash program checks it. (The idea of drawing by hashed names is that of R. L. Rivest, "Consistent
/// Sampling with Replacement", 2018; here without replacement.)
public struct Sample {
  public struct Item: Hashable, Sendable {
    /// What the ticket is drawn for.
    public let name: String
    public let ticket: String
    public let seq: Int64?
    public let subject: String
    /// The type of an event by its name.
    public let type: String?
    public let at: Instant?
  }
  public let population: Population
  public let seed: Int64
  /// How many items there were to draw from.
  public let count: Int
  /// By ticket, smallest first.
  public let items: [Item]

  /// What one `audit.performed` may name.
  public static let sizeMax = 1_000

  /// - Parameters:
  ///   - size: 1 to `sizeMax`; fewer are drawn where there are fewer.
  public init(of population: Population, size: Int, seed: Int64, view: View, in store: Store) throws {
    guard (1...Sample.sizeMax).contains(size) else { throw Trouble.sampleSize }
    (self.population, self.seed) = (population, seed)
    var draw = Draw(size: size, seed: seed)
    switch population.source {
    case .events(let type):
      _ = try store.snapshot().forEachEvent(view: view) { stored in
        guard Population.matches(stored.event.type, type), population.admits(stored.event.data) else { return }
        draw.take(
          String(stored.seq), seq: stored.seq, subject: stored.event.subject.description, type: stored.event.type,
          at: stored.event.occurredAt)
      }
    case .rows(let name):
      let answer = try ModelAnswer(name, view: view, of: store)
      try population.check(answer.columns)
      try answer.forEachRow { row in
        guard let subject = row.first?.plain, population.admits(row, answer.columns) else { return }
        draw.take(subject, seq: nil, subject: subject, type: nil, at: nil)
      }
    }
    (count, items) = (draw.count, draw.drawn)
  }

  /// What is drawn so far.
  private struct Draw {
    let size: Int
    let seed: Int64
    private(set) var count = 0
    private var best: [Item] = []

    init(size: Int, seed: Int64) { (self.size, self.seed) = (size, seed) }

    var drawn: [Item] { Array(best.sorted { ($0.ticket, $0.name) < ($1.ticket, $1.name) }.prefix(size)) }

    mutating func take(_ name: String, seq: Int64?, subject: String, type: String?, at: Instant?) {
      count += 1
      let ticket = Array("keshi-sample/1\0\(seed)\0\(name)".utf8).sha256Text
      best.append(Item(name: name, ticket: ticket, seq: seq, subject: subject, type: type, at: at))
      if best.count > 4 * size + 1_000 { best = drawn }
    }
  }
}

extension Population {
  fileprivate func admits(_ data: JSONObject) -> Bool { conditions.allSatisfy { data[$0.key]?.plainText == $0.value } }

  fileprivate func admits(_ row: [Cell], _ columns: [Column]) -> Bool {
    zip(columns, row).allSatisfy { column, cell in conditions[column.name].map { $0 == cell.plain } ?? true }
  }

  fileprivate func check(_ columns: [Column]) throws {
    for field in conditions.keys where !columns.contains(where: { $0.name == field }) { throw Trouble.population(field) }
  }
}

// As an answer, and as what an audit records.
extension Sample {
  public static let columns = [
    Column("draw", .integer, "Draw", "抽取次序"), Column("item", .text, "Item", "抽样项"), Column("subject", .text, "About", "主体"),
    Column("type", .text, "Event", "事件"), Column("occurredAt", .instant, "Occurred", "发生时间"),
    Column("ticket", .text, "Ticket", "抽签值"),
  ]

  public var rows: [[Cell]] {
    items.enumerated().map { place, item in
      [
        .integer(Int64(place + 1)), .text(item.name), .text(item.subject), Cell(item.type), Cell(item.at),
        .text(String(item.ticket.prefix(16))),
      ]
    }
  }

  /// What must stand beside a sample.
  public var remark: Name {
    Name(
      "\(items.count) of \(count) in the population \"\(population.text)\", seed \(seed)",
      "总体“\(population.text)”共 \(count) 项，抽取 \(items.count) 项，种子 \(seed)")
  }

  /// The audit that looked at the sample: seed, population and items as tick-marks.
  ///
  /// - Parameter audit: the id of the audit, with or without its kind.
  public func performed(_ audit: String, _ kind: Process.Audit, conclusion: String, at now: Instant) throws -> Event {
    let prefix = EntityKind.audit.word + ":"
    let id = audit.hasPrefix(prefix) ? String(audit.dropFirst(prefix.count)) : audit
    guard let subject = Subject(kind: .audit, id: id) else { throw EventError(.badSubject(audit), at: "subject") }
    return Event(
      Process.auditPerformed, subject, at: now,
      [
        "kind": .string(kind.word.text), "sampleSeed": .int(seed), "population": .int(Int64(count)),
        "items": .array(items.map { .string($0.name) }), "conclusion": .string(conclusion),
      ])
  }
}

extension Trouble {
  fileprivate static func population(_ text: String) -> Trouble {
    Trouble(
      .unknownName, "E-SAMPLE-POPULATION", Name("\"\(text)\" names no population", "“\(text)”不是总体"),
      unharmed: Unharmed.everything,
      remedy: Name(
        "name a type of event (contract.amended), a family (contract.) or a read model (show:contracts); conditions are field=value",
        "请指明事件类型（contract.amended）、类别（contract.）或读模型（show:contracts）；条件写作 字段=值"))
  }

  fileprivate static var sampleSize: Trouble {
    usage(
      Name("a sample has 1 to \(Sample.sizeMax) items", "样本为 1 至 \(Sample.sizeMax) 项"),
      remedy: Name("give another --size", "请另给 --size"))
  }
}
