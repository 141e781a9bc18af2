import AccessControl
import Answers
import Engine
import HTTPTypes
import Projection
import RuleFiles
import Vocabulary
import Wire

/// Who moves when a rule changes. Everyone is judged by both, which takes long; one such question at a time.
enum RuleTrialRoutes {
  static let all: [Route] = [diff, whatIf]

  private static let shared: [Operation.Parameter] = [
    .asOf, .knownAt,
    Operation.Parameter("first_differences", "Find the first difference of so many subjects.", "为这么多主体查找首次分歧。", ["type": "integer", "minimum": 0, "maximum": 1000]),
    .limit(10_000),
  ]

  private static let diff = Route(
    .get, "/api/v1/rules/{kind}/diff", needs: .tryRules, "Who moves between two versions", "两版规则之间谁的结论改变", work: .long,
    operation: Operation(
      "diffRules",
      parameters: shared + ["from", "to"].map { Operation.Parameter($0, "A version.", "版本。", ["type": "integer", "minimum": 1]).required })
  ) { inquiry in
    let view = try inquiry.view()
    guard let from = try inquiry.number("from", from: 1), let to = try inquiry.number("to", from: 1) else {
      throw Trouble.usage(Name("from and to are missing", "缺少 from 与 to"), remedy: Name("name two versions", "请写明两个版本"))
    }
    return try inquiry.compare(view) { snapshot in
      let book = try snapshot.ruleBook(view)
      return (try book.version(Int(from), of: inquiry["kind"]), try book.version(Int(to), of: inquiry["kind"]))
    }
  }

  private static let whatIf = Route(
    .post, "/api/v1/rules/{kind}/what-if", needs: .tryRules, "Who would move if this rule were in force", "按此规则试算谁的结论会改变", work: .long,
    bodyLimit: RuleFileLimit.bytes, operation: Operation("whatIf", parameters: shared, bodies: RuleRoutes.bodies)
  ) { inquiry in
    let view = try inquiry.view()
    return try inquiry.compare(view) { snapshot in
      let draft = try RuleDraft.read(inquiry.ruleFile(), name: "body", of: inquiry["kind"], after: snapshot.ruleBook(view), in: snapshot)
      return (try snapshot.rule(of: inquiry["kind"], in: view), draft)
    }
  }
}

extension Inquiry {
  func compare(_ view: View, _ rules: (Snapshot) throws -> (PublishedRule, PublishedRule)) throws -> Reply {
    let (limit, search) = (try limit(1_000, most: 10_000), try number("first_differences") ?? 20)
    let (answer, size) = try read { snapshot in
      _ = try snapshot.projection(ofRule: self["kind"])
      let (from, to) = try rules(snapshot)
      let comparison = try RuleDiffReport.comparison(from: from, to: to, view: view, in: snapshot)
      let report = try RuleDiffReport(comparison, view: view, firstDifferences: Int(min(search, 1_000)), in: snapshot)
      return (RuleDiffAnswer(report), snapshot.size)
    }
    guard var object = answer.json.object, let changes = object["changes"]?.array else { return .json(answer.json) }
    object["changes"] = .array(Array(changes.prefix(limit)))
    object["changesLeftOut"] = .int(Int64(max(0, changes.count - limit)))
    return Reply.json(.object(object)).at(size)
  }
}
