import Projection
public import Vocabulary
import Wire

/// What may take only so long, though nobody names a day for it when it begins.
public enum TimeMatter: UInt8, CodeSet {
  case privacyRequest = 1
  case erasure = 2
  case warning = 3
  case handoff = 4
  case disputeStep = 5

  public var word: Word {
    switch self {
    case .privacyRequest: Word("privacy-request", "Request of a person about their data", "个人信息行权申请")
    case .erasure: Word("erasure", "Erasure that was asked for", "擦除申请")
    case .warning: Word("warning", "Churn warning, until somebody decides", "流失预警研判")
    case .handoff: Word("handoff", "Handover, until it is taken", "交接接收")
    case .disputeStep: Word("dispute-step", "Dispute, until the next step", "纠纷的下一步")
    }
  }
}

/// How long one of these may take.
public struct OtherLimit: Hashable, Sendable {
  public let about: TimeMatter
  public let limit: TimeLimit

  static let field: Field.Kind = .record([
    .code("about", TimeMatter.self, "About", "事项"),
    .count("minutes", "Within so many minutes of any clock", "时限（分钟）", 1...5_256_000, .minutes).optional,
    .count("workingDays", "Within so many working days", "时限（工作日）", 1...2_000, .days).optional,
  ])

  static func check(_ list: [JSONObject]) throws(RuleFault) {
    try requireDistinct(list.map { $0.text("about") }) { "others[\($0)].about" }
    for (place, one) in list.enumerated() { try requireOne(of: "workingDays", "minutes", in: one, at: "others[\(place)]") }
  }

  /// - Parameter values: one that `check` has accepted.
  init?(_ values: JSONObject) {
    guard let about = TimeMatter(values, "about") else { return nil }
    self.about = about
    limit =
      values["minutes"]?.int.map { .minutes(Int($0)) } ?? .workingDays(values.number("workingDays"))
  }
}

/// When a claim can no longer be brought: so many years after it fell due, counted anew from what the law says.
///
/// The Civil Code of the PRC gives three years (art. 188), four for contracts of international sale (art. 594), and
/// counts anew from a demand that reached the debtor, from their agreeing to pay, and from bringing the claim (art. 195).
public struct LimitationRule: Hashable, Sendable {
  public let years: Int
  public let restartedBy: [LimitationRestart]
  public let internationalYears: Int?
  /// Kinds of contract, as contracts name theirs, that count as international sale.
  public let internationalKinds: [String]

  static let fields: [Field] = [
    .count("years", "A claim can be brought for so many years", "诉讼时效（年）", 1...30),
    .list("restartedBy", of: .code(LimitationRestart.codes), "Counted anew from", "重新起算的事由", limit: 3),
    .count("internationalYears", "Of an international sale for so many years", "国际货物买卖合同的时效（年）", 1...30).optional,
    .list("internationalKinds", of: .text(limit: 100), "Kinds of contract that are international sales", "视为国际货物买卖的合同类别", limit: 50)
      .optional,
  ]

  static func check(_ values: JSONObject) throws(RuleFault) {
    try requireDistinct(values.texts("restartedBy")) { "limitation.restartedBy[\($0)]" }
    try requireDistinct(values.texts("internationalKinds")) { "limitation.internationalKinds[\($0)]" }
    guard values.texts("internationalKinds").isEmpty || values["internationalYears"] != nil else {
      throw RuleFault("limitation.internationalYears", Name("missing, though kinds are named for it", "已列合同类别，但缺少年数"))
    }
  }

  init(_ values: JSONObject) {
    years = values.number("years")
    restartedBy = values.texts("restartedBy").compactMap { text in
      LimitationRestart.allCases.first { $0.word.text == text }
    }
    internationalYears = values["internationalYears"]?.int.map { Int($0) }
    internationalKinds = values.texts("internationalKinds")
  }

  /// The years of a claim from a contract of a kind.
  public func years(ofKind kind: String?) -> Int {
    guard let internationalYears, let kind, internationalKinds.contains(kind) else { return years }
    return internationalYears
  }
}

/// From what the time in which a claim can be brought is counted anew.
public enum LimitationRestart: UInt8, CodeSet {
  case demand = 1
  case partPayment = 2
  case proceedings = 3

  public var word: Word {
    switch self {
    case .demand: Word("demand", "a demand that was delivered", "送达的催告")
    case .partPayment: Word("part-payment", "payment of a part", "部分清偿")
    case .proceedings: Word("proceedings", "arbitration or court", "仲裁或诉讼")
    }
  }
}
