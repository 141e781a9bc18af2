import AccessControl
import Answers
import Engine
import HTTPTypes
import Projection
import RuleFiles
import Vocabulary
import Wire

/// Rules: what there is, proposals, and the second person's word.
enum RuleRoutes {
  static let all: [Route] = [list, show, schema, propose, approve, reject]

  private static let list = Route(
    .get, "/api/v1/rules", needs: .readRules, "Every version of every rule", "全部规则的全部版本",
    operation: Operation(
      "listRules",
      parameters: [.knownAt, Operation.Parameter("kind", "Only this kind.", "只列此类。"), Operation.Parameter("at", "Only the versions in force then.", "只列该时刻现行的版本。")])
  ) { inquiry in
    let (view, at) = (try inquiry.view(), try inquiry.query["at"].map { try inquiry.read($0, "at", TimePoint.init, "2026-06-30") })
    return try inquiry.read { snapshot in
      let book = try snapshot.ruleBook(view)
      let kinds = try inquiry.query["kind"].map { [try RuleKind.named($0).name] } ?? book.kinds
      let lines = try kinds.flatMap { try RuleCells.lines(of: $0, in: book, at: at?.instant, now: inquiry.office.now) }
      return .json(["rules": .array(Rows.objects(RuleCells.columns, lines.map { $0.cells(in: inquiry.language) }))]).at(snapshot.size)
    }
  }

  private static let show = Route(
    .get, "/api/v1/rules/{kind}/{version}", needs: .readRules, "What a version lays down", "某版规则的内容",
    operation: Operation("getRule")
  ) { inquiry in
    let version = try inquiry.read(inquiry["version"], "version", { Int($0) }, "1")
    return try inquiry.read { snapshot in
      let detail = try RuleDetail(RuleKind.named(inquiry["kind"]), version: version, in: snapshot.ruleBook(), now: inquiry.office.now)
      return .json(Rows.object(RuleDetail.columnsWithBody, detail.cellsWithBody(in: inquiry.language))).at(snapshot.size)
    }
  }

  private static let schema = Route(
    .get, "/api/v1/rules/{kind}", needs: .readRules, "The JSON Schema of a kind of rule", "某类规则的 JSON Schema", work: .quick,
    operation: Operation("getRuleSchema", replyType: "application/schema+json")
  ) { inquiry in
    .json(.object(try RuleKind.named(inquiry["kind"]).schema), type: "application/schema+json")
  }

  static let bodies: [(type: String, schema: JSON)] = [("application/yaml", ["type": "string"]), ("application/json", ["type": "object"])]

  private static let propose = Route(
    .post, "/api/v1/rules/{kind}/proposals", needs: .changeRules, "Propose a new version to a second person", "向他人提交规则新版本", work: .writing,
    bodyLimit: RuleFileLimit.bytes,
    operation: Operation(
      "proposeRule",
      parameters: [
        Operation.Parameter("why", "Why; whoever reads the rule reads this.", "缘由；查看规则者都会看到。", ["type": "string", "minLength": 1]).required,
        Operation.Parameter("from", "In force from then, or the beginning of this day; else from now.", "生效时间或该日零点；缺省为现在。"),
        Operation.Parameter("dry_run", "true: check, and record nothing.", "true：只检查，不写入。", ["type": "boolean"]),
      ], bodies: bodies, status: 201, reply: ["type": "object"])
  ) { inquiry in
    let kind = try RuleKind.named(inquiry["kind"])
    let from = try inquiry.query["from"].map { try inquiry.read($0, "from", StartPoint.init, "2027-01-01") }
    let body = try RuleFile.read(inquiry.ruleFile(), kind: kind, file: "body").body
    var wish = RuleWish(kind: kind.name, body: body, effective: from?.instant ?? inquiry.office.now, why: try inquiry.reason("why"), author: inquiry.principal.name)
    wish.isReturn = inquiry.query["again"] == "true"
    return try inquiry.record { book in wish.proposed(try book.place(of: wish), at: inquiry.office.now) }
  }

  private static let approve = Route(
    .post, "/api/v1/rules/{kind}/proposals/{version}/approval", needs: .changeRules, "Approve another person's proposal", "批准他人的提案", work: .writing,
    bodyLimit: 1,
    operation: Operation("approveRule", parameters: [Operation.Parameter("why", "Why; else what the author said.", "缘由；缺省为提出人的说明。")], status: 201)
  ) { inquiry in
    let version = try inquiry.read(inquiry["version"], "version", { Int($0) }, "2")
    return try inquiry.record { book in
      try book.proposal(of: RuleKind.named(inquiry["kind"]).name, version)
        .approved(by: inquiry.principal.name, in: book, why: inquiry.query["why"], at: inquiry.office.now)
    }
  }

  private static let reject = Route(
    .post, "/api/v1/rules/{kind}/proposals/{version}/rejection", needs: .changeRules, "Turn down a proposal", "驳回提案", work: .writing, bodyLimit: 1,
    operation: Operation("rejectRule", parameters: [Operation.Parameter("why", "Why.", "缘由。", ["type": "string", "minLength": 1]).required], status: 201)
  ) { inquiry in
    let (version, why) = (try inquiry.read(inquiry["version"], "version", { Int($0) }, "2"), try inquiry.reason("why"))
    return try inquiry.record { book in
      try book.proposal(of: RuleKind.named(inquiry["kind"]).name, version).rejected(by: inquiry.principal.name, why: why, at: inquiry.office.now)
    }
  }
}

extension Inquiry {
  /// The rule that was sent, as a file would hold it: YAML as it is, a JSON body as `GET /api/v1/rules/{kind}/{version}` gives it
  /// with the kind that the path names (JSON is YAML too).
  func ruleFile() throws -> [UInt8] {
    guard headers[.contentType]?.lowercased().hasPrefix("application/json") ?? false, var object = try json().object else { return body }
    if object["kind"] == nil { object["kind"] = .string(self["kind"]) }
    return Array(JSON.object(object).canonical.utf8)
  }

  func reason(_ name: String) throws -> String {
    guard let why = query[name] ?? form[name] else {
      throw Trouble.usage(Name("\(name) says nothing", "\(name) 为空"), remedy: Name("say why", "请写明缘由"))
    }
    return why
  }

  /// Records an event about a rule; `dry_run=true` only checks it.
  func record(_ event: (RuleBook) throws -> Event?) throws -> Reply {
    let isRehearsal = query["dry_run"] == "true"
    let rule = "rule:" + (try RuleKind.named(self["kind"]).name)
    // What was decided rests on the rule as it was read: who comes in between makes it fail.
    let (made, version) = try office.read { snapshot in
      (try event(try snapshot.ruleBook()), try Subject(rule).map { try snapshot.version(of: $0) } ?? 0)
    }
    let expected = ExpectedVersion("\(rule)=\(version)").map { [$0] } ?? []
    let about = office.circumstances(for: self)
    let recorder = isRehearsal ? nil : Recorder(office.store, about: about, expecting: expected)
    let answer = try RuleAnswer(made, recordedBy: recorder)
    return Reply.json(Rows.object(RuleAnswer.columns, answer.cells), status: isRehearsal ? .ok : .created).at(office.head)
  }
}
