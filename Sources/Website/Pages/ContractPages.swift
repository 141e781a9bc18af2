import Answers
import Documents
import Engine
import Events
import Pages
import Projection
import Redline
import ReadModels
import Vocabulary
import Wire

/// Contracts: the register, the file of one, and two versions compared.
enum ContractPages {
  static let routes = [
    PageRoute(.get, "/contracts", .read, "Contracts", "合同") { asking in try asking.page(register) },
    PageRoute(.get, "/contracts/{contract}", .read, "Contract file", "合同卷宗") { asking in
      try asking.page { try file(asking["contract"], in: $0) }
    },
    PageRoute(.get, "/contracts/{contract}/print", .read, "Redline to print", "可打印的修订对照") { asking in try printed(asking) },
  ]

  private static func register(in desk: Desk) throws -> Content {
    var blocks = try desk.breakdown("contracts", by: "state", Name("Contracts by state", "合同状态"), summing: "totalMinor")
    blocks += try desk.section(
      "contracts", Name("Due within 90 days", "90 天内到期"),
      columns: ["state", "endOn", "daysToEnd", "noticeDays", "autoRenew", "byExtension", "totalMinor"],
      where: [RowQuery.Condition("dueWithin90", .equal, .flag(true))], by: "endOn", limit: 15,
      nothing: Name("None.", "无。"))
    blocks += try desk.section(
      "contracts", Name("In force only by extension", "仅因延期而有效"), columns: ["state", "originalEndOn", "endOn", "extensions", "totalMinor"],
      where: [RowQuery.Condition("byExtension", .equal, .flag(true))], by: "endOn", limit: 15, nothing: Name("None.", "无。"))
    blocks.append(.links([Link(desk.say("The whole register", "完整台账"), desk.link("/models/contracts"), isButton: true)]))
    return Content(desk.say("Contracts", "合同"), blocks)
  }

  private static func file(_ id: String, in desk: Desk) throws -> Content {
    let reading = try ContractReading(id, view: desk.view, in: desk.snapshot)
    let number = desk.asking.query["version"].flatMap { Int($0) }
    let answer = ContractAnswer(reading, try reading.version(number))
    var facts = [
      Fact(desk.say("Contract", "合同"), SiteCell(reading.id, href: desk.subjectLink("contract:" + reading.id))),
      Fact(desk.say("Version shown", "显示版本"), "\(answer.version.number) · " + reading.file.state(of: answer.version, on: reading.day).word.title[desk.language]),
      Fact(desk.say("As of", "截至"), reading.day.description), Fact(desk.say("Approval", "审批"), answer.version.approval ?? ""),
    ]
    if let customer = reading.file.customer {
      facts.insert(Fact(desk.say("Customer", "客户"), SiteCell(desk.title(of: "customer:" + customer), href: desk.subjectLink("customer:" + customer))), at: 1)
    }
    var blocks: [Block] = [.facts(facts)]
    if desk.asking.user.may(.audit) {
      blocks.append(.links([Link(desk.say("Evidence for an auditor", "审计证据"), desk.link("/audit/evidence", ["subject": "contract:" + reading.id]))]))
    }
    blocks += answer.version.missing.map { .notice(Notice(.caution, $0.title[desk.language].asSentence)) }
    blocks.append(.table(versions(answer, in: desk)))
    blocks.append(.form(choice(reading, in: desk)))
    if let from = desk.asking.query["from"].flatMap({ Int($0) }), let to = desk.asking.query["to"].flatMap({ Int($0) }) {
      blocks += try redline(RedlineAnswer(reading, from: from, to: to), in: desk)
    } else {
      blocks += text(answer, in: desk)
    }
    blocks += decisions(reading, in: desk)
    return Content(desk.say("Contract \(reading.id)", "合同 \(reading.id)"), blocks)
  }

  private static func versions(_ answer: ContractAnswer, in desk: Desk) -> SiteTable {
    desk.table(desk.say("Versions", "版本"), ContractAnswer.versionColumns, answer.versions(in: desk.language)) { cell, column, shown in
      if column.name == "number" { shown.href = desk.asking.here(["version": cell.plain, "from": "", "to": ""]) }
    }
  }

  private static func choice(_ reading: ContractReading, in desk: Desk) -> Form {
    let numbers = reading.file.versions.map(\.number)
    let words = numbers.map { (word: String($0), title: desk.say("Version \($0)", "第 \($0) 版")) }
    let kept = desk.asking.query.pairs.filter { Asking.kept.contains($0.name) }.map { Form.Field($0.name, $0.name, .hidden, value: $0.value) }
    let from = desk.asking.query["from"] ?? numbers.dropLast().last.map(String.init) ?? ""
    let to = desk.asking.query["to"] ?? numbers.last.map(String.init) ?? ""
    return Form(
      desk.say("Compare two versions", "比较两个版本"), .get, desk.asking.path,
      [
        Form.Field("from", desk.say("From", "由"), .choice(words), value: from), Form.Field("to", desk.say("To", "至"), .choice(words), value: to),
      ] + kept, submit: desk.say("Compare", "比较"), isCompact: true)
  }

