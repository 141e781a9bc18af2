import Vocabulary
public import Wire

extension ProcedureModel {
  /// Compares one case with the procedure.
  ///
  /// A case whose best alignment to the beginnings of runs costs as much as the one to whole runs has come to its end.
  /// Another is running, or, where nothing happened for the procedure's quiet days, abandoned.
  ///
  /// - Parameters:
  ///   - asOf: until when the case is looked at. Later events are passed over.
  ///   - clock: how time limits are counted.
  ///   - training: what is known of people's training.
  /// - Throws: a refusal, where a limit is passed.
  public func check(
    _ given: ProcedureCase, asOf: Instant, clock: ProcessClock = .wall,
    training: @escaping TrainingLookup = { _, _, _ in .unknown }
  ) throws(CaseRefusal) -> CaseConformance {
    let known = events(of: given, asOf: asOf)
    let begun = try aligner.align(known.activities, .open)
    let whole = try aligner.align(known.activities, .over)
    return conformance(of: known, begun, whole, try? replayer.replay(known.activities), asOf, clock, training)
  }

  /// What of a case is compared: events until `asOf`, without those that may happen at any time.
  public func events(of given: ProcedureCase, asOf: Instant) -> CaseEvents { CaseEvents(given, of: self, asOf: asOf) }

  /// Compares many cases; each order of steps is aligned once.
  ///
  /// - Parameter progress: orders of steps aligned, of how many; from any thread.
  /// - Returns: a result for each case, in their order, which does not depend on the workers.
  public func check(
    _ cases: [CaseEvents], asOf: Instant, clock: ProcessClock = .wall, workers: Int = 2,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    training: @escaping TrainingLookup = { _, _, _ in .unknown }
  ) -> [Result<CaseConformance, CaseRefusal>] {
    var places: [[String]: Int] = [:]
    var orders: [[String]] = []
    for one in cases where places[one.activities] == nil {
      places[one.activities] = orders.count
      orders.append(one.activities)
    }
    let (aligned, replayed, done, count) = (aligner, replayer, Shared(0), orders.count)
    let judged = Pieces.map(orders, workers: workers, state: {}) { _, order in
      defer { progress(done.update { $0 += 1; return $0 }, count) }
      return Result { () throws(CaseRefusal) in
        let whole = try aligned.align(order, .over)
        return (whole.fits ? whole : try aligned.align(order, .open), whole, try? replayed.replay(order))
      }
    }
    return cases.map { one in
      judged[places[one.activities] ?? 0].map { begun, whole, replay in
        conformance(of: one, begun, whole, replay, asOf, clock, training)
      }
    }
  }

  private func conformance(
    of known: CaseEvents, _ begun: Alignment, _ whole: Alignment, _ replay: Replay?, _ asOf: Instant,
    _ clock: ProcessClock, _ training: @escaping TrainingLookup
  ) -> CaseConformance {
    let standing: CaseConformance.Standing =
      if begun.cost == whole.cost, !known.activities.isEmpty || whole.cost == 0 { .complete }
      else if isQuiet(known, asOf) { .abandoned }
      else { .running }
    let alignment = standing == .running ? begun : whole
    var judge = CaseJudge(self, known, asOf, clock, training)
    judge.take(alignment)
    let next = standing == .running ? judge.next(after: alignment) : []
    judge.addOverdue(next)
    return CaseConformance(
      procedure: procedure.mark, events: known, standing: standing, moves: judge.moves,
      deviations: judge.deviations, next: next, alignment: alignment, replay: replay)
  }

  private func isQuiet(_ known: CaseEvents, _ asOf: Instant) -> Bool {
    guard let days = procedure.quietDays, let last = known.last else { return false }
    return asOf.days(since: last) >= days
  }
}

/// The events of a case that the procedure speaks of, or does not know; without those that may happen at any time.
public struct CaseEvents: Hashable, Sendable {
  public let subject: Subject
  public let events: [CaseEvent]
  /// What each event is called in the model, or else by itself.
  public let activities: [String]
  /// Business time of the first and the last event of all, also of those that are left out.
  public let first: Instant?
  public let last: Instant?

  init(_ given: ProcedureCase, of model: ProcedureModel, asOf: Instant) {
    subject = given.subject
    var events: [CaseEvent] = []
    var activities: [String] = []
    var last: Instant?
    for event in given.events where event.occurredAt <= asOf {
      last = event.occurredAt
      let activity: String
      switch model.meaning(of: event) {
      case .activity(let name), .unknown(let name): activity = name
      case .free: continue
      }
      activities.append(activity)
      events.append(CaseEvent(event, place: events.count))
    }
    (self.events, self.activities, self.last) = (events, activities, last)
    first = last == nil ? nil : given.events.first?.occurredAt
  }
}

extension CaseEvent {
  init(_ event: Event, place: Int) {
    (seq, type, subject, at, self.place) = (event.seq, event.type, event.subject, event.occurredAt, place)
    (actor, role, sopVersion) = (event.about.actor, event.about.role, event.about.sopVersion)
  }
}
