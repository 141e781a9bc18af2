public import Projection
public import Vocabulary
public import Wire

/// How sensitive data is, and what each grade demands of who reads it.
///
/// Four grades inside the "general data" of GB/T 43697.
public struct DataGradeRules: RuleBody {
  public static let title = Name("Data grades", "数据分级")

  public struct Demand: Hashable, Sendable {
    public let grade: DataGrade
    public let isMaskedInLists: Bool
    public let readingIsLogged: Bool
    public let exportNeedsApproval: Bool
    /// Empty: every role.
    public let roles: [String]
  }
  public struct Assignment: Hashable, Sendable {
    /// An event type, or a type and a field: `contact.added`, `contract.drafted.totalMinor`.
    public let what: String
    public let grade: DataGrade
  }
  public let demands: [Demand]
  public let assignments: [Assignment]
  public let otherwise: DataGrade
  public let personal: DataGrade
  /// A right that was granted is looked at again after so many months; `nil`: it is not asked for.
  public let recertifyMonths: Int?

  public static let fields: [Field] = [
    .list(
      "demands",
      of: .record([
        .code("grade", DataGrade.self, "Grade", "级别"), .flag("isMaskedInLists", "Masked in lists", "列表中脱敏"),
        .flag("readingIsLogged", "Reading is recorded", "查阅留痕"),
        .flag("exportNeedsApproval", "Export needs approval", "导出须审批"),
        .list("roles", of: .text(limit: 100), "Only these roles; empty for all", "仅限这些角色；空为不限", limit: 50).optional,
      ]), "What each grade demands", "各级别要求", limit: 4),
    .list(
      "assignments",
      of: .record([
        .text(
          "what", "A type of event, or a type and a field: contract.drafted.totalMinor",
          "事件类型，或类型加字段：contract.drafted.totalMinor", limit: 120),
        .code("grade", DataGrade.self, "Grade", "级别"),
      ]), "What has which grade; the longest match counts", "数据归级；以最长匹配为准", limit: 500),
    .code("otherwise", DataGrade.self, "Grade of everything else", "其余数据的级别"),
    .code("personal", DataGrade.self, "At least this grade for what tells of a person", "个人信息的最低级别"),
    .count("recertifyMonths", "Rights are looked at again after so many months", "权限复核周期（月）", 1...120).optional,
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let demands = values.records("demands").map { $0.text("grade") }
    try requireDistinct(demands) { "demands[\($0)].grade" }
    for grade in DataGrade.allCases where !demands.contains(grade.word.text) {
      throw RuleFault("demands", Name("what \(grade.word.text) demands is missing", "缺少 \(grade.word.text) 级的要求"))
    }
    try requireDistinct(values.records("assignments").map { $0.text("what") }) { "assignments[\($0)].what" }
  }

  public init(_ values: JSONObject) {
    demands = values.records("demands").map { demand in
      Demand(
        grade: DataGrade(demand, "grade") ?? .internal, isMaskedInLists: demand.flag("isMaskedInLists"),
        readingIsLogged: demand.flag("readingIsLogged"), exportNeedsApproval: demand.flag("exportNeedsApproval"),
        roles: demand.texts("roles"))
    }
    assignments = values.records("assignments").map {
      Assignment(what: $0.text("what"), grade: DataGrade($0, "grade") ?? .internal)
    }
    otherwise = DataGrade(values, "otherwise") ?? .internal
    personal = DataGrade(values, "personal") ?? .sensitive
    recertifyMonths = values["recertifyMonths"]?.int.map { Int($0) }
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "demands": [
          ["grade": "l1", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
          ["grade": "l2", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
          ["grade": "l3", "isMaskedInLists": false, "readingIsLogged": true, "exportNeedsApproval": true],
          ["grade": "l4", "isMaskedInLists": true, "readingIsLogged": true, "exportNeedsApproval": true],
        ],
        "assignments": [
          ["what": "contact.added", "grade": "l3"], ["what": "contact.updated", "grade": "l3"],
          ["what": "quote.issued", "grade": "l3"], ["what": "contract.drafted", "grade": "l3"],
          ["what": "customer.registered", "grade": "l2"],
        ],
        "otherwise": "l2", "personal": "l3",
      ]),
    RuleVersion(
      2, why: Name("Rights are looked at again", "权限定期复核"),
      [
        "demands": [
          ["grade": "l1", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
          ["grade": "l2", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
          ["grade": "l3", "isMaskedInLists": false, "readingIsLogged": true, "exportNeedsApproval": true],
          ["grade": "l4", "isMaskedInLists": true, "readingIsLogged": true, "exportNeedsApproval": true],
        ],
        "assignments": [
          ["what": "contact.added", "grade": "l3"], ["what": "contact.updated", "grade": "l3"],
          ["what": "quote.issued", "grade": "l3"], ["what": "contract.drafted", "grade": "l3"],
          ["what": "customer.registered", "grade": "l2"],
        ],
        "otherwise": "l2", "personal": "l3", "recertifyMonths": 6,
      ]),
  ]
}

extension DataGradeRules {
  /// The grade of a type of events, or of one of its fields (`contract.drafted.totalMinor`): the longest match counts, and
  /// what tells of a person has at least the grade that the rule gives to that.
  public func grade(of what: String, isPersonal: Bool) -> DataGrade {
    let matches = assignments.filter { what == $0.what || what.hasPrefix($0.what + ".") }
    let grade = matches.max { $0.what.utf8.count < $1.what.utf8.count }?.grade ?? otherwise
    return isPersonal && grade.rawValue < personal.rawValue ? personal : grade
  }
}

public enum DataGrade: UInt8, CodeSet {
  case open = 1
  case `internal` = 2
  case sensitive = 3
  case highlySensitive = 4

  public var word: Word {
    switch self {
    case .open: Word("l1", "L1 public", "L1 公开")
    case .internal: Word("l2", "L2 internal", "L2 内部")
    case .sensitive: Word("l3", "L3 sensitive", "L3 敏感")
    case .highlySensitive: Word("l4", "L4 highly sensitive", "L4 高度敏感")
    }
  }
}
