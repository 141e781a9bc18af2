import Conformance
import Events
import ShippedProcedures
import Testing
import Vocabulary
import YAML

private func read(_ text: String) throws -> Procedure {
  try ProcedureFile.read(Array(text.utf8), file: "p.yaml", catalogue: .keshi, roles: Role.all)
}

/// A file of few lines, with some in the place of others.
private func file(_ changes: [String: String] = [:], steps: String = "  - {step: file, title: {en: F, zh: 甲}, event: complaint.filed}") -> String {
  let lines = [
    ("kind", "sop"), ("id", "short"), ("version", "1"), ("title", "{en: Short, zh: 短}"), ("about", "complaint"), ("with", ""),
    ("only", ""), ("anytime", ""), ("others", ""), ("quietDays", ""),
  ]
  let head = lines.compactMap { key, value in
    let value = changes[key] ?? value
    return value.isEmpty ? nil : "\(key): \(value)"
  }
  return (head + ["steps:", steps]).joined(separator: "\n") + "\n"
}

@Suite struct `A shipped procedure` {
  static let all = ShippedProcedures.files.map(\.name)

  private func procedure(_ name: String) throws -> Procedure {
    let found = try #require(ShippedProcedures.files.first { $0.name == name })
    return try ProcedureFile.read(found.bytes, file: name, catalogue: .keshi, roles: Role.all)
  }

  @Test(arguments: all) func `is read, is sound, and has the name of its file`(name: String) throws {
    let procedure = try procedure(name)
    #expect(procedure.id + ".yaml" == name && procedure.version == 1)
    let model = try ProcedureModel(procedure)
    #expect(Soundness(of: model.net).isSound == true && model.aligner.knowsAllMarkings)
    #expect(Set(procedure.steps.map(\.id)).count == procedure.steps.count)
  }

  /// What other tools are given comes back as the same net, with activities that mean the same events.
  @Test(arguments: all) func `survives PNML`(name: String) throws {
    let model = try ProcedureModel(try procedure(name))
    let again = try PNML(Array(model.net.pnml(name: "x").utf8)).net
    #expect(again.transitions.map(\.activity) == model.net.transitions.map(\.activity))
    #expect(again.initial == model.net.initial && again.final == model.net.final)
    for step in model.procedure.steps { #expect(EventPattern(activity: step.pattern.activity) == step.pattern) }
  }
}

@Suite struct `A procedure's file` {
  @Test func `says what a case is, who does what, and within what time`() throws {
    let steps = """
        - {step: file, title: {en: F, zh: 甲}, event: complaint.filed, by: [CS, SR]}
        - optional: {step: assess, title: {en: A, zh: 乙}, event: complaint.assessed, where: {severity: [general, major]}}
        - repeat: {step: close, title: {en: C, zh: 丙}, event: complaint.closed, notBy: file, within: {workingDays: 3, after: file}}
          between: {step: again, title: {en: R, zh: 丁}, event: complaint.reopened}
      """
    let found = try read(
      file(["anytime": "[complaint.escalated]", "others": "free", "quietDays": "30", "only": "[complaint.filed]"], steps: steps))
    #expect(found.mark == "short@1" && found.about == "complaint" && found.quietDays == 30 && !found.isClosed)
    #expect(found.steps.map(\.id) == ["file", "assess", "close", "again"] && found.steps[0].roles == ["CS", "SR"])
    #expect(found.steps[1].pattern.activity == "complaint.assessed [severity=general|major]")
    #expect(found.steps[2].limit == TimeLimit(3, .workingDays, after: "file") && found.steps[2].notBy == ["file"])
    #expect(found.flow == .sequence([.step(0), .optional(.step(1)), .repeated(.step(2), between: .step(3))]))
    #expect(found.only == [EventPattern("complaint.filed")] && found.anytime == [EventPattern("complaint.escalated")])
  }

