import Conformance
import Events
import Testing
import Vocabulary
import Wire

private func at(_ day: Int, _ hour: Int = 9) -> Instant { Instant("2026-03-02T00:00:00Z")!.adding(days: day - 1) + .seconds(hour * 3_600) }

private func event(
  _ type: String, _ subject: String, day: Int, hour: Int = 9, by actor: String = "ann", as role: String = "CS",
  _ data: JSONObject = [:], sop: String? = nil
) -> Event {
  var event = Event(type, Subject(subject)!, at: at(day, hour), data)
  event.seq = Int64(day * 100 + hour)
  (event.about.actor, event.about.role, event.about.sopVersion) = (actor, role, sop)
  return event
}

private func procedure(_ text: String) throws -> Procedure {
  try ProcedureFile.read(Array(text.utf8), file: "p.yaml", catalogue: .keshi, roles: Role.all)
}

private let complaints = """
  kind: sop
  id: handling
  version: 2
  title: {en: Handling, zh: 处理}
  about: complaint
  anytime: [complaint.escalated]
  quietDays: 30
  steps:
    - {step: file, title: {en: File, zh: 受理}, event: complaint.filed}
    - {step: assess, title: {en: Assess, zh: 分级}, event: complaint.assessed, within: {days: 2}}
    - {step: answer, title: {en: Answer, zh: 答复}, event: complaint.responded, notBy: assess}
    - {step: close, title: {en: Close, zh: 结案}, event: complaint.closed, by: CS, within: {days: 10, after: answer}}

  """

@Suite struct `Cases of a procedure` {
  private func cases(_ head: String, _ events: [Event]) throws -> [String] {
    let text = "kind: sop\nid: p\nversion: 1\ntitle: {en: P, zh: 流程}\n" + head
    return try procedure(text).cases(in: events).map { one in
      "\(one.subject): " + one.events.map { "\($0.type) \($0.subject.id)" }.joined(separator: ", ")
    }
  }

  private static let placed = "steps: [{step: a, title: {en: A, zh: 甲}, event: order.placed}]\n"

  @Test func `hold what is linked to them, and what is linked to that`() throws {
    let head = """
      about: order
      with:
        - {event: invoice.issued, field: order}
        - {event: risk.identified, field: about}

      """ + Self.placed
    let events = [
      event("risk.identified", "risk:R", day: 4, ["about": "invoice:I1"]), event("order.placed", "order:1", day: 1),
      event("invoice.issued", "invoice:I1", day: 3, ["order": "1"]), event("invoice.issued", "invoice:I9", day: 3, ["order": "9"]),
      event("order.placed", "order:2", day: 2), event("risk.treated", "risk:R", day: 5),
    ]
    #expect(
      try cases(head, events) == [
        "order:1: order.placed 1, invoice.issued I1, risk.identified R, risk.treated R", "order:2: order.placed 2",
      ])
  }

  @Test func `share an event that is brought alone, and not the customer whose it is`() throws {
    let head = """
      about: order
      with:
        - {event: invoice.issued, field: order}
        - {event: payment.received, field: invoices, brings: event}

      """ + Self.placed
    let events = [
      event("order.placed", "order:1", day: 1), event("order.placed", "order:2", day: 1, hour: 10),
      event("invoice.issued", "invoice:I1", day: 2, ["order": "1"]), event("invoice.issued", "invoice:I2", day: 2, hour: 10, ["order": "2"]),
      event("payment.received", "customer:C", day: 3, ["invoices": ["I1", "I2", "I1"]]),
      event("payment.received", "customer:C", day: 4, ["invoices": ["I3"]]), event("visit.logged", "customer:C", day: 5),
    ]
    #expect(
      try cases(head, events) == [
        "order:1: order.placed 1, invoice.issued I1, payment.received C", "order:2: order.placed 2, invoice.issued I2, payment.received C",
      ])
  }

  @Test func `are only those with an event that makes one`() throws {
    let head = "about: task\nonly: [{event: task.assigned, where: {kind: visit}}]\nsteps: [{step: a, title: {en: A, zh: 甲}, event: task.assigned}]\n"
    let events = [
      event("task.assigned", "task:1", day: 1, ["kind": "visit"]), event("task.assigned", "task:2", day: 1, ["kind": "todo"]),
      event("task.completed", "task:3", day: 1),
    ]
    #expect(try cases(head, events) == ["task:1: task.assigned 1"])
  }
}

@Suite struct `A case beside its procedure` {
  private func check(_ events: [Event], asOf day: Int = 20, training: @escaping TrainingLookup = { _, _, _ in .unknown }) throws -> CaseConformance {
    let model = try ProcedureModel(try procedure(complaints))
    let one = ProcedureCase(Subject("complaint:K")!, events)
    return try model.check(one, asOf: at(day), training: training)
  }

  private static let right = [
    event("complaint.filed", "complaint:K", day: 1), event("complaint.assessed", "complaint:K", day: 2),
    event("complaint.escalated", "complaint:K", day: 3), event("complaint.responded", "complaint:K", day: 4, by: "bob"),
    event("complaint.closed", "complaint:K", day: 5),
  ]

  @Test func `fits, and what may happen at any time is left out`() throws {
    let found = try check(Self.right)
    #expect(found.standing == .complete && found.conforms && found.alignment.fitness == 1 && found.replay?.fits == true)
    #expect(found.moves.map(\.kind) == [.done, .done, .done, .done] && found.procedure == "handling@2")
  }

