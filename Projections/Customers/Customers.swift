public import AccountHistory
public import Projection
public import Vocabulary
public import Wire

/// Who is this customer, and what do we owe each other today?
public enum Customers: Projection {
  public typealias Source = Dossier
  public typealias Rules = NoRules
  public static let name = "customers"
  public static let shape = 1
  public static let title = Name("Customer file", "客户全景")

  public static func conclude(
    _ facts: Dossier.Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant,
    trace: inout some Trace
  ) -> CustomerRow? {
    guard facts.isCustomer else { return nil }
    let file = CustomerFile(facts, series, asOf: now, rule.names)
    guard let latest = file.latest else { return nil }
    file.note(in: &trace, rule.names)
    return CustomerRow(file, latest)
  }
}
