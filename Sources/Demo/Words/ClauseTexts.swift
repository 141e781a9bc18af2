import Vocabulary
import Wire

/// The clauses of the company's two templates, in both languages, with what the parties agreed filled in. Our own words.
enum ClauseTexts {
  static func text(_ key: String, _ contract: Agreement, _ terms: Agreement.Terms, _ total: Int) -> String {
    let clause = Filled(contract: contract, terms: terms, sum: amount(total, contract.currency, contract.language))
    return clause.text(key)[contract.language]
  }

  /// `CNY 1,234,567.00`, `人民币 1,234,567.00 元`.
  static func amount(_ minor: Int, _ currency: String, _ language: Language) -> String {
    var digits = String(minor / 100)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    let number = ([digits] + groups).joined(separator: ",") + "." + String(minor % 100 + 100).dropFirst()
    return language == .zh && currency == "CNY" ? "人民币 \(number) 元" : "\(currency) \(number)"
  }
}

private struct Filled {
  let contract: Agreement
  let terms: Agreement.Terms
  let sum: String

  func text(_ key: String) -> Name {
    switch key {
    case "price": price
    case "delivery": delivery
    case "payment": payment
    case "warranty": warranty
    case "liability": liability
    case "confidentiality": confidentiality
    case "scope": scope
    case "fee": fee
    case "response": response
    case "parts": parts
    case "data": data
    case "term": term
    default: disputes
    }
  }

  private var price: Name {
    Name(
      """
      The Buyer intends to take goods worth \(sum) net during the first contract year. Prices follow the Seller's list on \
      the day of the order, less the discount agreed there, and are looked at again every \(terms.reviewMonths) months; a \
      change needs thirty days' notice in writing and does not touch orders already confirmed.
      """,
      """
      首个合同年度内，买方拟采购不含税金额为\(sum)的货物。价格按下单当日卖方价目表并扣除约定折扣执行，每 \(terms.reviewMonths) 个月复核一次；\
      调价须提前三十日书面通知，已确认的订单不受影响。
      """)
  }

  private var delivery: Name {
    Name(
      """
      The Seller delivers within \(terms.deliveryDays) calendar days of the confirmed order, free to the Buyer's works. \
      Part deliveries are allowed where the Buyer was told at least two working days before. Risk passes on signature of \
      the delivery note.
      """,
      """
      卖方应在订单确认后 \(terms.deliveryDays) 个日历日内交货，运抵买方厂区。分批交货须至少提前两个工作日通知买方。货物风险自收货单签署时转移。
      """)
  }

  private var payment: Name {
    Name(
      """
      Invoices fall due \(terms.paymentDays) days after delivery. From the day after, interest of 0.03 % a day runs on what \
      is open. The Seller may hold back further deliveries while more than \(terms.paymentDays + 60) days are overdue.
      """,
      """
      货款于交货后 \(terms.paymentDays) 日到期。逾期部分自次日起按每日万分之三计付违约金。逾期超过 \(terms.paymentDays + 60) 日的，卖方有权暂停后续供货。
      """)
  }

  private var warranty: Name {
    Name(
      """
      The Seller warrants goods for \(terms.warrantyMonths) months from acceptance and repairs or replaces faulty pieces at \
      its own cost. Wearing parts are warranted for three months. Damage by running dry is not covered.
      """,
      """
      质保期为验收之日起 \(terms.warrantyMonths) 个月。质保期内的缺陷件由卖方自费维修或更换；易损件质保三个月。因干运转造成的损坏不在质保范围内。
      """)
  }

  private var liability: Name {
    Name(
      """
      For each full week of delay the party in delay pays \(perMille) of the price of what is late, at most \
      \(terms.penaltyMost) % of it. Nothing here limits liability for intent, gross negligence or injury.
      """,
      """
      迟延方每迟延满一周，按迟延部分价款的\(perMille)支付违约金，累计不超过该部分价款的 \(terms.penaltyMost)%。故意、重大过失或人身损害的责任不受此限。
      """)
  }

  private var perMille: String { "\(terms.penalty)‰" }

  private var confidentiality: Name {
    Name(
      "Drawings, prices and data of the other party are kept confidential during the term and for three years after it.",
      "双方对对方的图纸、价格及数据负有保密义务，期限为合同期内及终止后三年。")
  }

  private var scope: Name {
    Name(
      """
      The Provider maintains the pumps, valves and filters listed in Annex 1 and checks them on site \(terms.checks) times a \
      year, with a written report within five working days of each check.
      """,
      "服务方对附件一所列泵、阀门及过滤器进行维护保养，每年现场巡检 \(terms.checks) 次，每次巡检后五个工作日内出具书面报告。")
  }

  private var fee: Name {
    Name(
      """
      The yearly fee is \(sum) net, half of it due thirty days after the term begins and half six months later. It is looked \
      at again every \(terms.reviewMonths) months.
      """,
      "年度维保费为不含税\(sum)，合同开始后三十日内支付一半，六个月后支付另一半；每 \(terms.reviewMonths) 个月复核一次。")
  }

  private var response: Name {
    Name(
      """
      On a call the Provider answers within two hours of working time and is on site within \(terms.responseHours) hours \
      where a machine stands still, otherwise within three working days.
      """,
      "接到报修后，服务方应在两个工作小时内响应；停机故障 \(terms.responseHours) 小时内到场，其他故障三个工作日内到场。")
  }

  private var parts: Name {
    Name(
      "Spare parts are charged by the list, seals and bearings with ten per cent off. Parts replaced belong to the Customer.",
      "备件按价目表计价，密封件与轴承优惠百分之十。更换下的旧件归客户所有。")
  }

  private var data: Name {
    Name(
      "Running hours read from the machines serve maintenance only and are deleted two years after the end of the term.",
      "采集的运行数据仅用于维保，合同终止满两年后删除。")
  }

  private var term: Name {
    let renewal =
      contract.autoRenew
      ? Name("goes on for a year at a time unless notice is given", "到期未提出异议则逐年自动续期")
      : Name("ends by itself unless both extend it in writing", "到期终止，双方书面同意的可续期")
    return Name(
      """
      The contract runs from \(contract.startOn) to \(contract.endOn) and \(renewal.en); notice is \(contract.noticeDays) \
      days before the end.
      """,
      "合同期限自 \(contract.startOn) 至 \(contract.endOn)，\(renewal.zh)；不再续约须在到期前 \(contract.noticeDays) 日书面通知。")
  }

  private var disputes: Name {
    Name(
      """
      The parties first negotiate, then mediate. What is not settled within sixty days goes to arbitration in Shanghai, in \
      English. The law of the People's Republic of China applies.
      """,
      "争议先行协商，协商不成再行调解；六十日内未能解决的，提交卖方所在地有管辖权的人民法院。适用中华人民共和国法律。")
  }
}
