public import AccountHistory
public import Projection
public import Vocabulary
public import Wire

/// What does this customer owe, how long is it past due, and do they pay later than they used to?
///
/// A row for each customer and currency, `customer:7/CNY`. `Ledger` says which money settles which invoice. Ages count from
/// the due day (账龄). A customer to whom no invoice was issued has a row only for what was recorded as an advance.
public enum Receivables: Register {
  public typealias Source = Dossier
  public typealias Rules = NoRules
  public static let name = "receivables"
  public static let shape = 1
  public static let title = Name("Receivables", "应收账款")
  public static let about = "customer; currency"

  // MARK: Conclude

  public static func conclude(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<ReceivableRow>] {
    guard !facts.bills.isEmpty else { return [] }
    let standing = facts.standing.reading(in: series, asOf: now, rule.names)
    return facts.bills.ledgers(in: series, asOf: now).compactMap { ledger in
      guard let reading = LedgerReading(ledger, standing, on: now.day) else { return nil }
      let subject = CensusSubject(.key(account), part: ledger.currency.description)
      reading.note(about: subject, in: &trace)
      return CensusRow(subject, ReceivableRow(reading))
    }
  }
}
