public import AccountHistory
public import Conditions
public import Projection
public import Vocabulary
public import Wire

/// When each signal holds, what it weighs, and from which health a customer is warned of.
///
/// Health is 100 less the weights of the signals that hold, and not below 0. A signal that nothing is known of costs
/// nothing. The shipped limits are the colours of Gainsight's scorecards (to 50 red, to 75 yellow), with the red half
/// divided into orange and red.
public struct ChurnRules: RuleBody {
  /// The events that count as purchases.
  public let purchaseEvents: PurchaseBasis
  let declineWindowDays: Int
  let declinePercent: Int
  let declinePurchases: Int
  let gapFactorPercent: Int
  let gapCount: Int
  let silenceDays: Int
  let usageWindowDays: Int
  let usageDropPercent: Int
  let usageStoppedDays: Int
  let contactDaysA: Int
  let contactDaysB: Int
  let contactDaysC: Int
  let keyContactDays: Int
  let complaintCount: Int
  let complaintWindowDays: Int
  let majorDays: Int
  let urgentDays: Int
  let npsAtMost: Int
  let csiDrop: Int
  let satisfactionDays: Int
  let slowPaymentDays: Int
  let slowPaymentInvoices: Int
  let renewalDays: Int
  let lateDeliveryDays: Int
  let lateDeliveryWindowDays: Int
  let assessmentDrop: Int
  let assessmentDays: Int
  let yellowAt: Int
  let orangeAt: Int
  let redAt: Int
  /// The grade of customers whom nobody has graded.
  let defaultGrade: Grade
  /// The least level when a key contact has left.
  let keyContactLevel: Level
  /// `nil` where the rule brings no model of repeat buying.
  let expectation: Expectation?
  private let weights: [Int]
  /// What the company watches for beside the signals that ship.
  public let ownSignals: [OwnSignal]

  public static let title = Name("Churn warnings", "流失预警")
  public static var measures: [Measure] { ChurnMeasures.vocabulary }