  private static func text(_ answer: ContractAnswer, in desk: Desk) -> [Block] {
    [
      .heading(desk.say("Terms", "约定")), .facts(answer.terms(in: desk.language).map { Fact($0.title, $0.text) }),
      .heading(desk.say("Clauses", "条款")),
      .changes(answer.version.clauses.map { Passage($0.key, note: "", [.kept($0.text)]) }), assent(answer, in: desk),
    ]
  }

  private static func assent(_ answer: ContractAnswer, in desk: Desk) -> Block {
    .table(
      desk.table(
        desk.say("Assent to version \(answer.version.number)", "对第 \(answer.version.number) 版的同意"), ContractAnswer.assentColumns,
        answer.assents(in: desk.language), nothing: desk.say("None on record.", "无记录。")))
  }

  /// Who asked for a decision about any version, who decided, and under which version of the approval rule.
  private static func decisions(_ reading: ContractReading, in desk: Desk) -> [Block] {
    let table = desk.table(
      desk.say("Decisions", "审批"), ContractReading.decisionColumns, reading.decisionRows(in: desk.language),
      nothing: desk.say("Nobody was asked for a decision.", "没有审批记录。")
    ) { cell, column, shown in
      switch column.name {
      case "version": shown.href = cell == .null ? "" : desk.asking.here(["version": cell.plain, "from": "", "to": ""])
      case "approval": shown.href = desk.subjectLink("approval:" + cell.plain)
      case "rule": shown.href = desk.link("/rules/approval")
      default: break
      }
    }
    return reading.decisionFindings.map { .notice(Notice(.caution, $0[desk.language].asSentence)) } + [.table(table)]
  }

  private static func redline(_ answer: RedlineAnswer, in desk: Desk) throws -> [Block] {
    let difference = answer.difference
    let heading = desk.say("Version \(difference.from.number) → \(difference.to.number)", "第 \(difference.from.number) 版 → 第 \(difference.to.number) 版")
    let query = desk.asking.query
    var blocks: [Block] = [
      .heading(heading),
      .links([
        Link(
          desk.say("To print and keep", "可打印存档"),
          desk.link("/contracts/\(Address.part(answer.reading.id))/print", ["from": query["from"] ?? "", "to": query["to"] ?? ""]))
      ]),
    ]
    if difference.isEmpty { return blocks + [.notice(Notice(.hint, desk.say("The two are the same.", "两版相同。")))] }
    let texts = FieldText(desk.language)
    let terms = difference.terms.map { term in
      [
        SiteCell(term.field.title[desk.language]), SiteCell(term.before.map { texts.text($0, as: term.field.kind) } ?? ""),
        SiteCell(term.after.map { texts.text($0, as: term.field.kind) } ?? ""),
      ]
    }
    if !terms.isEmpty {
      blocks.append(
        .table(
          SiteTable(
            desk.say("Terms that changed", "变更的约定"),
            [.init(desk.say("Term", "约定")), .init(desk.say("Before", "变更前")), .init(desk.say("After", "变更后"))], terms, nothing: "")))
    }
    blocks.append(.changes(answer.changed.map { passage($0, of: answer, in: desk) }))
    return blocks + [assent(answer.to, in: desk)]
  }

  private static func passage(_ change: ClauseChange, of answer: RedlineAnswer, in desk: Desk) -> Passage {
    let note = answer.proposer(of: change).map { party, seq in
      desk.say("Proposed by: \(party.en), event \(seq)", "提出方：\(party.zh)，事件 \(seq)")
    }
    return Passage(
      "\(change.key) · \(change.title[desk.language])", note: note ?? "",
      change.redline.pieces.map { piece in
        switch piece {
        case .kept(_, let text): .kept(text)
        case .deleted(let text): .deleted(text)
        case .inserted(let text): .inserted(text)
        }
      })
  }

  /// The page that the command line writes: complete in one file.
  private static func printed(_ asking: Asking) throws -> PageReply {
    let view = try asking.view()
    let numbers = ["from", "to"].compactMap { asking.query[$0].flatMap { Int($0) } }
    guard numbers.count == 2 else { throw Trouble.unreadable(asking.query["from"] ?? "", Name("two versions", "两个版本")) }
    let html = try asking.premises.read { snapshot in
      Page.redline(try RedlineAnswer(ContractReading(asking["contract"], view: view, in: snapshot), from: numbers[0], to: numbers[1]), in: asking.language).html
    }
    return .document(html)
  }
}
