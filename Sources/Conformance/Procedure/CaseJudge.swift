import Vocabulary
import Wire

/// Reads an alignment as what people did: gathers the moves, and what was wrong with each.
struct CaseJudge {
  private let model: ProcedureModel
  private let known: CaseEvents
  private let asOf: Instant
  private let clock: ProcessClock
  private let training: TrainingLookup
  private(set) var moves: [CaseMove] = []
  private(set) var deviations: [Deviation] = []
  /// By step: the events by which it was last done, and everybody who did it.
  private var done: [String: CaseEvent] = [:]
  private var doers: [String: [String]] = [:]

  init(
    _ model: ProcedureModel, _ known: CaseEvents, _ asOf: Instant, _ clock: ProcessClock,
    _ training: @escaping TrainingLookup
  ) {
    self.model = model
    self.known = known
    self.asOf = asOf
    self.clock = clock
    self.training = training
  }

  private var steps: [Procedure.Step] { model.procedure.steps }

  mutating func take(_ alignment: Alignment) {
    for (number, move) in alignment.moves.enumerated() {
      switch move {
      case .both(let event, let transition): perform(step(transition), known.events[event])
      case .log(let event): insert(known.events[event])
      case .model(let transition): skip(step(transition), before: alignment.moves[number...])
      case .silent: break
      }
    }
  }

  private func step(_ transition: Int) -> Procedure.Step? { model.stepOfTransition[transition].map { steps[$0] } }

  private func trainingState(_ event: CaseEvent?) -> TrainingState {
    guard let event, let actor = event.actor else { return .unknown }
    return training(actor, model.procedure, event.at)
  }

  private mutating func insert(_ event: CaseEvent) {
    let state = trainingState(event)
    moves.append(CaseMove(kind: .inserted, step: nil, event: event, training: state))
    let step = steps.first { $0.pattern.activity == known.activities[event.place] }
    deviations.append(Deviation(kind: step == nil ? .foreign : .misplaced, step: step, event: event, training: state))
  }

  /// Whoever did the next step of the case went on without this one.
  private mutating func skip(_ step: Procedure.Step?, before rest: ArraySlice<Alignment.Move>) {
    let events = known.events
    let next = rest.lazy.compactMap { move -> CaseEvent? in
      switch move {
      case .both(let event, _), .log(let event): events[event]
      case .model, .silent: nil
      }
    }.first
    let state = trainingState(next)
    let before = moves.last { $0.event != nil }?.event
    moves.append(CaseMove(kind: .skipped, step: step, event: nil, training: state))
    deviations.append(Deviation(kind: .skipped, step: step, event: before, training: state))
  }

  private mutating func perform(_ step: Procedure.Step?, _ event: CaseEvent) {
    guard let step else { return }
    let state = trainingState(event)
    moves.append(CaseMove(kind: .done, step: step, event: event, training: state))
    func add(_ kind: Deviation.Kind) {
      deviations.append(Deviation(kind: kind, step: step, event: event, training: state))
    }
    if let role = event.role, !step.roles.isEmpty, !step.roles.contains(role) { add(.wrongRole(role)) }
    if let actor = event.actor, let other = step.notBy.first(where: { doers[$0]?.contains(actor) ?? false }) {
      add(.samePerson(as: other))
    }
    if let due = due(step), event.at > due { add(.late(due: due)) }
    if let mark = event.sopVersion, isOtherVersion(mark) { add(.otherVersion(mark)) }
    if state.isLacking { add(.untrained) }
    done[step.id] = event
    if let actor = event.actor { doers[step.id, default: []].append(actor) }
  }

  /// Until when a step is to be done, by what was done before it.
  private func due(_ step: Procedure.Step) -> Instant? {
    guard let limit = step.limit else { return nil }
    let from = limit.after.map { done[$0]?.at } ?? known.events.first?.at
    return from.flatMap { clock.due(limit, $0) }
  }

  /// Events say `complaint-handling@2`, or the number alone. What was done by another procedure is not compared.
  private func isOtherVersion(_ mark: String) -> Bool {
    let parts = mark.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let version = parts.last.flatMap { Int($0) }
    guard model.procedure.version > 0, parts.count == 1 || parts[0] == model.procedure.id else { return false }
    return version != nil && version != model.procedure.version
  }

  // MARK: What is still to come

  func next(after alignment: Alignment) -> [NextStep] {
    model.aligner.enabled(after: alignment).compactMap { transition, isMandatory in
      step(transition).map { NextStep(step: $0, isMandatory: isMandatory, due: due($0)) }
    }
  }

  mutating func addOverdue(_ next: [NextStep]) {
    for one in next where one.isMandatory {
      guard let due = one.due, due < asOf else { continue }
      deviations.append(
        Deviation(kind: .overdue(due: due), step: one.step, event: moves.last { $0.event != nil }?.event, training: .unknown))
    }
  }
}
