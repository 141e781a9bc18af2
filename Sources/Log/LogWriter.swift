/// Appends to the log. Any number of threads may call `append` at once: one of them leads, takes along whatever has
/// queued up meanwhile, writes it as one group with one sync, and hands on to the next in the queue.
///
/// After any failure of the disk the writer stops for good. Reopening the log finds out what was kept.
///
/// `@unchecked Sendable`: `committer` and `lock` are touched only by whoever leads, and leadership passes under
/// `monitor`; every other variable is touched only while holding `monitor`.
public final class LogWriter: @unchecked Sendable {
  let monitor = Monitor()
  let catalogue: Catalogue
  let committer: Committer
  private let lock: LockFile
  let sealer: Sealer
  let sealing = Monitor()
  let options: LogOptions

  private var queue: [Ticket] = []
  private var isLed = false
  private var stopCause: String?
  private var hasFailed = false
  // Somebody other than an append who wants to lead, for a marker or to close.
  private var visitors = 0
  private var visitorMayLead = false
  private let visitorCondition = Monitor.Condition()

  private var headWaiters = 0
  private let headCondition = Monitor.Condition()
  var isMarked: Bool
  var lastCommit: Int64 = 0
  var isStopping = false
  let markerCondition = Monitor.Condition()
  var sealWanted = true
  let sealCondition = Monitor.Condition()
  private(set) var backlog = 0
  private var sealFailure: String?
  let attesting = Monitor()
  var isAttested = true
  var lastAttestationFailure: (any Error)?
  let attestCondition = Monitor.Condition()
  private let roomCondition = Monitor.Condition()
  private var threads: [BackgroundThread] = []

  init(_ catalogue: Catalogue, _ committer: Committer, lock: LockFile, options: LogOptions, isMarked: Bool) {
    (self.catalogue, self.committer, self.lock, self.options) = (catalogue, committer, lock, options)
    self.isMarked = isMarked
    sealer = Sealer(catalogue, effort: options.sealingEffort)
    backlog = sealer.backlog
    guard case .background = options.housekeeping else { return }
    threads = [BackgroundThread { self.keepMarking() }, BackgroundThread(givingWay: true) { self.keepSealing() }]
    if options.notary != nil { threads.append(BackgroundThread { self.keepAttesting() }) }
  }

  /// See `EventLog.append`.
  ///
  /// Throws `refused` and `batchSize` before anything is queued, `wrongExpectedVersion` and `idReused` with nothing
  /// written, `unknownOutcome` when the disk failed under this batch, `stopped` when it had failed before.
  public func append(
    _ batch: [Draft], expecting expectations: [Expectation] = [], repeating judge: (any RepetitionJudge)? = nil
  ) throws(LogError) -> [Receipt] {
    let ticket = Ticket(batch: batch, expectations: expectations, judge: judge)
    try check(ticket)
    try enqueue(ticket)
    if ticket.leads { lead(ticket) }
    guard let result = ticket.result else { throw .stopped(cause: "no answer") }
    return try result.get()
  }

  private func check(_ ticket: Ticket) throws(LogError) {
    let count = ticket.batch.count
    guard count > 0, count <= Limit.batchEvents else { throw .batchSize(found: count, limit: Limit.batchEvents) }
    if let (draft, refusal) = ticket.refusal { throw .refused(draft: draft, refusal) }
    guard ticket.lineBytesMax <= Limit.groupLineBytes else {
      throw .batchSize(found: ticket.lineBytesMax, limit: Limit.groupLineBytes)
    }
  }

  /// Queues the ticket and waits until it is done, or is to lead.
  private func enqueue(_ ticket: Ticket) throws(LogError) {
    monitor.lock()
    defer { monitor.unlock() }
    while backlog > options.sealingBacklogMax, stopCause == nil, !threads.isEmpty {
      if let sealFailure { throw .sealingFailed(cause: sealFailure) }
      roomCondition.wait(monitor)
    }
    if let stopCause { throw .stopped(cause: stopCause) }
    queue.append(ticket)
    guard isLed else {
      (isLed, ticket.leads) = (true, true)
      return
    }
    while !ticket.isDone && !ticket.leads { ticket.condition.wait(monitor) }
  }

  /// Commits one group, which begins with `own`, and hands on.
  private func lead(_ own: Ticket) {
    let tickets = monitor.locked { takeGroup() }
    var failure: LogError?
    do throws(LogError) { try committer.commit(tickets) } catch { failure = error }
    let isFull = failure == nil && committer.isFull
    monitor.locked {
      publish(tickets, own, failure)
      if !isFull { handOn() }
    }
    if isFull { rollAndHandOn() }
  }

  /// As many tickets from the front of the queue as fit one group; at least one.
  private func takeGroup() -> [Ticket] {
    var (count, bytes) = (0, 0)
    for ticket in queue {
      bytes += ticket.lineBytesMax
      if count > 0 && bytes > Limit.groupLineBytes { break }
      count += 1
    }
    let group = Array(queue.prefix(count))
    queue.removeFirst(count)
    return group
  }

