/// A batch that waits for its commit, and then its answer.
///
/// `@unchecked Sendable`: the caller writes it before it is queued, the leader alone while it is being committed, and
/// the caller reads it after the leader has marked it done, each handing over under the writer's lock.
final class Ticket: @unchecked Sendable {
  let batch: [Draft]
  let expectations: [Expectation]
  /// Decides about drafts whose id is taken; without one, whatever they say is a repetition.
  let judge: (any RepetitionJudge)?
  var result: Result<[Receipt], LogError>?
  /// Set under the lock when `result` may be read.
  var isDone = false
  /// The leader of the group before has handed on to this caller.
  var leads = false
  let condition = Monitor.Condition()
  /// Bytes of lines and vault records at the very most: the two holes take 32 and 27 bytes, the LF one, a record's place
  /// and length 8.
  let lineBytesMax: Int

  init(batch: [Draft], expectations: [Expectation], judge: (any RepetitionJudge)? = nil) {
    (self.batch, self.expectations, self.judge) = (batch, expectations, judge)
    let drafts = batch.span
    var bytes = 0
    for index in drafts.indices { bytes += drafts[index].byteCount + drafts[index].vault.count + 72 }
    lineBytesMax = bytes
  }

  /// The first draft that is refused whatever its number and time will be, and why.
  var refusal: (draft: Int, LogError.Refusal)? {
    let batch = batch
    let drafts = batch.span
    for index in drafts.indices {
      if let refusal = drafts[index].refusal { return (index, refusal) }
      if drafts[index].byteCount > Limit.lineBytes { return (index, .tooLong) }
      assert(drafts[index].agreesWithItsLine, "the draft's id or subject is not that of its line")
    }
    return nil
  }
}

/// Turns tickets into a durable group. Not `Sendable`: it belongs to whoever leads.
final class Committer {
  private let catalogue: Catalogue
  private let clock: any LogClock
  private let step: Int
  private let builder: GroupBuilder
  private var recent: RecentEvents
  private(set) var active: ActiveFile
  private(set) var tree: Frontier
  private var group: UInt32
  private let derivedPrefix: [UInt8]
  private var lastTime: Int64  // milliseconds; `recordedAt` never goes back

  /// The batches that are in the group under way.
  private var placed: [Placed] = []
  /// Reads older lines for the group under way; not kept longer, because a line may give place to its hash.
  private var older: LogReader?

  /// Where each draft of a batch comes to lie: a number in the group under way, or an event that was there before, with
  /// its leaf if that is durable.
  private enum Fate {
    case new(UInt64, length: Int)
    case old(UInt64, leaf: Hash?)
  }

  private struct Placed {
    let ticket: Ticket
    /// Number of its first new event.
    let first: UInt64
    var fates: [Fate] = []
    /// The places of the new events in the batch.
    var fresh: [Int] = []
  }

  init(
    _ catalogue: Catalogue, active: ActiveFile, tree: Frontier, group: UInt32, lastTime: Int64, recent: RecentEvents,
    clock: any LogClock, step: Int
  ) {
    (self.catalogue, self.active, self.tree, self.group) = (catalogue, active, tree, group)
    (self.lastTime, self.recent, self.clock, self.step) = (lastTime, recent, clock, step)
    builder = GroupBuilder(log: catalogue.manifest.id)
    derivedPrefix = catalogue.manifest.id.eventID(0).utf8.dropLast()
  }

  /// Commits the tickets as one group and gives each its result. A ticket that is refused leaves nothing behind. Throws
  /// when the disk failed: then nothing is known about the group, and nothing may be written any more.
  func commit(_ tickets: [Ticket]) throws(LogError) {
    lastTime = min(max(lastTime, clock.now() / 1_000, Limit.times.lowerBound), Limit.times.upperBound)
    group &+= 1
    builder.begin(tree, group: group, milliseconds: lastTime)
    builder.expect(lines: tickets.reduce(0) { $0 + $1.batch.count })
    defer { (placed, older) = ([], nil) }
    for ticket in tickets {
      do throws(LogError) {
        placed.append(try place(ticket))
      } catch {
        ticket.result = .failure(error)
      }
    }
    if builder.nextSeq > tree.size {
      builder.finish()
      try write()
    }
    for batch in placed { batch.ticket.result = .success(answer(batch)) }
  }

  /// Decides about every draft of a batch, and only if all is well adds their lines to the group.
  private func place(_ ticket: Ticket) throws(LogError) -> Placed {
    let start = builder.nextSeq
    let placed: Placed
    do throws(LogError) {
      placed = try resolve(ticket, from: start)
    } catch {
      recent.release(ticket.batch, from: start)
      throw error
    }
    // Through a span: a copy of a draft would be retained and released field by field, a fifth of all the work.
    let batch = ticket.batch
    let drafts = batch.span
    for index in drafts.indices {
      guard case .new(let seq, let length) = placed.fates[index] else { continue }
      builder.add(drafts[index], length: length)
      recent.add(seq: seq, subject: drafts[index].subject)
    }
    return placed
  }

