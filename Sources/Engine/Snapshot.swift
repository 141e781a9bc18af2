import Facts
import Projection
import Vocabulary
import Wire

/// The log as it stood at one moment, with everything that is derived from it: what all readers read from.
///
/// Facts, postings and the rule book are loaded when the first question needs them and kept. One thread at a time.
public final class Snapshot {
  public let catalogue: Catalogue
  public let projections: [AnyProjection]
  let source: any LineSource
  private let loadFacts: (Progress) throws -> FactsStore
  private var loadedFacts: FactsStore?
  private var loadedPostings: Postings?
  private var loadedRules: RuleBook?

  init(
    catalogue: Catalogue, projections: [AnyProjection], source: any LineSource,
    loadFacts: @escaping (Progress) throws -> FactsStore
  ) {
    self.catalogue = catalogue
    self.projections = projections
    self.source = source
    self.loadFacts = loadFacts
  }

  /// Events in the log.
  public var size: Int64 { source.size }

  func facts(_ progress: @escaping Progress = { _, _ in }) throws -> FactsStore {
    if let loadedFacts { return loadedFacts }
    let facts = try loadFacts(progress)
    loadedFacts = facts
    return facts
  }

  func postings() throws -> Postings {
    if let loadedPostings { return loadedPostings }
    let postings = Postings(try facts())
    loadedPostings = postings
    return postings
  }

  /// All rules: those shipped, and those that the log publishes.
  public func ruleBook() throws -> RuleBook {
    if let loadedRules { return loadedRules }
    var book = RuleBook(projections)
    for kind in book.kinds { try addPublished(kind, to: &book) }
    loadedRules = book
    return book
  }

  func projection(_ name: String) throws -> AnyProjection {
    guard let found = projections.first(where: { $0.name == name }) else {
      throw EngineError.unknownProjection(name, known: projections.map(\.name))
    }
    return found
  }

  private func addPublished(_ kind: String, to book: inout RuleBook) throws {
    let fields = projections.first { $0.ruleKind == kind }?.ruleFields ?? []
    guard try facts().table.find("rule:" + kind) != nil else { return }
    try history(of: "rule:" + kind) { stored in
      guard stored.event.type == "rule.published", let body = stored.event.data["body"]?.object else { return }
      do { try Field.check(body, against: fields, at: "body") } catch let error as EventError {
        throw EngineError.badRule(
          kind: kind, seq: stored.seq, message: Name(error.message(in: .en), error.message(in: .zh)))
      }
      let effective = stored.event.data["effectiveOn"]?.string.flatMap { Instant($0) } ?? stored.event.occurredAt
      let impact = stored.event.data["expectedImpact"]?.string ?? stored.event.about.reason ?? ""
      let rule = RuleVersion(
        stored.event.data.number("version"), effective: effective, why: Name(impact, impact), body)
      book.add(PublishedRule(kind: kind, rule: rule, seq: stored.seq))
    }
  }
}