  /// Under the lock: gives the answers out and wakes those who wait for them.
  private func publish(_ tickets: [Ticket], _ own: Ticket, _ failure: LogError?) {
    if let failure {
      stop(failure)
      for ticket in tickets where ticket.result == nil {
        ticket.result = .failure(.unknownOutcome(cause: failure.description))
      }
    }
    for ticket in tickets {
      ticket.isDone = true
      if ticket !== own { ticket.condition.signal() }
    }
    lastCommit = monotonicNanoseconds()
    if isMarked {
      isMarked = false
      markerCondition.signal()
    }
    if isAttested {
      isAttested = false
      attestCondition.signal()
    }
    if headWaiters > 0 { headCondition.broadcast() }
  }

  /// Under the lock: no append is taken any more, and those in the queue are told that nothing of theirs was written.
  private func stop(_ failure: LogError) {
    (stopCause, hasFailed) = (failure.description, true)
    for ticket in queue {
      ticket.result = .failure(.stopped(cause: failure.description))
      ticket.isDone = true
      ticket.condition.signal()
    }
    queue = []
    roomCondition.broadcast()
  }

  /// Under the lock: the next in the queue leads, else a visitor, else nobody.
  private func handOn() {
    if let next = queue.first {
      next.leads = true
      next.condition.signal()
    } else if visitors > 0 {
      visitorMayLead = true
      visitorCondition.signal()
    } else {
      isLed = false
    }
  }

  /// The active file holds a full segment: begins a new one. Those who were answered need not wait for that.
  private func rollAndHandOn() {
    var failure: LogError?
    do throws(LogError) {
      try committer.roll()
      if case .inline = options.housekeeping { try seal() }
    } catch {
      failure = error
    }
    let waiting = sealer.backlog
    monitor.locked {
      if let failure { stop(failure) }
      (backlog, sealWanted) = (waiting, true)
      sealCondition.signal()
      handOn()
    }
  }

  /// Leads for the time of `body` without a ticket, once the queue is empty.
  func visit(_ body: () throws(LogError) -> Void) throws(LogError) {
    monitor.locked {
      guard isLed else { return isLed = true }
      visitors += 1
      while !visitorMayLead { visitorCondition.wait(monitor) }
      (visitorMayLead, visitors) = (false, visitors - 1)
    }
    defer { monitor.locked { handOn() } }
    do throws(LogError) {
      try body()
    } catch {
      monitor.locked { stop(error) }
      throw error
    }
  }

  /// Writes a marker if events came since the last: it says durably that everything before it is durable, so that a
  /// later fault there is damage for certain and no torn write.
  public func mark() throws(LogError) {
    try visit { () throws(LogError) in
      let needless = monitor.locked { isMarked || hasFailed }
      if needless { return }
      try committer.mark()
      monitor.locked { isMarked = true }
    }
  }

  /// Throws if nothing may be written any more.
  func checkRunning() throws(LogError) {
    if let cause = monitor.locked({ stopCause }) { throw .stopped(cause: cause) }
  }

  /// Seals all full segments that wait, in the calling thread.
  public func seal() throws(LogError) { try seal { true } }

  /// Seals one after another while `goesOn` says so.
  func seal(while goesOn: () -> Bool) throws(LogError) {
    try sealing.locked { () throws(LogError) in
      while goesOn(), try sealer.sealNext() {
        let waiting = sealer.backlog
        monitor.locked {
          (backlog, sealFailure) = (waiting, nil)
          roomCondition.broadcast()
        }
        attestSeal()
      }
    }
  }

  /// Under no lock: remembers why sealing failed, for those who would wait for it in vain.
  func sealingFailed(_ error: LogError) {
    monitor.locked {
      sealFailure = error.description
      roomCondition.broadcast()
    }
  }

  /// Ends in order: a last marker, no space ahead, and a lock file that says so. Appends after this are refused.
  /// Must be called to end the log's threads. A second call does nothing.
  public func close() throws(LogError) {
    let isFirst = monitor.locked {
      defer { isStopping = true }
      stopCause = stopCause ?? "the log was closed"
      markerCondition.signal()
      sealCondition.signal()
      attestCondition.signal()
      roomCondition.broadcast()
      headCondition.broadcast()
      return !isStopping
    }
    guard isFirst else { return }
    for thread in threads { thread.join() }
    defer { lock.release() }
    try mark()
    guard monitor.locked({ !hasFailed }) else { return }
    attestQuietly(.passing)
    try visit { () throws(LogError) in
      try committer.active.close()
      try lock.markClosed()
    }
  }

  /// Waits for the head to pass `size`, at most so long.
  func waitForHead(beyond size: UInt64, milliseconds: Int) -> LogHead {
    let deadline = monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    monitor.lock()
    defer { monitor.unlock() }
    headWaiters += 1
    while catalogue.head.size <= size, !isStopping, monotonicNanoseconds() < deadline {
      headCondition.wait(monitor, until: deadline)
    }
    headWaiters -= 1
    return catalogue.head
  }
}
