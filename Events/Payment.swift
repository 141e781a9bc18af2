public import Vocabulary

/// Money from customers: received, refused, given back, asked for, written off.
public enum Payment: UInt8, Family {
  case received = 1
  case failed = 2
  case refunded = 3
  case demanded = 4
  case adjusted = 5

  public static let code: UInt8 = 7
  public static let title = Name("Payments and receivables", "回款与应收")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case amount = 1
    case currency = 2
    case demand = 3
    case adjustment = 4
    case invoices = 5
    case deliveredOn = 6
    case advance = 7
  }

  public enum Demand: UInt8, CodeSet {
    case call = 1
    case letter = 2
    case lawyer = 3
    case mail = 4

    public var word: Word {
      switch self {
      case .call: Word("call", "Call", "电话催款")
      case .letter: Word("letter", "Letter", "催款函")
      case .lawyer: Word("lawyer", "Lawyer's letter", "律师函")
      case .mail: Word("mail", "Email", "邮件催款")
      }
    }
  }

  public enum Adjustment: UInt8, CodeSet {
    case creditNote = 1
    case writeOff = 2
    case reversal = 3

    public var word: Word {
      switch self {
      case .creditNote: Word("credit-note", "Credit note", "红字冲减")
      case .writeOff: Word("write-off", "Write-off", "坏账核销")
      case .reversal: Word("reversal", "Reversal", "冲回")
      }
    }
  }

  /// Which payment, how much of it, and for which invoices.
  static let amount: [Field] = [
    .text("payment", "Payment number", "款项编号", limit: 200).optional,
    .list("invoices", of: .reference(.invoice), "Invoices", "发票", limit: 100).optional.fact(Fact.invoices),
    .money("amountMinor", "Amount", "金额").fact(Fact.amount),
    .currency().fact(Fact.currency),
  ]

  /// The way that money took.
  static let way: [Field] = [
    .text("method", "Method", "支付方式", limit: 100).optional,
    .text("bankRef", "Bank reference", "银行流水号", limit: 200).optional,
    .count("units", "Units", "件数").optional,
  ]

  public var declaration: Declaration {
    switch self {
    case .received:
      Declaration(
        "payment.received", "Payment received", "回款到账", on: .customer,
        fields: Payment.amount + Payment.way + [
          .day("receivedOn", "Received on", "到账日期").optional,
          .flag("advance", "Advance", "预收款").optional.fact(Fact.advance)
            .noting("More than its invoices ask for is taken only as an advance.", "超出发票金额的部分只能作为预收。"),
        ]
      ).tellingActor.clocked.by(.finance)
        .meaning(
          "Money arrived. More than is owed only as an advance.",
          "款项到账。超出应收的只能作为预收。")
    case .failed:
      Declaration(
        "payment.failed", "Collection refused by the bank", "扣款失败", on: .customer,
        fields: Payment.amount + Payment.way + [
          .text("failure", "Failure code", "失败代码", limit: 100).optional,
          .flag("retry", "Will be tried again", "将重试").optional,
        ]
      ).by(.finance, .system)
        .meaning(
          "The bank refused a collection.",
          "银行拒绝扣款。")
    case .refunded:
      Declaration(
        "payment.refunded", "Payment refunded", "退款", on: .customer,
        fields: Payment.amount + Payment.way + [
          .text("refund", "Refund number", "退款编号", limit: 200).optional,
          .day("refundedOn", "Refunded on", "退款日期").optional,
        ]
      ).by(.finance)
        .meaning(
          "Money was given back.",
          "退还款项。")
    case .demanded:
      Declaration(
        "payment.demanded", "Payment demanded", "催款", on: .customer,
        fields: Payment.amount + [
          .code("method", Demand.self, "Method", "催款方式").optional.fact(Fact.demand),
          .day("deliveredOn", "Delivered on", "送达日期").optional.fact(Fact.deliveredOn),
          .hash("proofHash", "Proof", "凭证哈希").optional,
        ]
      ).clocked.by(.sales, .finance, .legal)
        .meaning(
          "Payment was asked for; a delivered demand restarts the limitation period.",
          "催告付款；送达的催告使诉讼时效重新起算。")
    case .adjusted:
      Declaration(
        "receivable.adjusted", "Receivable adjusted", "应收调整", on: .customer,
        fields: Payment.amount + [
          .code("kind", Adjustment.self, "Kind", "类别").fact(Fact.adjustment),
          .text("account", "Account", "会计科目", limit: 200).optional,
        ]
      ).tellingActor.reasoned.approved(.finance, .salesManager).by(.finance)
        .meaning(
          "What is owed was lowered by a credit note or write-off, or that was reversed.",
          "以红字冲减或核销调低应收，或将其冲回。")
    }
  }
}
