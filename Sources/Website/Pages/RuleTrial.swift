import Answers
import Crypto
import Engine
import Pages
import Projection
import RuleFiles
import Vocabulary
import Wire

/// A change of a rule, judged over everybody before anybody decides: who moves, why, whose money.
enum RuleTrial {
  /// People whom a page names; the file names all.
  static let people = 100
  /// For how many of them the event is looked for at which the two rules first part.
  private static let firstDifferences = 25

  /// What somebody wrote in the form: its faults by line, or what it would change and how to propose it.
  static func page(_ name: String, in desk: Desk) throws -> Content {
    let text = (desk.asking.form["yaml"] ?? "").replacing("\r\n", with: "\n")
    do {
      let draft = try draft(text, of: name, in: desk)
      let answer = try compare(try desk.snapshot.rule(of: name, in: desk.view), draft, in: desk)
      return Content(
        RulePages.title(of: name, in: desk), try blocks(answer, in: desk) + [export(name, text, in: desk)] + proposal(name, text, answer, in: desk))
    } catch let error as RuleFileError {
      return try RulePages.edit(name, text: text, error: error, in: desk)
    }
  }

  /// Two versions that the log has, or one that waits against the one in force.
  static func versions(_ name: String, in desk: Desk) throws -> Content {
    let book = try desk.snapshot.ruleBook(desk.view)
    let from = try desk.asking.query["from"].flatMap { Int($0) }.map { try rule($0, of: name, in: book) } ?? desk.snapshot.rule(of: name, in: desk.view)
    guard let number = desk.asking.query["to"].flatMap({ Int($0) }) else { throw RuleRefusal.noProposal(kind: name, version: nil) }
    let answer = try compare(from, try rule(number, of: name, in: book), in: desk)
    let back = Block.links([Link(desk.say("The rule", "规则"), desk.link("/rules/" + name))])
    return Content(RulePages.title(of: name, in: desk), [back] + (try blocks(answer, in: desk)))
  }

  private static func rule(_ number: Int, of name: String, in book: RuleBook) throws -> PublishedRule {
    if let proposal = try book.proposals(name).last(where: { $0.draft.rule.version == number }) { return proposal.draft }
    return try book.version(number, of: name)
  }

  /// Everyone concerned, as a file.
  static func people(_ asking: Asking) throws -> PageReply {
    let view = try asking.view()
    let text = (asking.form["yaml"] ?? "").replacing("\r\n", with: "\n")
    let sink = MemorySink()
    try asking.premises.read { snapshot in
      let desk = Desk(asking: asking, view: view, snapshot: snapshot)
      let answer = try compare(try snapshot.rule(of: asking["kind"], in: view), try draft(text, of: asking["kind"], in: desk), in: desk)
      try CSVWriter(answer.columns, to: sink).give(answer.rows)
    }
    return .file("\(asking["kind"])-whatif.csv", "text/csv; charset=utf-8", sink.bytes)
  }

  private static func draft(_ text: String, of name: String, in desk: Desk) throws -> PublishedRule {
    try RuleDraft.read(
      Array(text.utf8), name: name, of: name, after: try desk.snapshot.ruleBook(desk.view), in: desk.snapshot)
  }

  private static func compare(_ from: PublishedRule, _ to: PublishedRule, in desk: Desk) throws -> RuleDiffAnswer {
    let comparison = try RuleDiffReport.comparison(from: from, to: to, view: desk.view, in: desk.snapshot)
    return RuleDiffAnswer(
      try RuleDiffReport(comparison, view: desk.view, firstDifferences: firstDifferences, in: desk.snapshot))
  }

