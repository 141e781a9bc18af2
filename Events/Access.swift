public import Vocabulary

/// Who may see what, who looked, and what was disposed of when its time was over.
public enum Access: UInt8, Family {
  case changed = 1
  case dataAccessed = 2
  case retentionDisposed = 3

  public static let code: UInt8 = 28
  public static let title = Name("Access and retention", "访问与保管")

  /// Who looked at a customer says nothing about the customer.
  public static let tellsTime = false

  public enum Fact: UInt8, CaseIterable, Sendable {
    case granted = 1
    case way = 2
    case rows = 3
    case grade = 4
    case method = 5
    case employee = 6
    case role = 7
    case scope = 8
    case until = 9
    case subjects = 10
  }

  public enum Way: UInt8, CodeSet {
    case view = 1
    case print = 2
    case export = 3
    case api = 4

    public var word: Word {
      switch self {
      case .view: Word("view", "Viewed", "查阅")
      case .print: Word("print", "Printed", "打印")
      case .export: Word("export", "Exported", "导出")
      case .api: Word("api", "By program", "接口调用")
      }
    }
  }

  /// How much harm it would do if the data got out.
  public enum Grade: UInt8, CodeSet {
    case open = 1
    case `internal` = 2
    case sensitive = 3
    case highlySensitive = 4

    public var word: Word {
      switch self {
      case .open: Word("public", "L1 public", "L1 公开")
      case .internal: Word("internal", "L2 internal", "L2 内部")
      case .sensitive: Word("sensitive", "L3 sensitive", "L3 敏感")
      case .highlySensitive: Word("highly-sensitive", "L4 highly sensitive", "L4 高度敏感")
      }
    }
  }

  public enum Disposal: UInt8, CodeSet {
    case keyDestroy = 1
    case segmentDrop = 2

    public var word: Word {
      switch self {
      case .keyDestroy: Word("key-destroy", "Keys destroyed", "销毁密钥")
      case .segmentDrop: Word("segment-drop", "Segments dropped", "移除分段")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .changed:
      Declaration(
        "access.changed", "Access granted or revoked", "授权或撤权", on: .access,
        fields: [
          .reference("employee", to: .employee, "Whose access", "被授权人").namedFact(Fact.employee),
          .text("role", "Role", "角色", limit: 100).fact(Fact.role),
          .text("scope", "Scope", "范围", limit: 500).optional.fact(Fact.scope),
          .flag("grant", "Granted", "是否授予").fact(Fact.granted),
          .day("until", "Until", "有效期至").optional.fact(Fact.until),
        ]
      ).tellingActor.reasoned.approved(.dataSecurity, .salesManager).by(.dataSecurity)
        .meaning("Somebody may see or do more, or less, from now on.", "某人自此权限增加或减少。")
    case .dataAccessed:
      Declaration(
        "data.accessed", "Data viewed or exported", "查阅或导出数据", on: .access,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("kind", Way.self, "Way", "方式").fact(Fact.way),
          .text("query", "What was asked for", "查询内容", limit: 2_000).optional,
          .count("subjects", "Subjects", "对象数").optional.fact(Fact.subjects),
          .count("rows", "Rows", "行数").optional.fact(Fact.rows),
          .code("maxClass", Grade.self, "Highest grade", "最高数据级别").fact(Fact.grade),
          .text("destination", "Where to", "去向", limit: 500).optional,
          .hash("hash", "What was handed out", "交付内容哈希").optional,
        ]
      ).tellingActor.tellingRole.by(.system)
        .meaning("Somebody read or took out data of grade L3 or L4.", "有人查阅或导出 L3、L4 级数据。")
    case .retentionDisposed:
      Declaration(
        "retention.disposed", "Records disposed of", "到期处置", on: .archive,
        fields: [
          .text("class", "Retention class", "保管类别", limit: 100),
          .list("subjects", of: .subject, "Whose records", "涉及对象", limit: 1_000),
          .count("fromSeq", "From event", "起始事件").optional,
          .count("toSeq", "To event", "截止事件").optional,
          .code("method", Disposal.self, "Method", "处置方式").fact(Fact.method),
          .list("segmentHashes", of: .hash, "Segments", "分段哈希", limit: 1_000).optional,
          .hash("listHash", "List", "处置清单哈希"),
          // A list exists from its request on: what is decided about it and what is done by it are read together.
          .approval.belonging,
        ]
      ).tellingActor.reasoned.approved(.dataSecurity, .legal).by(.dataSecurity, .legal)
        .meaning(
          "Records whose time was over cannot be read any more; the list of them is kept for ever.",
          "到期记录已不可读；处置清单永久保存。")
    }
  }
}
