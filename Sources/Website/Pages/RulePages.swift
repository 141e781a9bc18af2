import Answers
import Engine
import Events
import Pages
import Projection
import ProjectionCatalogue
import RuleFiles
import Vocabulary
import Wire
import YAML

/// Rules: what there are, what each says, changing one, trying the change, deciding about it.
enum RulePages {
  static let routes = [
    PageRoute(.get, "/rules", .readRules, "Rules", "规则") { asking in try asking.page(list) },
    PageRoute(.get, "/rules/{kind}", .readRules, "A rule", "一条规则") { asking in try asking.page { try rule(asking["kind"], in: $0) } },
    PageRoute(.get, "/rules/{kind}/edit", .tryRules, "Edit a rule", "编辑规则") { asking in
      try asking.page { try edit(asking["kind"], text: nil, error: nil, in: $0) }
    },
    PageRoute(.post, "/rules/{kind}/try", .tryRules, "Try a rule", "试算规则") { asking in
      try asking.page { try RuleTrial.page(asking["kind"], in: $0) }
    },
    PageRoute(.post, "/rules/{kind}/people", .tryRules, "Everyone concerned, as a file", "导出全部相关主体") { asking in
      try RuleTrial.people(asking)
    },
    PageRoute(.get, "/rules/{kind}/diff", .readRules, "Two versions compared", "比较两个版本") { asking in
      try asking.page { try RuleTrial.versions(asking["kind"], in: $0) }
    },
    PageRoute(.post, "/rules/{kind}/propose", .changeRules, "Propose a rule", "提交规则提案") { asking in try propose(asking) },
    PageRoute(.post, "/rules/{kind}/approve", .changeRules, "Approve a rule", "批准规则") { asking in try decide(asking, approves: true) },
    PageRoute(.post, "/rules/{kind}/reject", .changeRules, "Turn a rule down", "驳回规则") { asking in try decide(asking, approves: false) },
  ]

  private static func list(in desk: Desk) throws -> Content {
    let book = try desk.snapshot.ruleBook(desk.view)
    let now = desk.asking.now
    var waiting: [[SiteCell]] = []
    let rows = try ProjectionCatalogue.rules.map { kind in
      let rule = try book.inForce(kind.name, at: now)
      let title = Rule.Kind.codes.first { $0.word.text == kind.name }?.word.title[desk.language] ?? kind.name
      for proposal in try book.proposals(kind.name) where proposal.rejectedAt == nil {
        waiting.append([
          SiteCell("\(title) \(proposal.draft.label)", href: desk.link("/rules/" + kind.name)), SiteCell(proposal.draft.publication?.author ?? ""),
          SiteCell(proposal.draft.rule.effective.short), SiteCell(proposal.draft.rule.why[desk.language]),
        ])
      }
      return [
        SiteCell(title, href: desk.link("/rules/" + kind.name)), SiteCell(rule.label),
        SiteCell(rule.rule.effective == .distantPast ? desk.say("from the beginning", "自始生效") : rule.rule.effective.short),
        SiteCell(rule.publication?.approvedBy ?? ""), SiteCell(rule.rule.why[desk.language]),
      ]
    }
    let heads = ["Rule", "Version in force", "Since", "Approved by", "Why"]
    let chinese = ["规则", "现行版本", "生效时间", "批准人", "缘由"]
    return Content(
      desk.say("Rules", "规则"),
      [
        .paragraph(desk.say("Every conclusion names the version by which it was judged. A change takes effect when a second person approves it.", "每个结论都写明所依据的规则版本。变更须经第二人批准方可生效。")),
        .table(
          SiteTable(
            desk.say("Waiting for approval", "待批准"),
            [.init(desk.say("Rule", "规则")), .init(desk.say("Author", "提出人")), .init(desk.say("From", "生效时间")), .init(desk.say("Why", "缘由"))],
            waiting, nothing: desk.say("Nothing waits.", "没有待批准的提案。"))),
        .table(SiteTable(desk.say("In force", "现行规则"), zip(heads, chinese).map { .init(desk.say($0, $1)) }, rows, nothing: "")),
      ])
  }