  private static func blocks(_ answer: RuleDiffAnswer, in desk: Desk) throws -> [Block] {
    let report = answer.report
    let comparison = report.comparison
    let moved = Int64(comparison.moved).grouped
    var blocks: [Block] = [
      .notice(
        Notice(
          comparison.moved == 0 ? .hint : .caution,
          desk.say("\(moved) of \(Int64(comparison.subjects).grouped) would be judged otherwise.", "\(Int64(comparison.subjects).grouped) 个主体中有 \(moved) 个结论会改变。"),
          details: [
            desk.say("\(comparison.from.label) → \(comparison.to.label), as of \(comparison.asOf), from \(comparison.position) events.", "\(comparison.from.label) → \(comparison.to.label)，截至 \(comparison.asOf)，依据 \(comparison.position) 个事件。"),
            desk.say("Money concerned: ", "涉及金额：") + (RuleDiffAnswer.text(of: report.money, in: desk.language).isEmpty ? "–" : RuleDiffAnswer.text(of: report.money, in: desk.language)),
          ]))
    ]
    blocks += table(desk.say("What the rules say differently", "规则的不同之处"), RuleDiffAnswer.fieldColumns, answer.fields(in: desk.language), in: desk)
    blocks += table(desk.say("From (rows) to (columns)", "由（行）到（列）"), answer.matrixColumns, answer.matrix(in: desk.language), in: desk)
    // Whose conclusion is another stands before whose dates or figures alone are.
    let all = answer.people(in: desk.language)
    let named = Array((all.filter { $0[1] != $0[2] } + all.filter { $0[1] == $0[2] }).prefix(people))
    let count = report.entries.count
    blocks += table(
      desk.say(
        "Everyone concerned (\(min(count, people)) of \(count)): first who is judged otherwise, then whose dates or figures change",
        "全部相关主体（\(count) 个中的 \(min(count, people)) 个）：先列结论改变者，再列仅日期或数值改变者"),
      answer.columns, named, in: desk)
    blocks += table(desk.say("By owner", "按负责人"), RuleDiffAnswer.totalColumns, answer.totals(in: desk.language) { $0.owner }, in: desk)
    blocks += table(desk.say("By grade", "按等级"), RuleDiffAnswer.totalColumns, answer.totals(in: desk.language) { $0.grade }, in: desk)
    return blocks + table(desk.say("Conditions that hold", "成立的条件"), RuleDiffAnswer.conditionColumns, answer.conditions(in: desk.language), in: desk)
  }

  private static func table(_ caption: String, _ columns: [Column], _ rows: [[Cell]], in desk: Desk) -> [Block] {
    rows.isEmpty ? [] : [.table(desk.table(caption, columns, rows))]
  }

  private static func export(_ name: String, _ text: String, in desk: Desk) -> Block {
    var form = Form(
      "", .post, "/rules/\(name)/people", [Form.Field("yaml", "yaml", .hidden, value: text)],
      submit: desk.say("Everyone concerned as CSV", "导出全部相关主体（CSV）"), isCompact: true)
    form.isFile = true
    return .form(form)
  }

  /// To go on from here: change it again, or propose it. The proposal names the counts that were seen.
  private static func proposal(_ name: String, _ text: String, _ answer: RuleDiffAnswer, in desk: Desk) throws -> [Block] {
    let again = Form(
      desk.say("Change it again", "继续修改"), .post, "/rules/\(name)/try",
      [Form.Field("yaml", desk.say("The rule", "规则"), .lines(rows: 14), value: text, isRequired: true, limit: 64_000)],
      submit: desk.say("See who would move", "试算影响"))
    guard desk.asking.user.may(.changeRules) else { return [.form(again)] }
    let hash = SHA256.hash(data: Array(answer.json.canonical.utf8)).reduce(into: Text()) { $0.append(hex: $1) }.string
    let form = Form(
      desk.say("Propose it", "提交提案"), .post, "/rules/\(name)/propose",
      [
        Form.Field("yaml", "yaml", .hidden, value: text),
        Form.Field("moved", "moved", .hidden, value: String(answer.report.comparison.moved)),
        Form.Field("reportHash", "reportHash", .hidden, value: hash),
        Form.Field(
          "why", desk.say("Why", "缘由"), .lines(rows: 2), hint: desk.say("Whoever reads the rule reads this.", "查看规则者都会看到。"), isRequired: true,
          limit: 500),
        Form.Field(
          "from", desk.say("In force from (UTC)", "生效时间（UTC）"), .line(type: "datetime-local"),
          hint: desk.say("Empty: from now on. It must be later than every version before.", "留空：即刻生效。必须晚于此前各版本。")),
        Form.Field(
          "again", desk.say("A return to what an earlier version said", "恢复早先版本的内容"), .tick),
      ], submit: desk.say("Send to a second person", "提交他人批准"))
    return [.form(form), .form(again)]
  }
}
