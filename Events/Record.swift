public import Vocabulary

/// What another system noted, where no family of ours says what it means: the activities and objects of process logs.
///
/// Nothing is concluded from these. They keep what a log of that system says, with its qualified relations and the
/// attributes of its objects over time, so that it can be asked, proved and given out again as it came.
/// Anybody may record them: who may bring in a file is not for the file's rows to decide.
public enum Record: UInt8, Family {
  case noted = 1
  case objectChanged = 2

  public static let code: UInt8 = 110
  public static let title = Name("Records of other systems", "外部系统记录")

  public typealias Fact = NoFacts

  /// The kinds of value that process logs know.
  public enum Value: UInt8, CodeSet {
    case text = 1
    case time = 2
    case integer = 3
    case decimal = 4
    case flag = 5
    case id = 6
    case list = 7
    case container = 8

    public var word: Word {
      switch self {
      case .text: Word("text", "Text", "文本")
      case .time: Word("time", "Time", "时间")
      case .integer: Word("integer", "Whole number", "整数")
      case .decimal: Word("decimal", "Decimal number", "小数")
      case .flag: Word("flag", "Yes or no", "是否")
      case .id: Word("id", "Identifier", "标识")
      case .list: Word("list", "List", "列表")
      case .container: Word("container", "Container", "容器")
      }
    }
  }

  /// Attributes stand in the order of the source; one that belongs to another stands behind it, one level deeper.
  private static let attribute: Field.Kind = .record([
    .text("name", "Name", "名称", limit: 500),
    .code("kind", Value.self, "Kind", "类别"),
    .text("value", "Value", "值"),
    .count("level", "Depth", "层级", 1...32).optional,
  ])

  private static let relation: Field.Kind = .record([
    .text("to", "Subject", "主体", limit: 300),
    .text("qualifier", "Qualifier", "关系说明", limit: 500).optional,
  ])

  private static let shared: [Field] = [
    .reference("customer", to: .customer, "Customer", "客户").optional,
    .list("attributes", of: attribute, "Attributes", "属性", limit: 1_000).optional,
    .list("relations", of: relation, "Relations", "关系", limit: 10_000).optional,
  ]

  public var declaration: Declaration {
    switch self {
    case .noted:
      Declaration(
        "record.noted", "Activity noted", "活动记录",
        on: .record, .customer, .lead, .opportunity, .quote, .order, .invoice, .contract, .complaint, .task,
        fields: [
          .text("activity", "Activity", "活动", limit: 500),
          .text("source", "Id in the source", "来源编号", limit: 500).optional,
        ] + Record.shared)
        .meaning(
          "Another system noted an activity for which there is no type here; nothing is concluded from it.",
          "外部系统记录了此处没有对应类型的活动；不据此得出任何结论。")
    case .objectChanged:
      Declaration(
        "record.object_changed", "Object changed", "对象变更",
        on: .record, .customer, .lead, .opportunity, .quote, .order, .invoice, .contract, .complaint, .task,
        fields: [.text("kind", "Kind of object", "对象类别", limit: 500).optional] + Record.shared)
        .meaning(
          "What another system says of one of its objects from this time on; nothing is concluded from it.",
          "外部系统对其某一对象自此时起的说明；不据此得出任何结论。")
    }
  }
}
