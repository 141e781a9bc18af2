import Facts
import Foundation
import Log
import Projection
import Synchronization
import Vault
import Vocabulary
import Wire

/// A data folder: the log, what is derived from it, and the read models.
///
/// One process writes at a time; any number read. Opening for writing takes the log's lock and repairs what a crash
/// left behind; opening for reading changes nothing.
///
/// `@unchecked Sendable`: `past` is touched only in a command's turn; nothing else changes after opening.
public final class Store: @unchecked Sendable {
  public enum Access: Sendable {
    case read, write
  }

  public let folder: Folder
  public let catalogue: Catalogue
  public let projections: [AnyProjection]
  /// Every kind of rule, also those by which no projection judges.
  public let ruleKinds: [RuleKind]
  public let log: LogDirectory
  /// Puts personal values out of lines and opens them again; `nil` where personal values stay in the lines.
  public let sealing: Sealing?
  private let plans: LinePlans
  let clock: any LogClock
  /// See `typesToRead`.
  let needsEvent: [Bool]
  private let access: Access
  /// What readers of this store found to be unreadable.
  let losses = Losses()
  /// Appends go side by side; a command that decides goes alone.
  let turn = Turn()
  /// What commands have read; touched in the turn of one only.
  var past: LogPast?
  /// Lines by account, for all readers.
  let timeline: TimelineStore
  /// What readers of a store that stays open share.
  let shared = Mutex<SharedFacts?>(nil)

  private init(
    _ folder: Folder, _ catalogue: Catalogue, _ projections: [AnyProjection], _ ruleKinds: [RuleKind]?,
    _ plans: LinePlans, _ log: LogDirectory, _ clock: any LogClock, _ access: Access, _ sealing: Sealing?
  ) {
    (self.folder, self.catalogue, self.projections, self.plans) = (folder, catalogue, projections, plans)
    self.ruleKinds = ruleKinds ?? projections.ruleKinds
    (self.log, self.clock, self.access, self.sealing) = (log, clock, access, sealing)
    needsEvent = Store.typesToRead(catalogue)
    timeline = TimelineStore(directory: folder.timeline, fingerprint: FactsStore.fingerprint(plans, LogSource(log.reader)))
  }

  public var path: String { folder.path }
  /// Events in the log.
  public var head: LogHead { log.head }
  /// What opening for writing had to repair; `nil` for reading only.
  public var recovery: RecoveryReport? { log.recovery }
  /// Why a store that was to be opened for writing only reads.
  public var damage: Damage? { log.damage }

  /// Makes an empty log in a new data folder. Throws `LogError.exists` where there is one.
  public static func create(
    at path: String, origin: String, clock: any LogClock, random: inout some RandomNumberGenerator
  ) throws {
    let folder = Folder(path: path)
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try LogDirectory.create(on: PosixDisk(root: folder.log), origin: origin, clock: clock, random: &random)
  }

  /// Opens a data folder. Throws `LogError`: no log here, locked by another writer, unknown format, disk.
  ///
  /// - Parameter keys: where the keys of personal values are; without it they are stored in the lines, for ever.
  public static func open(
    at path: String, _ access: Access, catalogue: Catalogue, projections: [AnyProjection],
    ruleKinds: [RuleKind]? = nil, clock: any LogClock, options: LogOptions = LogOptions(),
    keys: KeyAccess? = nil
  ) throws -> Store {
    let folder = Folder(path: path)
    let plans = LinePlans(catalogue)
    let disk = PosixDisk(root: folder.log)
    var options = options
    if access == .write { options.index = FactsIndex(directory: folder.derived, plans: plans) }
    let log =
      access == .write
      ? try LogDirectory.open(on: disk, clock: clock, options: options)
      : try LogDirectory.openReadOnly(on: disk, options: options)
    let sealing = keys?.sealing(for: log, clock: clock)
    let store = Store(folder, catalogue, projections, ruleKinds, plans, log, clock, access, sealing)
    if access == .write, log.damage == nil { try store.recordRecoveries() }
    return store
  }

  /// The log as it stands now, for readers.
  public func snapshot() throws -> Snapshot {
    let source = try presentSource()
    return Snapshot(
      catalogue: catalogue, projections: projections, source: source, timeline: timeline,
      sealing: sealing, ruleKinds: ruleKinds, loadFacts: loading(source))
  }

  /// The log's lines as far as it reaches now.
  func presentSource() throws -> LogSource {
    try log.reader.refresh()
    return LogSource(log.reader, losses: losses)
  }

  /// Loads the facts of a source, or derives them.
  func loading(_ source: LogSource) -> (_ fresh: Bool, Progress) throws -> FactsStore {
    let (folder, plans) = (folder, plans)
    let save = FileManager.default.isWritableFile(atPath: folder.path)
    return { fresh, progress in
      try FactsStore.load(
        directory: folder.derived, plans: plans, source: source, fresh: fresh, save: save, progress: progress)
    }
  }