  private static func rule(_ name: String, in desk: Desk) throws -> Content {
    let kind = try RuleKind.named(name)
    let book = try desk.snapshot.ruleBook(desk.view)
    let detail = try RuleDetail(kind, version: desk.asking.query["version"].flatMap { Int($0) }, in: book, now: desk.asking.now)
    var blocks: [Block] = []
    for proposal in try book.proposals(name) where proposal.rejectedAt == nil { blocks += waiting(proposal, in: desk) }
    let columns = RuleDetail.columns
    let facts = zip(columns, detail.cells(in: desk.language)).compactMap { column, cell -> Fact? in
      guard cell != .absent else { return nil }
      return Fact(column.title[desk.language], desk.cell(cell, column))
    }
    let version = detail.line.rule.rule.version
    var links = [Link(desk.say("Which customers does it concern?", "涉及哪些客户？"), desk.link("/models/" + (try desk.snapshot.model(ofRule: name) ?? "")))]
    if desk.asking.user.may(.tryRules) {
      links.insert(Link(desk.say("Change it", "修改"), desk.link("/rules/\(name)/edit", ["version": String(version)]), isButton: true), at: 0)
    }
    blocks += [.links(links), .facts(facts), .heading(desk.say("What it says", "规则内容"))]
    let rows = detail.fields(in: desk.language).map { row in [SiteCell(row[1].plain), SiteCell(row[0].plain), SiteCell(value(row[2]))] }
    blocks.append(
      .table(
        SiteTable(
          detail.line.rule.label, [.init(desk.say("Meaning", "含义")), .init(desk.say("Field", "字段")), .init(desk.say("Value", "值"))], rows,
          nothing: "")))
    blocks.append(try history(name, book, in: desk))
    return Content(title(of: name, in: desk), blocks)
  }

  /// A text without the quotation marks that it has as JSON.
  private static func value(_ cell: Cell) -> String { if case .json(.string(let text)) = cell { text } else { cell.plain } }

  static func title(of name: String, in desk: Desk) -> String {
    desk.say("Rule: ", "规则：") + (Rule.Kind.codes.first { $0.word.text == name }?.word.title[desk.language] ?? name)
  }

  private static func history(_ name: String, _ book: RuleBook, in desk: Desk) throws -> Block {
    let lines = try RuleCells.lines(of: name, in: book, at: nil, now: desk.asking.now)
    let shown = ["version", "state", "effective", "until", "author", "approvedBy", "why"]
    let columns = RuleCells.columns.filter { shown.contains($0.name) }
    let rows = lines.map { line in
      zip(RuleCells.columns, line.cells(in: desk.language)).filter { shown.contains($0.0.name) }.map(\.1)
    }
    let numbers = lines.map { String($0.rule.rule.version) }
    let links = numbers.count > 1
      ? [Link(desk.say("Compare the last two", "比较最近两版"), desk.link("/rules/\(name)/diff", ["from": numbers[numbers.count - 2], "to": numbers[numbers.count - 1]]))]
      : []
    var table = desk.table(desk.say("Versions", "版本"), columns, rows) { cell, column, shown in
      if column.name == "version" { shown.href = desk.link("/rules/" + name, ["version": cell.plain]) }
    }
    table.links = links
    return .table(table)
  }

  /// A proposal with what a second person may do about it.
  private static func waiting(_ proposal: RuleProposal, in desk: Desk) -> [Block] {
    let draft = proposal.draft
    let author = draft.publication?.author ?? ""
    let version = String(draft.rule.version)
    var blocks: [Block] = [
      .notice(
        Notice(
          .caution,
          desk.say("\(draft.label) was proposed by \(author) and waits for another person.", "\(draft.label) 由 \(author) 提出，等待他人批准。"),
          details: [desk.say("From \(draft.rule.effective): ", "自 \(draft.rule.effective) 起：") + draft.rule.why[desk.language]],
          links: [Link(desk.say("What it would change", "影响试算"), desk.link("/rules/\(draft.kind)/diff", ["to": version]))]))
    ]
    guard desk.asking.user.may(.changeRules) else { return blocks }
    if author == desk.asking.user.name {
      return blocks + [.paragraph(desk.say("Nobody approves their own rule: ask a colleague.", "不能批准自己提出的规则，请交由同事处理。"))]
    }
    let hidden = Form.Field("version", "version", .hidden, value: version)
    blocks.append(
      .form(Form("", .post, "/rules/\(draft.kind)/approve", [hidden], submit: desk.say("Approve and publish", "批准并发布"), isCompact: true)))
    blocks.append(
      .form(
        Form(
          "", .post, "/rules/\(draft.kind)/reject",
          [hidden, Form.Field("why", desk.say("Why not", "驳回缘由"), .line(type: "text"), isRequired: true, limit: 500)],
          submit: desk.say("Turn down", "驳回"), isCompact: true)))
    return blocks
  }