  public static let fields: [Field] =
    [
      PurchaseBasis.field("purchaseEvents", "Events that count as purchases", "视为购买的事件"),
      .code("defaultGrade", Grade.self, "Grade of customers without one", "未评级客户的默认等级"),
      .code("keyContactLevel", Level.self, "At least this level when a key contact left", "关键人离职时的最低预警级别"),
      .count("declineWindowDays", "Orders are compared over so many days", "订单对比窗口天数", 1...3_650, .days),
      .count("declinePercent", "A decline is below this percentage of the days before", "低于前期百分之多少视为下降", 1...100),
      .count("declinePurchases", "Purchases needed in the days before", "前期至少购买次数", 1...1_000),
      .count("gapFactorPercent", "Silence beyond this percentage of the usual gap", "静默超过平常间隔的百分之多少", 100...1_000),
      .count("gapCount", "Gaps needed to speak of a usual one", "认定平常间隔所需的间隔数", 1...100),
      .count("silenceDays", "No purchase for more than so many days", "超过多少天未购买", 1...3_650, .days),
      .count("usageWindowDays", "Use is compared over so many days", "使用量对比窗口天数", 1...365, .days),
      .count("usageDropPercent", "A decline of use is at least this percentage", "使用下降的最低百分比", 1...100),
      .count(
        "usageStoppedDays", "Use has stopped when no report came for more than so many days", "超过多少天无上报视为停用", 1...365, .days),
      .count("contactDaysA", "No contact with a customer of grade A for", "A 级客户联络中断天数", 1...3_650, .days),
      .count("contactDaysB", "No contact with a customer of grade B for", "B 级客户联络中断天数", 1...3_650, .days),
      .count("contactDaysC", "No contact with a customer of grade C for", "C 级客户联络中断天数", 1...3_650, .days),
      .count("keyContactDays", "A key contact's leaving counts for", "关键人离职影响天数", 1...3_650, .days),
      .count("complaintCount", "Complaints from", "投诉次数下限", 1...1_000),
      .count("complaintWindowDays", "… within so many days", "……统计天数", 1...3_650, .days),
      .count("majorDays", "A major complaint is overdue after", "重大投诉时限（天）", 0...365, .days),
      .count("urgentDays", "An urgent complaint is overdue after", "紧急投诉时限（天）", 0...365, .days),
      .score("npsAtMost", "Would recommend us with at most", "推荐分上限", 0...10),
      .score("csiDrop", "Satisfaction fell by at least", "满意度指数下降下限", 1...100),
      .count("satisfactionDays", "Answers count for so many days", "答复有效天数", 1...3_650, .days),
      .count("slowPaymentDays", "Pays so many days later than the own mean", "比自身均值晚多少天", 1...365, .days),
      .count("slowPaymentInvoices", "Invoices needed for a mean", "计算均值所需发票数", 1...100),
      .count("renewalDays", "Days before the notice of a contract's end", "通知期之前的天数", 0...365, .days),
      .count("lateDeliveryDays", "Delivered more than so many days late", "交付延误超过天数", 0...365, .days),
      .count("lateDeliveryWindowDays", "A late delivery counts for", "交付延误影响天数", 1...3_650, .days),
      .score("assessmentDrop", "An assessment fell by at least", "评估得分下降下限", 1...100),
      .count("assessmentDays", "A fallen assessment counts for", "评估下降影响天数", 1...3_650, .days),
      .score("yellowAt", "Watch from a health of", "关注：健康度不高于", 0...100),
      .score("orangeAt", "Warning from a health of", "预警：健康度不高于", 0...100),
      .score("redAt", "Urgent from a health of", "紧急：健康度不高于", 0...100),
    ]
    + Signal.allCases.map { signal in
      let field = Field.score(signal.weightName, "Weight: \(signal.word.title.en)", "权重：\(signal.word.title.zh)")
      return signal == .expectation ? field.optional : field
    }
    + Expectation.fields + [OwnSignal.field]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    for (worse, better) in [("redAt", "orangeAt"), ("orangeAt", "yellowAt")]
    where values.number(worse) > values.number(better) {
      let limit = values.number(better)
      throw RuleFault(worse, Name("must not lie above \(better), which is \(limit)", "不能高于 \(better)（\(limit)）"))
    }
    try OwnCondition.check(values, "signals", measures: measures, taken: Signal.allCases.map(\.word.text))
  }

  public static func normal(_ values: JSONObject) -> JSONObject {
    OwnCondition.normal(values, "signals", measures: measures)
  }

  public static func cost(_ values: JSONObject) -> Int { OwnCondition.cost(values, "signals", measures: measures) }

  public init(_ values: JSONObject) {
    purchaseEvents = PurchaseBasis(values, "purchaseEvents")
    declineWindowDays = values.number("declineWindowDays")
    declinePercent = values.number("declinePercent")
    declinePurchases = values.number("declinePurchases")
    gapFactorPercent = values.number("gapFactorPercent")
    gapCount = values.number("gapCount")
    silenceDays = values.number("silenceDays")
    usageWindowDays = values.number("usageWindowDays")
    usageDropPercent = values.number("usageDropPercent")
    usageStoppedDays = values.number("usageStoppedDays")
    contactDaysA = values.number("contactDaysA")
    contactDaysB = values.number("contactDaysB")
    contactDaysC = values.number("contactDaysC")
    keyContactDays = values.number("keyContactDays")
    complaintCount = values.number("complaintCount")
    complaintWindowDays = values.number("complaintWindowDays")
    majorDays = values.number("majorDays")
    urgentDays = values.number("urgentDays")
    npsAtMost = values.number("npsAtMost")
    csiDrop = values.number("csiDrop")
    satisfactionDays = values.number("satisfactionDays")
    slowPaymentDays = values.number("slowPaymentDays")
    slowPaymentInvoices = values.number("slowPaymentInvoices")
    renewalDays = values.number("renewalDays")
    lateDeliveryDays = values.number("lateDeliveryDays")
    lateDeliveryWindowDays = values.number("lateDeliveryWindowDays")
    assessmentDrop = values.number("assessmentDrop")
    assessmentDays = values.number("assessmentDays")
    yellowAt = values.number("yellowAt")
    orangeAt = values.number("orangeAt")
    redAt = values.number("redAt")
    let grade = values.text("defaultGrade")
    defaultGrade = Grade.allCases.first { $0.word.text == grade } ?? .c
    let level = values.text("keyContactLevel")
    keyContactLevel = Level.allCases.first { $0.word.text == level } ?? .none
    expectation = Expectation(values)
    weights = Signal.allCases.map { values.number($0.weightName) }
    ownSignals = OwnSignal.list(values)
  }

  func weight(of signal: Signal) -> Int { weights[Int(signal.rawValue) - 1] }

  /// 100 less what the signals weigh.
  func score(_ signals: [Signal], _ own: [OwnSignal] = []) -> Int {
    max(0, own.reduce(signals.reduce(100) { $0 - weight(of: $1) }) { $0 - $1.weight })
  }

  func level(_ signals: [Signal], _ own: [OwnSignal] = []) -> Level {
    let score = score(signals, own)
    let level: Level = score <= redAt ? .red : score <= orangeAt ? .orange : score <= yellowAt ? .yellow : .none
    let least = own.reduce(level) { max($0, $1.atLeast) }
    return signals.contains(.keyContact) ? max(least, keyContactLevel) : least
  }

  /// Whether another rule that reads the same purchases measures a signal alike: whether all that the measurement asks of
  /// a rule is equal in both. Weights are no part of it.
  func measures(_ signal: Signal, as other: ChurnRules) -> Bool {
    switch signal {
    case .orderDecline:
      declineWindowDays == other.declineWindowDays && declinePercent == other.declinePercent
        && declinePurchases == other.declinePurchases
    case .orderGap: gapFactorPercent == other.gapFactorPercent && gapCount == other.gapCount
    case .silence: silenceDays == other.silenceDays
    case .usageDecline:
      usageWindowDays == other.usageWindowDays && usageDropPercent == other.usageDropPercent
        && usageStoppedDays == other.usageStoppedDays
    case .contactSilence:
      contactDaysA == other.contactDaysA && contactDaysB == other.contactDaysB
        && contactDaysC == other.contactDaysC && defaultGrade == other.defaultGrade
    case .keyContact: keyContactDays == other.keyContactDays
    case .complaints:
      complaintCount == other.complaintCount && complaintWindowDays == other.complaintWindowDays
        && majorDays == other.majorDays && urgentDays == other.urgentDays
    case .satisfaction:
      npsAtMost == other.npsAtMost && csiDrop == other.csiDrop
        && satisfactionDays == other.satisfactionDays
    case .slowPayment: slowPaymentDays == other.slowPaymentDays && slowPaymentInvoices == other.slowPaymentInvoices
    case .renewal: renewalDays == other.renewalDays
    case .lateDelivery:
      lateDeliveryDays == other.lateDeliveryDays
        && lateDeliveryWindowDays == other.lateDeliveryWindowDays
    case .businessChange: assessmentDrop == other.assessmentDrop && assessmentDays == other.assessmentDays
    case .expectation: expectation == other.expectation
    }
  }

  func contactDays(_ grade: Grade) -> Int {
    switch grade {
    case .a: contactDaysA
    case .b: contactDaysB
    case .c: contactDaysC
    }
  }
}