  /// What is changed in the right case; code, step and event of each deviation.
  static let changes: [(name: String, change: @Sendable (inout [Event]) -> Void, deviations: [String])] = [
    ("a step is missing", { $0.remove(at: 1) }, ["skipped assess 109"]),
    ("two steps are swapped", { $0.swapAt(0, 1); ($0[0].occurredAt, $0[1].occurredAt) = (at(1), at(2)); $0[1].seq = 209; $0[0].seq = 109 }, ["skipped file -1", "misplaced file 209"]),
    ("a stranger", { $0.append(event("hold.placed", "complaint:K", day: 4, hour: 12)) }, ["foreign – 412"]),
    ("once too often", { $0.append(event("complaint.assessed", "complaint:K", day: 2, hour: 12)) }, ["misplaced assess 212"]),
    ("late by an hour", { $0[1].occurredAt = at(3, 10); $0[1].seq = 310 }, ["late assess 310"]),
    ("late after another step", { $0[4].occurredAt = at(14, 10); $0[4].seq = 1410 }, ["late close 1410"]),
    ("by the wrong role", { $0[4].about.role = "SR" }, ["wrong-role close 509"]),
    ("by the same person", { $0[3].about.actor = "ann" }, ["same-person answer 409"]),
    ("by another version", { $0[1].about.sopVersion = "handling@1" }, ["other-version assess 209"]),
    ("by the same version, in short", { $0[1].about.sopVersion = "2" }, []),
    ("by another procedure", { $0[1].about.sopVersion = "rescue@1" }, []),
  ]

  @Test(arguments: changes.indices) func `shows what was done otherwise`(number: Int) throws {
    var events = Self.right
    Self.changes[number].change(&events)
    let found = try check(events)
    let told = found.deviations.map { "\($0.code) \($0.step?.id ?? "–") \($0.event?.seq ?? -1)" }
    #expect(told == Self.changes[number].deviations, "\(Self.changes[number].name)")
    #expect(found.alignment.cost == found.deviations.count { $0.isOfOrder })
  }

  @Test func `exactly at its limit is in time`() throws {
    var events = Self.right
    events[1].occurredAt = at(3)
    #expect(try check(events).conforms)
    events[1].occurredAt = Instant(microseconds: at(3).microseconds + 1)
    #expect(try check(events).deviations.map(\.code) == ["late"])
  }

  @Test func `runs, says what may come next and by when, and is overdue after that`() throws {
    let begun = Array(Self.right.prefix(1))
    let running = try check(begun, asOf: 2)
    #expect(running.standing == .running && running.conforms && running.next.map(\.step.id) == ["assess"])
    #expect(running.next.first?.isMandatory == true && running.next.first?.due == at(3))
    let overdue = try check(begun, asOf: 4)
    #expect(overdue.standing == .running && overdue.deviations.map(\.code) == ["overdue"])
    #expect(overdue.alignment.cost == 0)
  }

  @Test func `is abandoned after its quiet days, and lacks what did not come`() throws {
    let begun = Array(Self.right.prefix(2))
    #expect(try check(begun, asOf: 31).standing == .running)
    let found = try check(begun, asOf: 32)
    #expect(found.standing == .abandoned && found.deviations.map { $0.step?.id } == ["answer", "close"])
    #expect(found.alignment.cost == 2 && found.alignment.worst == 6)
  }

  @Test func `is looked at as of a time`() throws {
    let found = try check(Self.right, asOf: 3)
    #expect(found.standing == .running && found.moves.count == 2 && found.events.last == at(3))
  }

  @Test func `names the training of whoever acted, or went on without`() throws {
    let lookup: TrainingLookup = { person, procedure, time in
      #expect(procedure.mark == "handling@2")
      return person == "bob" ? .earlierVersion(1) : .trained(since: at(1))
    }
    let found = try check(Array(Self.right.prefix(1) + Self.right.suffix(2)), training: lookup)
    #expect(found.deviations.map { "\($0.code) \($0.training.code)" } == ["skipped earlier-version", "untrained earlier-version"])
  }

  @Test func `is judged alike alone and among many`() throws {
    let model = try ProcedureModel(try procedure(complaints))
    let cases = (0..<40).map { number in
      ProcedureCase(Subject("complaint:K\(number)")!, Self.right.enumerated().filter { $0.offset % 5 != number % 7 }.map(\.element))
    }
    let together = model.check(cases.map { model.events(of: $0, asOf: at(90)) }, asOf: at(90))
    for (one, result) in zip(cases, together) { #expect(try model.check(one, asOf: at(90)) == result.get(), "\(one.subject)") }
  }

  @Test func `counts in a summary with both averages, running ones apart`() throws {
    let model = try ProcedureModel(try procedure(complaints))
    let sets = [Self.right, Array(Self.right.dropFirst()), Array(Self.right.prefix(2))]
    let cases = sets.enumerated().map { model.events(of: ProcedureCase(Subject("complaint:K\($0)")!, $1), asOf: at(20)) }
    let results = model.check(cases, asOf: at(20))
    let summary = ConformanceSummary(results)
    #expect((summary.cases, summary.running, summary.conforming, summary.refused) == (3, 1, 2, 0))
    #expect(summary.alignment.cases == 2 && summary.alignment.fitting == 1 && summary.alignment.totalCost == 1)
    // 1 − 0 ÷ 8 and 1 − 1 ÷ 7; together 1 − 1 ÷ 15.
    #expect(summary.alignment.meanTraceFitness == (1 + (1 - 1.0 / 7)) / 2 && summary.alignment.logFitness == 1 - 1.0 / 15)
    #expect(summary.findings.map { "\($0.code) \($0.step?.id ?? "") \($0.count) \($0.cases)" } == ["skipped file 1 1"])
    let variants = VariantConformance.all(of: results)
    #expect(variants.map(\.isRunning).count { $0 } == 1 && variants.allSatisfy { $0.cases.count == 1 })
  }
}
