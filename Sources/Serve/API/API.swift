import Wire

/// Version 1 of the API: for programs. A file for each subject; the document is made from the same table.
enum API {
  static let routes: [Route] =
    ModelRoutes.all + SubjectRoutes.all + EventRoutes.all + CommandRoutes.all + ContractRoutes.all + RuleRoutes.all
    + RuleTrialRoutes.all + ProofRoutes.all + EvidenceRoutes.all + RebuildRoutes.all + StreamRoutes.all
    + AccessRoutes.all + OperationRoutes.all + WebhookRoutes.all
}

// Parameters that several operations have.
extension Operation.Parameter {
  static let asOf = Operation.Parameter(
    "as_of", "State at this business time: an instant with zone, or a day, which means its end (UTC).", "该业务时间的状态：带时区的时间，或日期（指当日结束，UTC）。")
  static let knownAt = Operation.Parameter(
    "known_at", "As the log stood at this time, or right after the event of this number.", "按日志在该时间的样子，或该序号的事件刚入账后的样子。")
  static let rule = Operation.Parameter(
    "rule", "Judge by another version, KIND=VERSION; may be given again.", "按另一版本判断，形如 KIND=VERSION；可多次给出。",
    ["type": "array", "items": ["type": "string"]])
  static let minPosition = Operation.Parameter(
    "min_position", "The answer must rest on this event too.", "结果须已包含该序号的事件。", ["type": "integer", "minimum": 0])
  static let after = Operation.Parameter("after", "Go on behind this cursor, `next` of the page before.", "从此游标之后继续，即上一页的 next。")
  static func limit(_ most: Int64 = 1_000) -> Operation.Parameter {
    Operation.Parameter("limit", "So many at most.", "最多条数。", ["type": "integer", "minimum": 1, "maximum": .int(most)])
  }
  static let view: [Operation.Parameter] = [.asOf, .knownAt, .rule, .minPosition]
}
