import Projection
public import Vocabulary
import Wire

/// What may announce that a customer leaves, in the order in which they are shown.
public enum Signal: UInt8, CodeSet {
  case orderDecline = 1
  case orderGap = 2
  case silence = 3
  case usageDecline = 4
  case contactSilence = 5
  case keyContact = 6
  case complaints = 7
  case satisfaction = 8
  case slowPayment = 9
  case renewal = 10
  case lateDelivery = 11
  case businessChange = 12
  case expectation = 13

  public var word: Word {
    switch self {
    case .orderDecline: Word("order-decline", "Orders decline", "订单下降")
    case .orderGap: Word("order-gap", "Longer than the usual gap", "采购间隔拉长")
    case .silence: Word("silence", "No purchase for long", "长期未购买")
    case .usageDecline: Word("usage-decline", "Use declines", "使用下降")
    case .contactSilence: Word("contact-silence", "No contact", "联络中断")
    case .keyContact: Word("key-contact", "A key contact left", "关键人变动")
    case .complaints: Word("complaints", "Complaints", "投诉增加")
    case .satisfaction: Word("satisfaction", "Low satisfaction", "满意度低")
    case .slowPayment: Word("slow-payment", "Pays later than usual", "回款变慢")
    case .renewal: Word("renewal", "Renewal near, nothing done", "临期未续")
    case .lateDelivery: Word("late-delivery", "Late delivery", "交付延误")
    case .businessChange: Word("business-change", "Their business changed", "经营变动")
    case .expectation: Word("expectation", "Few purchases expected", "预期购买少")
    }
  }

  /// The member of a rule that holds its weight.
  var weightName: String {
    switch self {
    case .orderDecline: "orderDeclineWeight"
    case .orderGap: "orderGapWeight"
    case .silence: "silenceWeight"
    case .usageDecline: "usageDeclineWeight"
    case .contactSilence: "contactSilenceWeight"
    case .keyContact: "keyContactWeight"
    case .complaints: "complaintsWeight"
    case .satisfaction: "satisfactionWeight"
    case .slowPayment: "slowPaymentWeight"
    case .renewal: "renewalWeight"
    case .lateDelivery: "lateDeliveryWeight"
    case .businessChange: "businessChangeWeight"
    case .expectation: "expectationWeight"
    }
  }
}

extension Signal {
  /// A measurement for people. Expected purchases are held in thousandths; all else counts days, percent or points.
  func text(_ value: Int64) -> String {
    guard self == .expectation else { return "\(value)" }
    let rest = String(value % 1_000)
    return "\(value / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

/// One signal as it was measured.
struct Measured {
  let signal: Signal
  /// Since when it holds, and the event behind it; `nil` where it does not.
  let began: Moment?
  let value: Int64
  let threshold: Int64
  let evidence: [Int64]

  static let never = Moment(at: .distantFuture, seq: -1)

  init(_ signal: Signal, _ value: Int, against threshold: Int, began: Moment?, evidence: [Int64?] = []) {
    self.signal = signal
    self.began = began
    self.value = Int64(value)
    self.threshold = Int64(threshold)
    self.evidence = evidence.compactMap { $0 }.filter { $0 >= 0 }
  }

  var finding: Finding {
    Finding(
      signal.word.text, signal.word.title, value: signal.text(value), threshold: signal.text(threshold), holds: began != nil,
      evidence: evidence)
  }
}
