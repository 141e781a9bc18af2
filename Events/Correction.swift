public import Vocabulary

/// Mistakes in the record. The wrong event stays; what it said is replaced for everyone who knows of the correction.
///
/// A correction is recorded about the subject of the wrong event and holds from the business time of that event. Who
/// asks what was known before the correction was recorded sees the event as it was. Of several corrections of one event
/// the last counts; a correction is itself corrected by another of the same event.
public enum Correction: UInt8, Family {
  case corrected = 1

  public static let code: UInt8 = 100
  public static let title = Name("Corrections", "更正")

  public static let tellsTime = false

  public enum Fact: UInt8, CaseIterable, Sendable {
    case seq = 1
    case kind = 2
  }

  public enum Kind: UInt8, CodeSet {
    case replace = 1
    case retract = 2

    public var word: Word {
      switch self {
      case .replace: Word("replace", "It was otherwise", "改正内容")
      case .retract: Word("retract", "It never happened", "撤销")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .corrected:
      Declaration(
        "event.corrected", "Event corrected", "事件更正", on: EntityKind.correctable,
        fields: [
          .count("seq", "Number of the wrong event", "被更正事件的序号").fact(Fact.seq),
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .body("data", "What it should have said, whole", "更正后的完整内容").optional,
          .instant("happenedAt", "When it really happened", "实际发生时间").optional,
          .text("evidence", "Evidence", "依据", limit: 1_000).optional,
          .approval.noting("needed where the wrong event needed one", "原事件须审批时，更正亦须审批"),
        ]
      ).reasoned
        .meaning(
          "An event should have said something else, or never happened. Who recorded it says so, or a sales manager; both lines stay.",
          "某事件内容有误或并未发生；由原入账人或销售经理更正，两行都保留。")
    }
  }
}
