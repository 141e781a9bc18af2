public import Projection
public import Vocabulary
public import Wire

/// What is asked of people: what they must read and by when, and what each step of the ladder takes.
public struct TalentRules: RuleBody {
  public static let title = Name("People and ladder", "人才与职级")

  /// What it takes to have a position: all that is said here.
  public struct Step: Hashable, Sendable {
    public let position: String
    /// The position that one has before.
    public let from: String
    public let monthsInPost: Int
    /// Certificates that must be valid.
    public let certificates: [String]
    /// The mean of the last locked scores must reach this.
    public let averageScore: Int?
    /// So many of them count, and must be there.
    public let scores: Int
  }
  /// A version of a procedure or policy must be read and signed within so many days of being in use.
  public let readWithinDays: Int
  /// Who must read; empty for everybody.
  public let readers: [String]
  /// A certificate is to be renewed when it ends within so many days.
  public let renewWithinDays: Int
  public let turnoverDays: Int
  public let steps: [Step]

  public static let fields: [Field] = [
    .count("readWithinDays", "A document must be read and signed within so many days of being in use", "文件生效后多少天内须阅签", 0...365, .days),
    .list("readers", of: .text(limit: 200), "Positions that must read; empty for all", "须阅签的岗位；空为全员", limit: 100)
      .optional,
    .count("renewWithinDays", "A certificate is to be renewed when it ends within so many days", "认证到期前多少天提示续期", 0...365, .days),
    .count("turnoverDays", "Turnover counts over so many days", "流动率统计天数", 1...3_650, .days),
    .list(
      "steps",
      of: .record([
        .text("position", "Position", "岗位", limit: 200), .text("from", "From position", "原岗位", limit: 200),
        .count("monthsInPost", "Months in the position before", "原岗位任职月数", 0...600),
        .list("certificates", of: .text(limit: 200), "Certificates", "须持认证", limit: 20).optional,
        .score("averageScore", "Mean of the last scores", "近期考核平均分", 0...200).optional,
        .count("scores", "So many scores count", "计入的考核期数", 0...36),
      ]), "Steps of the ladder", "职级阶梯", limit: 60),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    var seen: [String] = []
    for (place, step) in values.records("steps").enumerated() {
      let (from, to) = (step.text("from"), step.text("position"))
      guard from != to else {
        throw RuleFault("steps[\(place)].from", Name("a step leads to another position", "职级阶梯须通向另一岗位"))
      }
      guard !seen.contains(from) else {
        throw RuleFault("steps[\(place)].from", Name("\"\(from)\" has a step already", "“\(from)”已有晋升路径"))
      }
      seen.append(from)
      guard step["averageScore"] == nil || step.number("scores") > 0 else {
        throw RuleFault("steps[\(place)].scores", Name("a mean needs at least one score", "平均分至少需要一期考核"))
      }
    }
  }

  public init(_ values: JSONObject) {
    readWithinDays = values.number("readWithinDays")
    readers = values.texts("readers")
    renewWithinDays = values.number("renewWithinDays")
    turnoverDays = values.number("turnoverDays")
    steps = values.records("steps").map { step in
      Step(
        position: step.text("position"), from: step.text("from"), monthsInPost: step.number("monthsInPost"),
        certificates: step.texts("certificates"), averageScore: step["averageScore"]?.int.map { Int($0) },
        scores: step.number("scores"))
    }
  }

  /// The step that leads on from a position.
  func step(from position: String?) -> Step? { steps.first { $0.from == position } }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订"),
      [
        "readWithinDays": 14, "renewWithinDays": 60, "turnoverDays": 365,
        "steps": [
          ["from": "sales assistant", "position": "sales rep", "monthsInPost": 6, "averageScore": 60, "scores": 2],
          ["from": "sales rep", "position": "senior sales rep", "monthsInPost": 12, "averageScore": 70, "scores": 4],
          ["from": "senior sales rep", "position": "account manager", "monthsInPost": 18, "averageScore": 75, "scores": 4],
          [
            "from": "account manager", "position": "senior account manager", "monthsInPost": 24, "averageScore": 80,
            "scores": 6,
          ],
          [
            "from": "senior account manager", "position": "key account manager", "monthsInPost": 36, "averageScore": 85,
            "scores": 6,
          ],
        ],
      ])
  ]
}
