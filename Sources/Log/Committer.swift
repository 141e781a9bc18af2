/// A batch that waits for its commit, and then its answer.
///
/// `@unchecked Sendable`: the caller writes it before it is queued, the leader alone while it is being committed, and
/// the caller reads it after the leader has marked it done, each handing over under the writer's lock.
final class Ticket: @unchecked Sendable {
  let batch: [Draft]
  let expectations: [Expectation]
  var result: Result<[Receipt], LogError>?
  /// Set under the lock when `result` may be read.
  var isDone = false
  /// The leader of the group before has handed on to this caller.
  var leads = false
  let condition = Monitor.Condition()
  /// Bytes of lines and vault records at the very most: the two holes take 32 and 27 bytes, the LF one, a record's place
  /// and length 8.
  let lineBytesMax: Int

  init(batch: [Draft], expectations: [Expectation]) {
    (self.batch, self.expectations) = (batch, expectations)
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

  /// Where each draft of a batch comes to lie: a number in the group under way, or an event that was there before.
  private enum Fate {
    case new(UInt64, length: Int)
    case old(UInt64)
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
    var fates: [(Ticket, [Fate])] = []
    for ticket in tickets {
      do throws(LogError) {
        fates.append((ticket, try place(ticket)))
      } catch {
        ticket.result = .failure(error)
      }
    }
    if builder.nextSeq > tree.size {
      builder.finish()
      try write()
    }
    for (ticket, fate) in fates { ticket.result = answer(ticket, fate) }
  }

  /// Decides about every draft of a batch, and only if all is well adds their lines to the group.
  private func place(_ ticket: Ticket) throws(LogError) -> [Fate] {
    let start = builder.nextSeq
    let fates: [Fate]
    do throws(LogError) {
      fates = try resolve(ticket, from: start)
    } catch {
      recent.release(ticket.batch, from: start)
      throw error
    }
    // Through a span: a copy of a draft would be retained and released field by field, a fifth of all the work.
    let batch = ticket.batch
    let drafts = batch.span
    for index in drafts.indices {
      guard case .new(let seq, let length) = fates[index] else { continue }
      builder.add(drafts[index], length: length)
      recent.add(seq: seq, subject: drafts[index].subject)
    }
    return fates
  }

  /// Ids come first: a batch that is wholly there already is answered before its expectations are looked at, because
  /// the repetition of a command must succeed although the command itself has moved the version on.
  private func resolve(_ ticket: Ticket, from start: UInt64) throws(LogError) -> [Fate] {
    var fates: [Fate] = []
    fates.reserveCapacity(ticket.batch.count)
    var next = start
    let batch = ticket.batch
    let drafts = batch.span
    for index in drafts.indices {
      if let id = drafts[index].id {
        try refuseDerived(id, index)
        if let known = try recent.claim(id: id, for: next) {
          fates.append(.old(known))
          continue
        }
      }
      let length = builder.length(of: drafts[index], seq: next)
      guard length <= Limit.lineBytes else { throw .refused(draft: index, .tooLong) }
      fates.append(.new(next, length: length))
      next += 1
    }
    if next > start {
      for expectation in ticket.expectations { try check(expectation) }
    }
    return fates
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

  private func answer(_ ticket: Ticket, _ fates: [Fate]) -> Result<[Receipt], LogError> {
    let before = tree.size - UInt64(builder.leaves.count)
    let log = catalogue.manifest.id
    var receipts: [Receipt] = []
    receipts.reserveCapacity(fates.count)
    for index in fates.indices {
      switch fates[index] {
      case .new(let seq, _):
        receipts.append(Receipt(
          seq: seq, id: ticket.batch[index].id, log: log, leaf: builder.leaves[Int(seq - before)], size: tree.size, duplicate: false))
      case .old(let seq):
        do throws(LogError) {
          let leaf = seq >= before ? builder.leaves[Int(seq - before)] : try storedLeaf(seq)
          receipts.append(Receipt(seq: seq, id: ticket.batch[index].id, log: log, leaf: leaf, size: tree.size, duplicate: true))
        } catch {
          return .failure(error)
        }
      }
    }
    return .success(receipts)
  }

  private func storedLeaf(_ seq: UInt64) throws(LogError) -> Hash {
    let line = try LogReader(catalogue, cacheBytes: Limit.claimedLineBytes).line(at: seq)
    return line.withUnsafeBytes { leafHash(of: $0) }
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
