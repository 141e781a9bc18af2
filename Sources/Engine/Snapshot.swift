import Facts
import Projection
import Vault
import Vocabulary
import Wire

/// The log as it stood at one moment, with everything that is derived from it: what all readers read from.
///
/// Facts, postings and the rule book are loaded when the first question needs them and kept. One thread at a time.
public final class Snapshot {
  public let catalogue: Catalogue
  public let projections: [AnyProjection]
  /// Every kind of rule, also those by which no projection judges.
  public let ruleKinds: [RuleKind]
  let source: any LineSource
  /// Where timeline packs lie; `nil` where there are none.
  private let timeline: String?
  private var loadedTimeline: TimelineStore?
  private let makeFacts: (_ fresh: Bool, Progress) throws -> FactsStore
  private var loadedFacts: FactsStore?
  private var loadedPostings: Postings?
  private var loadedTable: SubjectTable?
  private var loadedRules: RuleBook?
  /// Opens personal values; `nil` where no keys are at hand.
  let sealing: Sealing?
  /// Categories of personal values that are shown; see `showing(only:)`.
  var visible = Set(PersonalCategory.allCases)
  /// Categories of which values were shown.
  var shown: Set<PersonalCategory> = []
  private var loadedPrivacy: PrivacyBook?
  private var loadedCorrections: Corrections?
  /// The latest business time before the position that was asked for last.
  private var knownLatest: (position: Int64, latest: Instant?)?

  init(
    catalogue: Catalogue, projections: [AnyProjection], source: any LineSource, timeline: String? = nil,
    sealing: Sealing? = nil, ruleKinds: [RuleKind]? = nil, loadFacts: @escaping (_ fresh: Bool, Progress) throws -> FactsStore
  ) {
    self.timeline = timeline
    self.sealing = sealing
    self.catalogue = catalogue
    self.projections = projections
    self.ruleKinds = ruleKinds ?? projections.compactMap(\.rules)
    self.source = source
    makeFacts = loadFacts
  }

  /// Events in the log.
  public var size: Int64 { source.size }

  func facts(_ progress: @escaping Progress = { _, _ in }) throws -> FactsStore {
    if let loadedFacts { return loadedFacts }
    let facts = try makeFacts(false, progress)
    loadedFacts = facts
    return facts
  }

  /// Loads the facts now, or derives them, rather than with the first question.
  public func loadFacts(_ progress: @escaping Progress = { _, _ in }) throws { _ = try facts(progress) }

  /// Derives all facts anew from the lines, whatever derived files there are.
  public func deriveAnew(_ progress: @escaping Progress = { _, _ in }) throws {
    loadedFacts = try makeFacts(true, progress)
    (loadedPostings, loadedRules, loadedTable, loadedCorrections, knownLatest) = (nil, nil, nil, nil, nil)
    loadedPrivacy = nil
  }

  /// The subjects, to be found by name.
  func table() throws -> SubjectTable {
    if let loadedTable { return loadedTable }
    let table = try facts().lookupTable
    loadedTable = table
    return table
  }

  func corrections() throws -> Corrections {
    if let loadedCorrections { return loadedCorrections }
    let corrections = try Corrections(
      try facts(), table: { try self.table() }, source: source, catalogue: catalogue)
    loadedCorrections = corrections
    return corrections
  }

  /// The latest business time of the events before `position`, remembered for the next question.
  func latest(before position: Int64) throws -> Instant? {
    if let knownLatest, knownLatest.position == position { return knownLatest.latest }
    let latest = try facts().latest(before: position)
    knownLatest = (position, latest)
    return latest
  }

  func timelineStore() throws -> TimelineStore? {
    if loadedTimeline == nil, let timeline {
      loadedTimeline = TimelineStore(directory: timeline, fingerprint: try facts().fingerprint)
    }
    return loadedTimeline
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
    var book = RuleBook(kinds: ruleKinds)
    for kind in ruleKinds where try table().find("rule:" + kind.name) != nil {
      try history(of: "rule:" + kind.name) { book.take($0, kind) }
    }
    loadedRules = book
    return book
  }

  /// What the log says of erasures and legal holds.
  public func privacyBook() throws -> PrivacyBook {
    if let loadedPrivacy { return loadedPrivacy }
    var book = PrivacyBook()
    try source.forEachLine(at: try facts().positions(of: PrivacyBook.types)) { seq, line in
      book.add(try StoredEvent(seq: seq, line: line, catalogue: catalogue).event, seq: seq)
    }
    loadedPrivacy = book
    return book
  }

  /// The read model of that name. Throws `EngineError.unknownProjection` with the names that there are.
  public func projection(_ name: String) throws -> AnyProjection {
    guard let found = projections.first(where: { $0.name == name }) else {
      throw EngineError.unknownProjection(name, known: projections.map(\.name))
    }
    return found
  }
}