/// How much a customer matters. People set it; a customer whom nobody graded has the rule's default.
public enum Grade: UInt8, CodeSet {
  case a = 1
  case b = 2
  case c = 3

  public var word: Word {
    switch self {
    case .a: Word("a", "Grade A", "A 级")
    case .b: Word("b", "Grade B", "B 级")
    case .c: Word("c", "Grade C", "C 级")
    }
  }
}

extension Churn {
  /// Append; never edit a version that has shipped.
  public static let shippedRules: [RuleVersion] = [
    RuleVersion(
      1, why: Name("Defaults, to be replaced by what the company learns", "初始默认值，待企业以自身经验修订"),
      [
        "purchaseEvents": "orders-first", "defaultGrade": "c", "keyContactLevel": "orange", "declineWindowDays": 90,
        "declinePercent": 70, "declinePurchases": 2, "gapFactorPercent": 150, "gapCount": 2, "silenceDays": 182,
        "usageWindowDays": 30, "usageDropPercent": 30, "usageStoppedDays": 45, "contactDaysA": 60,
        "contactDaysB": 90, "contactDaysC": 180, "keyContactDays": 180, "complaintCount": 2,
        "complaintWindowDays": 90, "majorDays": 7, "urgentDays": 1, "npsAtMost": 6, "csiDrop": 15,
        "satisfactionDays": 365, "slowPaymentDays": 15, "slowPaymentInvoices": 3, "renewalDays": 30,
        "lateDeliveryDays": 10, "lateDeliveryWindowDays": 90, "assessmentDrop": 20, "assessmentDays": 365,
        "yellowAt": 75, "orangeAt": 50, "redAt": 25, "orderDeclineWeight": 25, "orderGapWeight": 25,
        "silenceWeight": 25, "usageDeclineWeight": 25, "contactSilenceWeight": 15, "keyContactWeight": 25,
        "complaintsWeight": 25, "satisfactionWeight": 25, "slowPaymentWeight": 15, "renewalWeight": 30,
        "lateDeliveryWeight": 15, "businessChangeWeight": 25,
      ])
  ]
}