  /// The rule as a text to change, with each fault by its line.
  static func edit(_ name: String, text: String?, error: RuleFileError?, in desk: Desk) throws -> Content {
    let kind = try RuleKind.named(name)
    let book = try desk.snapshot.ruleBook(desk.view)
    let detail = try RuleDetail(kind, version: desk.asking.query["version"].flatMap { Int($0) }, in: book, now: desk.asking.now)
    let yaml = text ?? detail.yaml(in: desk.language)
    var blocks: [Block] = [
      .paragraph(
        desk.say(
          "Change the values and see who would move. Nothing is recorded by trying.", "修改取值，查看哪些客户的结论会改变。试算不写入任何内容。"))
    ]
    let faults = error?.problems.map { problem in
      desk.say("Line \(problem.line), column \(problem.column): ", "第 \(problem.line) 行第 \(problem.column) 列：")
        + (problem.path.isEmpty ? "" : problem.path + desk.say(": ", "：")) + problem.what[desk.language]
    }
    let lines = Int64(yaml.utf8.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 })
    blocks.append(
      .form(
        Form(
          "", .post, "/rules/\(name)/try",
          [
            Form.Field(
              "yaml", desk.say("The rule", "规则"), .lines(rows: Int(min(max(lines + 1, 12), 40))), value: yaml, faults: faults ?? [],
              isRequired: true, limit: 64_000)
          ], submit: desk.say("See who would move", "试算影响"))))
    return Content(title(of: name, in: desk), blocks, status: error == nil ? 200 : 422)
  }

  private static func propose(_ asking: Asking) throws -> PageReply {
    let kind = try RuleKind.named(asking["kind"])
    let text = (asking.form["yaml"] ?? "").replacing("\r\n", with: "\n")
    let rule = try RuleFile.read(Array(text.utf8), kind: kind, file: kind.name)
    let why = asking.form["why"]?.trimmed ?? ""
    guard !why.isEmpty else {
      throw Trouble(
        .usage, "E-USAGE", Name("nothing says why the rule changes", "未写明规则变更的缘由"), unharmed: Unharmed.everything,
        remedy: Name("go back and say why", "请返回并写明缘由"))
    }
    var from = Instant(microseconds: asking.now.microseconds / 1000 * 1000)
    if let text = asking.form["from"] {
      guard let start = FormValue.instant(text) else { throw Trouble.unreadable(text, Name("In force from", "生效时间")) }
      from = start
    }
    var wish = RuleWish(kind: kind.name, body: rule.body, effective: from, why: why, author: asking.user.name)
    wish.isReturn = asking.form["again"] == "true"
    if let moved = asking.form["moved"].flatMap({ Int64($0) }), let hash = asking.form["reportHash"] {
      wish.impact = ["reportHash": .string(hash), "changed": .int(moved)]
    }
    let place = try asking.premises.read { try $0.ruleBook().place(of: wish) }
    return try record(wish.proposed(place, at: asking.now), asking)
  }

  private static func decide(_ asking: Asking, approves: Bool) throws -> PageReply {
    let kind = try RuleKind.named(asking["kind"]).name
    let version = asking.form["version"].flatMap { Int($0) }
    let event = try asking.premises.read { snapshot in
      let book = try snapshot.ruleBook()
      let proposal = try book.proposal(of: kind, version)
      return approves
        ? try proposal.approved(by: asking.user.name, in: book, why: nil, at: asking.now)
        : proposal.rejected(by: asking.user.name, why: asking.form["why"] ?? "", at: asking.now)
    }
    return try record(event, asking)
  }

  private static func record(_ event: Event?, _ asking: Asking) throws -> PageReply {
    let answer = try RuleAnswer(event, recordedBy: Recorder(asking.premises.store, about: asking.circumstances))
    return .see(Address("/rules/" + asking["kind"], [("done", String(answer.acknowledgement?.seq ?? 0))]).text)
  }
}

extension Snapshot {
  /// The name of the read model that judges by a kind of rule.
  func model(ofRule kind: String) throws -> String? { projections.first { $0.ruleKind == kind }?.name }
}
