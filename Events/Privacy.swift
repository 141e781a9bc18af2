public import Vocabulary

/// A person's rights over what we hold about them, what was erased, and what must be held for a court.
public enum Privacy: UInt8, Family {
  case requested = 1
  case fulfilled = 2
  case erasureRequested = 3
  case erasureApproved = 4
  case erasureExecuted = 5
  case holdPlaced = 6
  case holdReleased = 7

  public static let code: UInt8 = 17
  public static let title = Name("Privacy and legal hold", "隐私与法律保全")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case right = 1
    case decision = 2
    case level = 3
    case keyDestroyed = 4
    case request = 5
    case hold = 6
    case contact = 7
  }

  /// What a person may ask for (PIPL art. 45–47, GDPR art. 15–21).
  public enum Right: UInt8, CodeSet {
    case access = 1
    case copy = 2
    case correct = 3
    case delete = 4
    case restrict = 5
    case portability = 6

    public var word: Word {
      switch self {
      case .access: Word("access", "Access", "查阅")
      case .copy: Word("copy", "Copy", "复制")
      case .correct: Word("correct", "Correction", "更正")
      case .delete: Word("delete", "Deletion", "删除")
      case .restrict: Word("restrict", "Restriction", "限制处理")
      case .portability: Word("portability", "Transfer to another", "转移")
      }
    }
  }

  public enum Decision: UInt8, CodeSet {
    case done = 1
    case partly = 2
    case refused = 3

    public var word: Word {
      switch self {
      case .done: Word("done", "Done", "已办理")
      case .partly: Word("partly", "Done in part", "部分办理")
      case .refused: Word("refused", "Refused", "拒绝")
      }
    }
  }

  /// How much is destroyed.
  public enum Level: UInt8, CodeSet {
    case keys = 1
    case vault = 2
    case line = 3

    public var word: Word {
      switch self {
      case .keys: Word("keys", "Keys destroyed", "销毁密钥")
      case .vault: Word("vault", "Keys and stored values destroyed", "销毁密钥与所存内容")
      case .line: Word("line", "Whole line replaced by its hash", "整行以哈希代替")
      }
    }
  }

  /// Whatever has a history can hold personal values.
  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional
  static let categories: Field = .list("categories", of: .code(PersonalCategory.codes), "Categories", "信息类别", limit: 10)
  static let request: Field = .count("request", "Request, by its number", "申请的事件序号").fact(Fact.request)
  /// A key that is no more: its number and whose it was.
  static let key: Field.Kind = .record([
    .text("key", "Key", "密钥", limit: 40),
    .text("subject", "Subject", "主体", limit: 300),
    Field("category", .code(PersonalCategory.codes), "Category", "信息类别"),
  ])

  public var declaration: Declaration {
    switch self {
    case .requested:
      about(
        "privacy.requested", "Right exercised by a person", "个人信息行权申请",
        [
          .code("right", Right.self, "Right", "权利").fact(Fact.right),
          .text("person", "Person", "当事人", limit: 200).optional.personal,
          .text("contact", "Contact number", "联系人编号", limit: 200).optional.fact(Fact.contact),
          .text("law", "Law", "依据法律", limit: 200).optional,
          .text("identityProof", "Proof of identity", "身份核验", limit: 500).optional.personal,
        ]
      ).clocked.by(.service, .dataSecurity)
        .meaning(
          "A person asked to see, copy, correct, move, restrict or delete what is held about them; the law's time runs.",
          "个人请求查阅、复制、更正、转移、限制或删除其信息；法定期限开始计算。")
    case .fulfilled:
      about(
        "privacy.fulfilled", "Request of a person decided", "个人信息行权处理",
        [
          Privacy.request,
          .code("decision", Decision.self, "Decision", "处理结果").fact(Fact.decision),
          .text("ground", "Ground", "理由", limit: 1_000).optional,
          .flag("keyDestroyed", "Keys destroyed", "已销毁密钥").optional.fact(Fact.keyDestroyed),
          .hash("packageHash", "Hash of the copy given", "所提供副本的哈希").optional,
        ]
      ).reasoned.clocked.by(.dataSecurity)
        .meaning("What was done about a person's request, or why not; it stops the clock.", "对个人请求的处理或拒绝理由；计时停止。")
    case .erasureRequested:
      about(
        "erasure.requested", "Erasure asked for", "申请擦除个人信息",
        [
          .code("level", Level.self, "Level", "级别").fact(Fact.level),
          Privacy.categories.optional,
          .count("line", "Line, by its number", "行（事件序号）").optional,
        ]
      ).reasoned.clocked.by(.dataSecurity, .legal, .service)
        .meaning(
          "Personal values of a subject, or one whole line, are to be destroyed.", "要求销毁某主体的个人信息，或某一整行。")
    case .erasureApproved:
      about(
        "erasure.approved", "Erasure approved", "批准擦除",
        [Privacy.request, .text("note", "Note", "备注", limit: 1_000).optional]
      ).by(.dataSecurity, .legal)
        .meaning("Another person than who asked agreed to the erasure.", "申请人以外的人同意擦除。")
    case .erasureExecuted:
      about(
        "erasure.executed", "Personal data erased", "个人信息已擦除",
        [
          .code("level", Level.self, "Level", "级别").fact(Fact.level),
          Privacy.request.optional,
          .list("keys", of: Privacy.key, "Keys destroyed", "已销毁的密钥", limit: Privacy.keysMax).optional,
          .count("records", "Stored values removed", "移除的存储记录数").optional,
          .count("line", "Line, by its number", "行（事件序号）").optional,
          .hash("certificate", "Hash of the certificate", "证明书的哈希").optional,
          .flag("replayed", "Repeated after a backup was restored", "恢复备份后重新执行").optional,
        ]
      ).reasoned.clocked.by(.system)
        .meaning(
          "The keys named here are destroyed, or the line gave place to its hash: nobody can read it again.",
          "所列密钥已销毁，或该行已由哈希代替：无人可再读取。")
    case .holdPlaced:
      about(
        "hold.placed", "Legal hold placed", "法律保全",
        [
          .text("matter", "Matter", "事项", limit: 500).optional,
          .text("basis", "Basis", "依据", limit: 500).optional,
          .list("custodians", of: .text(limit: 200), "Who keeps the records", "保管人", limit: 100).optional,
        ]
      ).reasoned.by(.legal)
        .meaning(
          "Nothing of this subject may be disposed of or erased. It binds at once: to wait for a second person could cost "
            + "the evidence.",
          "该主体的任何记录不得处置或擦除。立即生效：等待第二人可能使证据灭失。")
    case .holdReleased:
      about(
        "hold.released", "Legal hold released", "保全解除",
        [.count("hold", "Hold, by its number", "保全的事件序号").fact(Fact.hold)]
      ).tellingActor.reasoned.approved(.legal, .dataSecurity).by(.legal)
        .meaning("What the hold kept may be disposed of again.", "保全解除，此后可依规处置。")
    }
  }

  /// Keys that one event may name; more take another event. Keeps the line well below the log's longest.
  public static let keysMax = 300

  private func about(_ name: String, _ en: String, _ zh: String, _ fields: [Field]) -> Declaration {
    Declaration(
      name, en, zh, on: .customer, .lead, .opportunity, .quote, .order, .invoice, .contract, .complaint, .task, .employee,
      .campaign, .approval, .risk, .dispute, .improvement,
      fields: [Privacy.customer] + fields)
  }
}