  /// Checks events and appends them, all or none; durable when it returns.
  ///
  /// Throws `AppendError` naming the event that its declaration refuses, `Refusal` where an id names another event, or
  /// `LogError`.
  public func append(
    _ events: [Event], expecting expectations: [Expectation] = []
  ) throws -> [Receipt] {
    try turn.shared { try appendNow(events, expecting: expectations) }
  }

  /// The present by this store's clock.
  var now: Instant { Instant(microseconds: clock.now()) }

  /// `append` in a turn that the caller has.
  func appendNow(_ events: [Event], expecting expectations: [Expectation]) throws -> [Receipt] {
    try hand(try drafts(of: events), expecting: expectations)
  }

  /// What the log is given for events: checked, and their personal values sealed.
  func drafts(of events: [Event]) throws -> [Draft] {
    let now = now
    for (number, event) in events.enumerated() { try check(event, number: number, now: now) }
    for (number, event) in events.enumerated() {
      do { try checkCorrection(event, now: now) } catch let error as EventError { throw AppendError(event: number, error) }
    }
    let sealed = try sealing?.seal(events, by: catalogue)
    return try events.indices.map { number throws(AppendError) in
      if let sealed { return try draft(sealed[number].event, sealed[number].record, number: number) }
      return try draft(events[number], [], number: number)
    }
  }

  private func check(_ event: Event, number: Int, now: Instant) throws(AppendError) {
    do throws(EventError) {
      guard let entry = catalogue.entry(named: event.type), event.type != LostLine.type else { throw EventError(.unknownType(event.type), at: "type") }
      try event.check(against: entry.declaration)
      try checkRule(event)
      try event.checkCarried()
      guard event.occurredAt <= now else { throw EventError(.occurredLater, at: "occurredAt") }
    } catch {
      throw AppendError(event: number, error)
    }
  }

  private func draft(_ event: Event, _ record: [UInt8], number: Int) throws(AppendError) -> Draft {
    do throws(EventError) {
      let parts = event.lineParts
      let bytes = parts.bytes.count + Store.stampBytes
      guard bytes <= Log.Limit.lineBytes else {
        throw EventError(.lineTooLong(bytes: bytes, limit: Log.Limit.lineBytes))
      }
      guard record.count <= Log.Limit.vaultRecordBytes else {
        throw EventError(.lineTooLong(bytes: record.count, limit: Log.Limit.vaultRecordBytes))
      }
      return Draft(
        id: event.id, subject: event.subject.description, line: parts.bytes[...], headCount: parts.headCount,
        middleCount: parts.middleCount, vault: record)
    } catch {
      throw AppendError(event: number, error)
    }
  }

  /// A rule's body must fit its kind before it is in the log, where it would stay; and nobody approves their own.
  private func checkRule(_ event: Event) throws(EventError) {
    guard event.type == "rule.published" || event.type == "rule.proposed", let body = event.data["body"]?.object,
      let kind = ruleKinds.first(where: { $0.name == event.data["kind"]?.string })
    else { return }
    try Field.check(body, against: kind.fields, at: "data.body")
    do { try kind.checkBetweenFields(body) } catch { throw EventError(.refused(error.what), at: "data.body" + (error.path.isEmpty ? "" : "." + error.path)) }
    if let hash = event.data["bodyHash"]?.string, hash != RuleHash.of(body) {
      throw EventError(.refused(Name("is not the hash of the body, \(RuleHash.of(body))", "不是规则内容的哈希 \(RuleHash.of(body))")), at: "data.bodyHash")
    }
    let author = event.data["proposedBy"]?.string ?? event.about.actor
    if let approver = event.data["approvedBy"]?.string, let author, RuleBook.isSame(approver, author) {
      throw EventError(.refused(Name("nobody approves their own rule", "不能批准自己提出的规则")), at: "data.approvedBy")
    }
  }

  /// The most bytes that the log adds to a line: time and number.
  static let stampBytes = 80

  /// Reads every byte of the log.
  public static func verify(
    at path: String, progress: @escaping @Sendable (UInt64, UInt64) -> Void
  ) throws -> VerifyReport {
    try Verifier(disk: PosixDisk(root: Folder(path: path).log), progress: progress).run()
  }

  /// Seals all full segments; they are smaller, and never written again.
  public func seal() throws { try log.writer?.seal() }

  /// Ends writing in order.
  public func close() throws { try log.close() }
}

/// Which of several events was refused, and why. None of them was written.
public struct AppendError: Error, Hashable, Sendable {
  /// Place among the events given, from 0.
  public let event: Int
  public let reason: EventError

  public init(event: Int, _ reason: EventError) {
    self.event = event
    self.reason = reason
  }
}
