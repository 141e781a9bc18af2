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
  private(set) var source: any LineSource
  /// What was recorded since the facts were loaded; `nil`: nothing.
  private(set) var tail: Tail?
  /// Lines by account; `nil` where there are no packs of them.
  let timeline: TimelineStore?
  private var makeFacts: (_ fresh: Bool, Progress) throws -> FactsStore
  private var loadedFacts: FactsStore?
  private var loadedPostings: Postings?
  private var loadedTable: SubjectTable?
  private var loadedRules: RuleBook?
  /// By the labels and hashes of the rule and of those beside it.
  private var joinedRules: [[String]: PublishedRule] = [:]
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
  /// The same for all that the facts cover.
  private var baseLatest: (size: Int64, latest: Instant?)?

  init(
    catalogue: Catalogue, projections: [AnyProjection], source: any LineSource, timeline: TimelineStore? = nil,
    sealing: Sealing? = nil, ruleKinds: [RuleKind]? = nil, loadFacts: @escaping (_ fresh: Bool, Progress) throws -> FactsStore
  ) {
    self.timeline = timeline
    self.sealing = sealing
    self.catalogue = catalogue
    self.projections = projections
    self.ruleKinds = ruleKinds ?? projections.ruleKinds
    self.source = source
    makeFacts = loadFacts
  }

  /// Events in the log.
  public var size: Int64 { source.size }

  /// The facts of the whole log as it stands.
  func facts(_ progress: @escaping Progress = { _, _ in }) throws -> FactsStore {
    if let loadedFacts, tail == nil { return loadedFacts }
    let facts = try makeFacts(false, progress)
    forgetLoaded()
    loadedFacts = facts
    return facts
  }

  /// The facts behind which `tail` goes on: enough for single subjects.
  func base() throws -> FactsStore { try loadedFacts ?? facts() }

  /// Loads the facts now, or derives them, rather than with the first question.
  public func loadFacts(_ progress: @escaping Progress = { _, _ in }) throws { _ = try facts(progress) }

  /// Derives all facts anew from the lines, whatever derived files there are.
  public func deriveAnew(_ progress: @escaping Progress = { _, _ in }) throws {
    let facts = try makeFacts(true, progress)
    forgetLoaded()
    loadedFacts = facts
  }

  private func forgetLoaded() {
    (loadedPostings, loadedRules, loadedTable, loadedCorrections, knownLatest) = (nil, nil, nil, nil, nil)
    (loadedPrivacy, tail, baseLatest) = (nil, nil, nil)
  }

  func forgetRules() { (loadedRules, joinedRules) = (nil, [:]) }

  /// A rule with others beside it. The hash of what comes of it is remembered: a page asks for the same again and again.
  func joined(_ rule: PublishedRule, _ others: [PublishedRule]) -> PublishedRule {
    let key = ([rule] + others).map { $0.label + " " + $0.hash }
    if let known = joinedRules[key] { return known }
    let joined = rule.joined(by: others)
    joinedRules[key] = joined
    return joined
  }
  func forgetPrivacy() { loadedPrivacy = nil }

  func adopt(
    _ source: any LineSource, _ tail: Tail, _ makeFacts: @escaping (_ fresh: Bool, Progress) throws -> FactsStore
  ) {
    (self.source, self.tail, self.makeFacts) = (source, tail, makeFacts)
  }

  /// Whether both answer from the same loaded facts.
  public func sharesFacts(with other: Snapshot) -> Bool { loadedFacts != nil && loadedFacts === other.loadedFacts }

  func share(_ known: SharedFacts) { (loadedFacts, loadedPostings) = (known.facts, known.postings) }

  /// Another snapshot of the same moment, for another thread: what is loaded is shared.
  public func copy() throws -> Snapshot {
    let copy = Snapshot(
      catalogue: catalogue, projections: projections, source: source, timeline: timeline, sealing: sealing, ruleKinds: ruleKinds,
      loadFacts: makeFacts)
    copy.loadedFacts = try base()
    copy.loadedPostings = try postings()
    copy.loadedTable = try table()
    copy.loadedCorrections = try corrections()
    (copy.loadedRules, copy.loadedPrivacy, copy.tail) = (loadedRules, loadedPrivacy, tail)
    copy.joinedRules = joinedRules
    (copy.knownLatest, copy.baseLatest) = (knownLatest, baseLatest)
    return copy
  }

  /// The subjects, to be found by name.
  func table() throws -> SubjectTable {
    if let loadedTable { return loadedTable }
    let table = try base().lookupTable
    loadedTable = table
    return table
  }

  func corrections() throws -> Corrections {
    if let loadedCorrections { return loadedCorrections }
    let corrections = try Corrections(
      try base(), table: { try self.table() }, source: source, catalogue: catalogue)
    loadedCorrections = corrections
    return corrections
  }

  /// The latest business time of the events before `position`, remembered for the next question.
  func latest(before position: Int64) throws -> Instant? {
    if let knownLatest, knownLatest.position == position { return knownLatest.latest }
    let latest = try latestOfAll(before: position)
    knownLatest = (position, latest)
    return latest
  }

  private func latestOfAll(before position: Int64) throws -> Instant? {
    let base = try base()
    guard let tail, position > base.size else { return base.latest(before: position) }
    if baseLatest?.size != base.size { baseLatest = (base.size, base.latest(before: base.size)) }
    return [baseLatest?.latest, tail.latest(before: position)].compactMap { $0 }.max()
  }

  func postings() throws -> Postings {
    if let loadedPostings { return loadedPostings }
    let postings = Postings(try base())
    loadedPostings = postings
    return postings
  }

  /// All rules: those shipped, and those that the log publishes.
  public func ruleBook() throws -> RuleBook {
    if let loadedRules { return loadedRules }
    var book = RuleBook(kinds: ruleKinds)
    let kinds = Dictionary(ruleKinds.map { ("rule:" + $0.name, $0) }) { first, _ in first }
    try forEachEvent(ofRare: RuleBook.types) { stored in
      if let kind = kinds[stored.event.subject.description] { book.take(stored, kind) }
    }
    loadedRules = book
    return book
  }

  /// What the log says of erasures and legal holds.
  public func privacyBook() throws -> PrivacyBook {
    if let loadedPrivacy { return loadedPrivacy }
    var book = PrivacyBook()
    try forEachEvent(ofRare: PrivacyBook.types) { book.add($0.event, seq: $0.seq) }
    loadedPrivacy = book
    return book
  }

  /// The events of types that are few, in the log's order: found by their types, so that no name is looked up.
  private func forEachEvent(ofRare types: Set<TypeCode>, _ body: (StoredEvent) -> Void) throws {
    let recent = types.flatMap { tail?.positions(of: $0) ?? [] }.sorted()
    try source.forEachLine(at: try base().positions(of: types) + recent) { seq, line in
      if !line.isRedaction { body(try StoredEvent(seq: seq, line: line, catalogue: catalogue)) }
    }
  }

  /// The read model of that name. Throws `EngineError.unknownProjection` with the names that there are.
  public func projection(_ name: String) throws -> AnyProjection {
    guard let found = projections.first(where: { $0.name == name }) else {
      throw EngineError.unknownProjection(name, known: projections.map(\.name))
    }
    return found
  }
}