  /// Ids come first: a batch that is wholly there already is answered before its expectations are looked at, because
  /// the repetition of a command must succeed although the command itself has moved the version on.
  private func resolve(_ ticket: Ticket, from start: UInt64) throws(LogError) -> Placed {
    var placed = Placed(ticket: ticket, first: start)
    placed.fates.reserveCapacity(ticket.batch.count)
    placed.fresh.reserveCapacity(ticket.batch.count)
    var next = start
    let batch = ticket.batch
    let drafts = batch.span
    for index in drafts.indices {
      if let id = drafts[index].id {
        try refuseDerived(id, index)
        if let known = try recent.claim(id: id, for: next) {
          placed.fates.append(.old(known, leaf: try leaf(of: known, repeatedBy: index, in: placed)))
          continue
        }
      }
      let length = builder.length(of: drafts[index], seq: next)
      guard length <= Limit.lineBytes else { throw .refused(draft: index, .tooLong) }
      placed.fates.append(.new(next, length: length))
      placed.fresh.append(index)
      next += 1
    }
    if next > start {
      for expectation in ticket.expectations { try check(expectation) }
    }
    return placed
  }

  /// The leaf of the event that has a draft's id, if it is durable. Throws `idReused` where the draft says something else:
  /// to answer with that event's receipt would be to lose this one.
  private func leaf(of known: UInt64, repeatedBy index: Int, in batch: Placed) throws(LogError) -> Hash? {
    let (draft, judge) = (batch.ticket.batch[index], batch.ticket.judge)
    if known >= tree.size {
      guard let judge, let other = self.draft(known, in: batch), !draft.isWritten(as: other) else { return nil }
      if !judge.isSame(draft.recorded, as: other.recorded) { throw .idReused(draft: index, id: draft.id ?? "", seq: known) }
      return nil
    }
    let reader = older ?? LogReader(catalogue, cacheBytes: Limit.claimedLineBytes)
    older = reader
    let line = try reader.line(at: known)
    // What gave place to its hash cannot be compared any more.
    let isGone = line.withUnsafeBytes { Redaction($0) != nil }
    if let judge, !isGone, !draft.isWritten(in: line) {
      let stored = LineAndVault(line: line, vault: try reader.vaultRecord(at: known) ?? [])
      if !judge.isSame(draft.recorded, as: stored) { throw .idReused(draft: index, id: draft.id ?? "", seq: known) }
    }
    return line.withUnsafeBytes { leafHash(of: $0) }
  }

  /// The draft that gets number `seq` of the group under way: one of `batch` itself, or of a batch before it.
  private func draft(_ seq: UInt64, in batch: Placed) -> Draft? {
    let owner = seq >= batch.first ? batch : placed.last { $0.first <= seq }
    guard let owner, seq - owner.first < owner.fresh.count else { return nil }
    return owner.ticket.batch[owner.fresh[Int(seq - owner.first)]]
  }

  /// An id of the form that events without one have could be taken for another event's.
  private func refuseDerived(_ id: String, _ index: Int) throws(LogError) {
    guard id.utf8.count > derivedPrefix.count, id.utf8.starts(with: derivedPrefix),
      id.utf8.dropFirst(derivedPrefix.count).allSatisfy({ (48...57).contains($0) })
    else { return }
    throw .refused(draft: index, .reservedID)
  }

  private func check(_ expectation: Expectation) throws(LogError) {
    let actual = try recent.version(of: expectation.subject)
    guard actual == expectation.version else {
      throw .wrongExpectedVersion(
        subject: expectation.subject, expected: expectation.version, actual: actual)
    }
  }

  /// The group's pages to the disk, durable; then visible to readers.
  private func write() throws(LogError) {
    let start = active.position
    try active.commit(builder.pages)
    tree = builder.tree
    let head = LogHead(size: tree.size, root: tree.root)
    let blocks = builder.blocks
    catalogue.update { state in
      for var block in blocks {
        block.offset += start
        state.actives[state.actives.count - 1].blocks.append(block)
      }
      state.head = head
    }
  }

  private func answer(_ batch: Placed) -> [Receipt] {
    let before = tree.size - UInt64(builder.leaves.count)
    let log = catalogue.manifest.id
    return batch.fates.indices.map { index in
      let id = batch.ticket.batch[index].id
      switch batch.fates[index] {
      case .new(let seq, _):
        return Receipt(seq: seq, id: id, log: log, leaf: builder.leaves[Int(seq - before)], size: tree.size, duplicate: false)
      case .old(let seq, let leaf):
        return Receipt(
          seq: seq, id: id, log: log, leaf: leaf ?? builder.leaves[Int(seq - before)], size: tree.size, duplicate: true)
      }
    }
  }

  /// Writes a marker: everything before it is known to be durable.
  func mark() throws(LogError) {
    group &+= 1
    builder.begin(tree, group: group, milliseconds: max(lastTime, 0))
    builder.finishAsMarker()
    try active.commit(builder.pages)
  }

  /// Whether the active file holds the end of a segment, so that the next group belongs into a new file.
  var isFull: Bool {
    let leaves = UInt64(catalogue.manifest.segmentLeaves)
    return tree.size / leaves > active.name.first / leaves
  }

  /// Goes on in another file, which holds what the active one held.
  func go(onIn file: ActiveFile) { (active, group) = (file, group &+ 1) }
  /// What the marker behind the last group has to say when a file is written again.
  var marker: (group: UInt32, milliseconds: Int64, step: Int) { (group &+ 1, max(lastTime, 0), step) }

  /// Begins a new active file behind the last group. The old one stays until its leaves are sealed.
  func roll() throws(LogError) {
    let manifest = catalogue.manifest
    let name = FileNames.Active(first: tree.size, generation: 0)
    let head = SegmentHead(log: manifest.id, origin: manifest.origin, frontier: tree)
    active = try ActiveFile.create(name, head: head, disk: catalogue.disk, step: step)
    let file = active.file
    catalogue.update { $0.actives.append(Catalogue.Active(name: name, file: file, blocks: [])) }
    recent.forget(startingAt: tree.size)
  }
}
