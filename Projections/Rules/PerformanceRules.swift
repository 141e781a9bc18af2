public import CompanyHistory
public import Projection
public import Vocabulary
public import Wire

/// How people's performance is scored: items with weights, grades, and when a score is locked.
public struct PerformanceRules: RuleBody {
  public static let title = Name("Performance", "绩效考核")

  public struct Item: Hashable, Sendable {
    public let id: String
    public let name: String
    public let group: ItemGroup
    public let weightBp: Int
    /// A score beyond 100 counts up to here.
    public let capScore: Int
    /// How it is measured; `nil` for what people score by hand.
    public let measure: Measure?
    /// Against what, where no target is set: minor units, a count, hundredths of a percent or of a point.
    public let target: Int64?
  }
  public struct GradeBand: Hashable, Sendable {
    public let grade: String
    public let fromScore: Int
  }
  public let items: [Item]
  /// Best first; the last begins at 0.
  public let grades: [GradeBand]
  public let resultsAtLeastBp: Int
  public let resultsAtMostBp: Int
  public let itemAtMostBp: Int
  public let revenueBasis: RevenueBasis
  public let lockOnDay: Int
  public let signOffs: Int

  public static let fields: [Field] = [
    .list(
      "items",
      of: .record([
        .text("id", "Short name", "短名", limit: 40), .text("name", "Name", "名称", limit: 100),
        .code("group", ItemGroup.self, "Group", "类别"), .basisPoints("weightBp", "Weight", "权重", 1...10_000),
        .score("capScore", "Counts up to a score of", "得分上限", 100...200),
        .code("measure", Measure.self, "Measured by; without it by its short name, or else by hand", "计量方式；未填则按短名，否则人工评分")
          .optional,
        .count("target", "Against this, where no target is set", "未下达目标时的默认目标", 1...JSON.greatestInteger).optional,
      ]), "What is scored", "考核项目", limit: 30),
    .list(
      "grades",
      of: .record([.text("grade", "Grade", "等级", limit: 20), .score("fromScore", "From a score of", "得分下限", 0...200)]),
      "Grades, best first", "等级，由高到低", limit: 12),
    .basisPoints("resultsAtLeastBp", "Results weigh at least", "结果类权重下限"),
    .basisPoints("resultsAtMostBp", "Results weigh at most", "结果类权重上限"),
    .basisPoints("itemAtMostBp", "One item weighs at most", "单项权重上限", 1...10_000),
    .code("revenueBasis", RevenueBasis.self, "Revenue counts when", "收入口径"),
    .count("lockOnDay", "Locked on this day of the next month", "次月几日锁定", 1...28),
    .count("signOffs", "People who sign a new item", "新增指标会签人数", 1...9),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let items = values.records("items")
    try requireDistinct(items.map { $0.text("id") }) { "items[\($0)].id" }
    let sum = items.reduce(0) { $0 + $1.number("weightBp") }
    guard sum == 10_000 else {
      throw RuleFault(
        "items", Name("the weights add up to \(sum); allowed: 10000 (100 %)", "权重合计为 \(sum)；必须为 10000（100%）"))
    }
    let most = values.number("itemAtMostBp")
    for (place, item) in items.enumerated() where item.number("weightBp") > most {
      throw RuleFault(
        "items[\(place)].weightBp", Name("is more than itemAtMostBp, which is \(most)", "超过 itemAtMostBp（\(most)）"))
    }
    let results = items.reduce(0) { $1.text("group") == ItemGroup.result.word.text ? $0 + $1.number("weightBp") : $0 }
    guard results >= values.number("resultsAtLeastBp"), results <= values.number("resultsAtMostBp") else {
      throw RuleFault(
        "items",
        Name(
          "results weigh \(results); allowed: resultsAtLeastBp to resultsAtMostBp",
          "结果类权重为 \(results)；应在 resultsAtLeastBp 至 resultsAtMostBp 之间"))
    }
    try checkGrades(values.records("grades"))
  }

