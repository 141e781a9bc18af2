public import Vocabulary

/// Points and benefits: a ledger, whose balance is a sum and is stored nowhere.
public enum Loyalty: UInt8, Family {
  case entryPosted = 1

  public static let code: UInt8 = 13
  public static let title = Name("Loyalty", "忠诚度")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case delta = 2
    case expiresOn = 3
  }

  public enum Kind: UInt8, CodeSet {
    case points = 1
    case benefit = 2

    public var word: Word {
      switch self {
      case .points: Word("points", "Points", "积分")
      case .benefit: Word("benefit", "Benefit", "权益")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .entryPosted:
      Declaration(
        "loyalty.entry_posted", "Loyalty entry posted", "积分或权益入账", on: .customer,
        fields: [
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .count("delta", "Points", "积分变动", -1_000_000_000_000...1_000_000_000_000, .points).fact(Fact.delta),
          .day("expiresOn", "Expires on", "失效日期").optional.fact(Fact.expiresOn),
          .text("cause", "Cause", "缘由", limit: 200).optional,
          .text("reward", "Reward", "奖励", limit: 200).optional,
          .text("channel", "Channel", "渠道", limit: 100).optional,
          .money("costMinor", "Cost", "成本").optional,
          .currency().optional,
        ]
      ).by(.system, .account)
        .meaning(
          "Points or a benefit were credited or used. A balance is a sum and stands nowhere.",
          "积分或权益入账或使用。余额是合计，从不记录。")
    }
  }
}
