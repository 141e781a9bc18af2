public import Vocabulary
import Wire

/// Money that is owed is not paid, credited or written off twice.
public enum Balance: Guard {
  public static let id = "balance"
  public static let title = Name(
    "A payment above what its invoices leave open is an advance; an adjustment never makes a balance negative.",
    "超出未收金额的回款只能作预收；应收调整不得使余额为负。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    ["payment.received", "receivable.adjusted"].contains(declaration.name)
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let isPayment = event.type == "payment.received"
    let lowers = isPayment ? event.data["advance"] != true : event.text("kind") != "reversal"
    guard lowers, let amount = event.data["amountMinor"]?.int else { return [] }
    let named = invoices(of: event)
    guard !named.isEmpty else {
      if isPayment { return [] }
      throw refusal(
        "no invoice is named",
        "未指明发票", remedy: Name("name the invoices with --invoices", "请用 --invoices 指明发票"))
    }
    let account = try past.standing(about: event.subject).filter { moves.contains($0.type) }
    let group = closure(of: named, in: account)
    let issued = try group.sorted().compactMap { Subject(kind: .invoice, id: $0) }.flatMap {
      try past.standing(about: $0).of("invoice.issued")
    }
    if let other = issued.first(where: { $0.data["cur"] != event.data["cur"] }) {
      throw refusal(
        "an invoice is in \(other.text("cur")), not \(event.text("cur"))",
        "发票币种为 \(other.text("cur"))，而非 \(event.text("cur"))",
        because: [other], remedy: Name("record each currency by itself", "请按币种分别入账"))
    }
    let billed = issued.reduce(Int64(0)) { $0 + ($1.data["netMinor"]?.int ?? 0) + ($1.data["taxMinor"]?.int ?? 0) }
    let settled = account.filter { !group.isDisjoint(with: invoices(of: $0)) }
    let open = billed - settled.reduce(Int64(0)) { $0 + effect(of: $1) }
    guard amount > open else { return [] }
    throw refusal(
      "\(amount) is more than the \(open) that \(named.sorted().joined(separator: ", ")) leave open",
      "\(amount) 超出 \(named.sorted().joined(separator: "、")) 的未收金额 \(open)", because: issued + settled,
      remedy: isPayment
        ? Name("record it as an advance, with --advance", "请用 --advance 记为预收")
        : Name("adjust by no more than is open", "调整金额不得超过未收金额"))
  }

  private static let moves: Set = ["payment.received", "payment.refunded", "receivable.adjusted"]

  private static func invoices(of event: Event) -> Set<String> {
    Set((event.data["invoices"]?.array ?? []).compactMap(\.string))
  }

  /// The invoices, and those that were settled together with any of them: only of all of these is the sum known.
  private static func closure(of named: Set<String>, in account: [Event]) -> Set<String> {
    var group = named
    while true {
      let more = account.map(invoices).filter { !group.isDisjoint(with: $0) }.reduce(group) { $0.union($1) }
      if more == group { return group }
      group = more
    }
  }

  /// By how much an event lowers what is owed.
  private static func effect(of event: Event) -> Int64 {
    let amount = event.data["amountMinor"]?.int ?? 0
    switch (event.type, event.text("kind")) {
    case ("payment.refunded", _), ("receivable.adjusted", "reversal"): return -amount
    default: return amount
    }
  }
}
