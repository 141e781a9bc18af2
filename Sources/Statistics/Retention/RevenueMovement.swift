/// How recurring revenue moved from the start of a period to its end, account by account, minor units of one currency.
///
/// The base are the accounts that had revenue at the start. What the same account both lost and gained within the
/// period shows as the difference.
public struct RevenueMovement: Hashable, Sendable {
  /// What an account paid at the start and at the end, by the month or the year, alike for all.
  public struct Account: Hashable, Sendable {
    public let opening: Int64
    public let closing: Int64

    public init(opening: Int64, closing: Int64) {
      self.opening = opening
      self.closing = closing
    }
  }

  /// Accounts with revenue at the start; of them those with none at the end, with less, with more.
  public let accounts: Int
  public let lost: Int
  public let contracted: Int
  public let expanded: Int
  /// Accounts without revenue at the start and with some at the end: new ones and those that came back.
  public let gained: Int

  /// Revenue of the base at the start.
  public let opening: Int64
  /// What the lost accounts had paid.
  public let churn: Int64
  public let contraction: Int64
  public let expansion: Int64
  /// Revenue at the end of accounts outside the base.
  public let gain: Int64

  /// Revenue of the base at the end.
  public let closing: Int64

  /// - Throws: `FigureRefusal.negative` with the place of an account that paid less than nothing, `sumTooLarge`.
  public init(_ accounts: [Account]) throws(FigureRefusal) {
    if let place = accounts.firstIndex(where: { $0.opening < 0 || $0.closing < 0 }) { throw .negative(at: place) }
    let base = accounts.filter { $0.opening > 0 }
    let gains = accounts.filter { $0.opening == 0 && $0.closing > 0 }
    let losses = base.filter { $0.closing == 0 }
    let less = base.filter { $0.closing > 0 && $0.closing < $0.opening }
    let more = base.filter { $0.closing > $0.opening }
    (self.accounts, gained, lost) = (base.count, gains.count, losses.count)
    (contracted, expanded) = (less.count, more.count)
    opening = try Exact.money(Exact.total(base.map(\.opening)))
    closing = try Exact.money(Exact.total(base.map(\.closing)))
    churn = try Exact.money(Exact.total(losses.map(\.opening)))
    contraction = try Exact.money(Exact.total(less.map { $0.opening - $0.closing }))
    expansion = try Exact.money(Exact.total(more.map { $0.closing - $0.opening }))
    gain = try Exact.money(Exact.total(gains.map(\.closing)))
  }

  /// Gross revenue retention: (opening − churn − contraction) ÷ opening, 0…1; what expands does not count. `nil`
  /// without a base.
  public var grossRetention: Double? {
    Exact.ratio(Int128(opening) - Int128(churn) - Int128(contraction), Int128(opening))
  }

  /// Net revenue retention: the base's revenue at the end ÷ at the start, 0 or more; accounts outside the base do not
  /// count. `nil` without a base.
  public var netRetention: Double? { Exact.ratio(Int128(closing), Int128(opening)) }

  /// Accounts lost ÷ accounts at the start.
  public var logoChurn: Proportion { Proportion(counted: lost, of: accounts) }
  /// The rest of them.
  public var logoRetention: Proportion { Proportion(counted: accounts - lost, of: accounts) }
}
