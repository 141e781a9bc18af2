public import Vocabulary

/// What customers say of us when asked.
public enum Survey: UInt8, Family {
  case answered = 1

  public static let code: UInt8 = 12
  public static let title = Name("Surveys", "满意度调查")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case score = 2
    case answers = 3
    case answer = 4
    case weight = 5
  }

  public enum Kind: UInt8, CodeSet {
    case nps = 1
    case csat = 2
    case csi = 3
    case ces = 4
    case pulse = 5

    public var word: Word {
      switch self {
      case .nps: Word("nps", "Net promoter score", "净推荐值")
      case .csat: Word("csat", "Satisfaction", "满意度")
      case .csi: Word("csi", "Satisfaction index", "满意度指数")
      case .ces: Word("ces", "Customer effort", "客户费力度")
      case .pulse: Word("pulse", "Pulse", "脉搏调查")
      }
    }
  }

  /// One question with its answer and its weight in the whole.
  static let answer: Field.Kind = .record([
    .text("item", "Item", "题项", limit: 200),
    .score("score", "Score", "得分").fact(Fact.answer),
    .basisPoints("weightBp", "Weight", "权重").optional.fact(Fact.weight),
  ])

  public var declaration: Declaration {
    switch self {
    case .answered:
      Declaration(
        "survey.answered", "Survey answered", "调查答卷", on: .customer,
        fields: [
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          // As its kind counts: 0…10 where it asks for a recommendation (nps), 0…100 elsewhere.
          .score("score", "Overall score", "总体得分").fact(Fact.score),
          .text("campaign", "Campaign", "调查活动", limit: 200).optional,
          .list("answers", of: Survey.answer, "Answers", "答案", limit: 200).optional.fact(Fact.answers),
          .text("channel", "Channel", "渠道", limit: 100).optional,
          .text("verbatim", "In their own words", "原话").optional.personal(.words),
        ]
      )
        .meaning(
          "Somebody answered what they were asked about us.",
          "有人回答了关于我们的调查。")
    }
  }
}