  private static func checkGrades(_ grades: [JSONObject]) throws(RuleFault) {
    try requireDistinct(grades.map { $0.text("grade") }) { "grades[\($0)].grade" }
    for place in grades.indices.dropFirst()
    where grades[place].number("fromScore") >= grades[place - 1].number("fromScore") {
      throw RuleFault("grades[\(place)].fromScore", Name("must be less than that of the grade before", "必须低于前一等级的下限"))
    }
    guard grades.last?.number("fromScore") == 0, !grades.isEmpty else {
      throw RuleFault("grades", Name("the last grade must begin at 0", "最后一个等级的下限必须为 0"))
    }
  }

  public init(_ values: JSONObject) {
    let basis = RevenueBasis(values, "revenueBasis") ?? .collected
    items = values.records("items").map { item in
      Item(
        id: item.text("id"), name: item.text("name"), group: ItemGroup(item, "group") ?? .result,
        weightBp: item.number("weightBp"), capScore: item.number("capScore"),
        measure: PerformanceRules.measure(of: item, basis), target: item["target"]?.int)
    }
    grades = values.records("grades").map { GradeBand(grade: $0.text("grade"), fromScore: $0.number("fromScore")) }
    resultsAtLeastBp = values.number("resultsAtLeastBp")
    resultsAtMostBp = values.number("resultsAtMostBp")
    itemAtMostBp = values.number("itemAtMostBp")
    revenueBasis = RevenueBasis(values, "revenueBasis") ?? .collected
    lockOnDay = values.number("lockOnDay")
    signOffs = values.number("signOffs")
  }

  /// What is said to measure it; or else what its short name means, where money counts as the rule says.
  private static func measure(of item: JSONObject, _ basis: RevenueBasis) -> Measure? {
    if let said = Measure(item, "measure") { return said }
    guard let named = Measure(item, "id") else { return nil }
    return named.isMoney ? basis.measure : named
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "items": [
          [
            "id": "collected-revenue", "name": "Collected revenue 回款额", "group": "result", "weightBp": 2_000,
            "capScore": 120,
          ],
          ["id": "new-customers", "name": "New customers 新客户数", "group": "result", "weightBp": 1_500, "capScore": 120],
          ["id": "retention", "name": "Customers kept 客户留存率", "group": "result", "weightBp": 1_000, "capScore": 100],
          [
            "id": "satisfaction", "name": "Satisfaction 客户满意度", "group": "customer", "weightBp": 1_500, "capScore": 100,
          ],
          ["id": "visits", "name": "Visits done 拜访完成率", "group": "process", "weightBp": 1_500, "capScore": 100],
          ["id": "records", "name": "Records complete 资料完整率", "group": "process", "weightBp": 1_000, "capScore": 100],
          ["id": "training", "name": "Training passed 培训通过率", "group": "learning", "weightBp": 1_500, "capScore": 100],
        ],
        "grades": [
          ["grade": "S", "fromScore": 95], ["grade": "A", "fromScore": 85], ["grade": "B", "fromScore": 70],
          ["grade": "C", "fromScore": 60], ["grade": "D", "fromScore": 0],
        ],
        "resultsAtLeastBp": 3_500, "resultsAtMostBp": 5_000, "itemAtMostBp": 2_000, "revenueBasis": "collected",
        "lockOnDay": 5, "signOffs": 3,
      ])
  ]
}

public enum ItemGroup: UInt8, CodeSet {
  case result = 1
  case customer = 2
  case process = 3
  case learning = 4

  public var word: Word {
    switch self {
    case .result: Word("result", "Results", "结果")
    case .customer: Word("customer", "Customers", "客户")
    case .process: Word("process", "Process", "过程")
    case .learning: Word("learning", "Learning", "学习成长")
    }
  }
}

/// When revenue counts.
public enum RevenueBasis: UInt8, CodeSet {
  case collected = 1
  case ordered = 2
  case invoiced = 3

  public var measure: Measure {
    switch self {
    case .collected: .collected
    case .ordered: .ordered
    case .invoiced: .invoiced
    }
  }

  public var word: Word {
    switch self {
    case .collected: Word("collected", "it is collected", "回款时")
    case .ordered: Word("ordered", "it is ordered", "下单时")
    case .invoiced: Word("invoiced", "it is invoiced", "开票时")
    }
  }
}
