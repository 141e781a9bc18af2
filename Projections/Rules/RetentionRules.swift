public import Projection
public import Vocabulary
public import Wire

/// For how long records are kept, counted from when, and what happens then. A legal hold stops all of it.
public struct RetentionRules: RuleBody {
  public static let title = Name("Retention of records", "保管期限")

  public struct Class: Hashable, Sendable {
    public let id: String
    public let name: String
    /// Types of events, or the beginning of their names: `contract.`
    public let types: [String]
    public let keepMonths: Int
    public let countedFrom: RetentionStart
    public let then: RetentionAction
    /// The law or the reason.
    public let basis: String
  }
  public let classes: [Class]
  public let otherwiseMonths: Int
  public let noticeDays: Int

  public static let fields: [Field] = [
    .list(
      "classes",
      of: .record([
        .text("id", "Short name", "短名", limit: 40), .text("name", "Name", "名称", limit: 100),
        .list(
          "types", of: .text(limit: 100), "Types of events, or how they begin: contract.", "事件类型或其开头，例如 contract.",
          limit: 100),
        .count("keepMonths", "Kept for so many months", "保管月数", 1...1_200),
        .code("countedFrom", RetentionStart.self, "Counted from", "起算点"),
        .code("then", RetentionAction.self, "Then", "到期处置"), .text("basis", "Because of", "依据", limit: 300),
      ]), "Classes of records", "档案类别", limit: 100),
    .count("otherwiseMonths", "Everything else is kept for so many months", "其余记录的保管月数", 1...1_200),
    .count("noticeDays", "Announced so many days before", "处置前公示天数", 0...365, .days),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let classes = values.records("classes")
    try requireDistinct(classes.map { $0.text("id") }) { "classes[\($0)].id" }
    var seen: [String: String] = [:]
    for (place, one) in classes.enumerated() {
      for (number, type) in one.texts("types").enumerated() {
        if let other = seen.updateValue(one.text("id"), forKey: type) {
          throw RuleFault(
            "classes[\(place)].types[\(number)]",
            Name("\"\(type)\" is of class \(other) already", "“\(type)”已属于类别 \(other)"))
        }
      }
    }
  }

  public init(_ values: JSONObject) {
    classes = values.records("classes").map { one in
      Class(
        id: one.text("id"), name: one.text("name"), types: one.texts("types"), keepMonths: one.number("keepMonths"),
        countedFrom: RetentionStart(one, "countedFrom") ?? .recording, then: RetentionAction(one, "then") ?? .review,
        basis: one.text("basis"))
    }
    otherwiseMonths = values.number("otherwiseMonths")
    noticeDays = values.number("noticeDays")
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "classes": [
          [
            "id": "contracts", "name": "Contracts 合同", "types": ["contract."], "keepMonths": 120, "countedFrom": "end",
            "then": "review", "basis": "company default, to be checked by legal 企业默认值，待法务确认",
          ],
          [
            "id": "accounts", "name": "Invoices and payments 发票与回款", "types": ["invoice.", "payment.", "receivable."],
            "keepMonths": 360, "countedFrom": "year-end", "then": "review",
            "basis": "company default, to be checked by finance 企业默认值，待财务确认",
          ],
          [
            "id": "contacts", "name": "People at customers 联系人", "types": ["contact.", "consent."], "keepMonths": 36,
            "countedFrom": "last-contact", "then": "destroy-key", "basis": "no longer than needed 以实现目的所必需的最短时间为限",
          ],
        ],
        "otherwiseMonths": 120, "noticeDays": 30,
      ])
  ]
}

extension RetentionRules {
  /// The class of a type of events: the one that names the longest part of its name.
  public func records(_ type: String) -> Class? {
    var longest: (one: Class, length: Int)?
    for one in classes {
      for beginning in one.types where beginning.utf8.count > longest?.length ?? 0 && type.hasPrefix(beginning) {
        longest = (one, beginning.utf8.count)
      }
    }
    return longest?.one
  }
}

/// From when the time is counted.
public enum RetentionStart: UInt8, CodeSet {
  case recording = 1
  case end = 2
  case yearEnd = 3
  case lastContact = 4

  public var word: Word {
    switch self {
    case .recording: Word("recording", "the recording", "入账")
    case .end: Word("end", "the end of the contract or matter", "合同或事项结束")
    case .yearEnd: Word("year-end", "the end of the year", "年末")
    case .lastContact: Word("last-contact", "the last contact", "最后一次联系")
    }
  }
}

public enum RetentionAction: UInt8, CodeSet {
  case review = 1
  case destroyKey = 2
  case dropSegment = 3

  public var word: Word {
    switch self {
    case .review: Word("review", "a person decides", "人工复核")
    case .destroyKey: Word("destroy-key", "the person's key is destroyed", "销毁个人密钥")
    case .dropSegment: Word("drop-segment", "the segment is dropped", "删除分段")
    }
  }
}