  /// Change, place of the fault, a word of what is allowed in English, and in Chinese.
  static let faults: [(changes: [String: String], steps: String?, place: String, en: String, zh: String)] = [
    (["kind": "rule"], nil, "1:7: kind", "allowed: sop", "可填：sop"),
    (["id": "Short One"], nil, "2:5: id", "small letters", "小写字母"),
    (["version": "0"], nil, "3:10: version", "1 to 100000", "1 至 100000"),
    (["title": "{en: Short}"], nil, "4:8: title.zh", "is missing", "缺少此项"),
    (["about": "complain"], nil, "5:8: about", "perhaps complaint", "是否为 complaint"),
    (["others": "open"], nil, "6:9: others", "deviations, free", "deviations、free"),
    (["quietDays": "5000"], nil, "6:12: quietDays", "1 to 3650", "1 至 3650"),
    (["anytime": "[complaint.escalate]"], nil, "6:11: anytime[0]", "perhaps complaint.escalated", "是否为 complaint.escalated"),
    (["anytime": "[complaint.filed]"], nil, "6:11: anytime", "meant by this and by file", "又属于 file"),
    (["with": "[{event: service.performed, field: result}]"], nil, "6:42: with[0].names", "of which kind", "类别"),
    (["with": "[{event: payment.received, field: invoices, brings: it}]"], nil, "6:59: with[0].brings", "thing, event", "thing、event"),
    ([:], "  - {step: a, title: {en: A, zh: 甲}, event: order.placed}", "7:45: steps[0].event", "no part of a case here", "不属于此处的案例"),
    ([:], "  - {step: a, title: {en: A, zh: 甲}, event: complaint.filed, by: LG}", "7:66: steps[0].by", "SR (Sales rep)", "SR（销售代表）"),
    ([:], "  - {step: a, title: {en: A, zh: 甲}, event: complaint.filed, notBy: b}", "7:69: notBy", "there is no step", "没有步骤"),
    (
      [:], "  - {step: a, title: {en: A, zh: 甲}, event: complaint.assessed, where: {severity: grave}}", "7:83: steps[0].where.severity",
      "urgent", "urgent"
    ),
    (
      [:], "  - {step: a, title: {en: A, zh: 甲}, event: complaint.filed, within: {weeks: 1}}", "7:71: steps[0].within.weeks",
      "workingDays", "workingDays"
    ),
    ([:], "  - choice: [{step: a, title: {en: A, zh: 甲}, event: complaint.filed}]", "7:13: steps[0].choice", "2 to 50", "2 至 50"),
    ([:], "  - {stap: a}", "7:5: steps[0]", "beginning with one of step, choice", "以 step、choice"),
  ]

  @Test(arguments: faults.indices) func `is refused with line, field, and what is allowed`(number: Int) throws {
    let fault = Self.faults[number]
    let text = fault.steps.map { file(fault.changes, steps: $0) } ?? file(fault.changes)
    let error = try #require(throws: ProcedureFileError.self) { try read(text) }
    let (en, zh) = (error.message(in: .en), error.message(in: .zh))
    #expect(en.contains("p.yaml:" + fault.place) && en.contains(fault.en), "\(en)")
    #expect(zh.contains("p.yaml:" + fault.place) && zh.contains(fault.zh), "\(zh)")
  }

  @Test func `tells every fault at once, and not more than help`() throws {
    let error = try #require(throws: ProcedureFileError.self) { try read(file(["id": "X", "version": "x", "about": "y"])) }
    #expect(error.problems.map(\.path) == ["id", "version", "about"])
    let many = (0..<40).map { "  - {step: s\($0), title: {en: A, zh: 甲}, event: nothing\($0)}" }.joined(separator: "\n")
    let capped = try #require(throws: ProcedureFileError.self) { try read(file(steps: many)) }
    #expect(capped.problems.count == ConformanceLimit.problems)
  }

  @Test func `may have as many steps and blocks as the limits say, and no more`() throws {
    func steps(_ count: Int) -> String {
      (0..<count).map { "  - {step: s\($0), title: {en: A, zh: 甲}, event: complaint.filed}" }.joined(separator: "\n")
    }
    #expect(try read(file(steps: steps(ConformanceLimit.steps))).steps.count == ConformanceLimit.steps)
    #expect(throws: ProcedureFileError.self) { try read(file(steps: steps(ConformanceLimit.steps + 1))) }
    func nested(_ depth: Int) -> String {
      "  - " + String(repeating: "{optional: ", count: depth) + "{step: a, title: {en: A, zh: 甲}, event: complaint.filed}"
        + String(repeating: "}", count: depth)
    }
    #expect(throws: Never.self) { try read(file(steps: nested(ConformanceLimit.blockDepth - 1))) }
    let error = try #require(throws: ProcedureFileError.self) { try read(file(steps: nested(ConformanceLimit.blockDepth))) }
    #expect(error.message(in: .en).contains("nest deeper than \(ConformanceLimit.blockDepth)"), "\(error)")
    let long = file() + "#" + String(repeating: "x", count: ConformanceLimit.procedureBytes)
    #expect(throws: ProcedureFileError.self) { try read(long) }
  }
}
