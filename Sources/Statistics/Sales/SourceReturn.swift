/// What a source of leads brought for what it cost, minor units of one currency.
public struct SourceReturn: Hashable, Sendable {
  public let leads: Int
  public let won: Int
  public let revenue: Int64
  /// `nil` where nobody said what it cost, which is not 0.
  public let cost: Int64?

  /// `nil` for counts or money below 0, and for more won than leads.
  public init?(leads: Int, won: Int, revenue: Int64, cost: Int64?) {
    guard won >= 0, won <= leads, revenue >= 0, cost ?? 0 >= 0 else { return nil }
    (self.leads, self.won, self.revenue, self.cost) = (leads, won, revenue, cost)
  }

  /// Won of the leads. Leads that are still open count as not won.
  public var conversion: Proportion { Proportion(counted: won, of: leads) }
  /// Revenue ÷ leads; `nil` without a lead.
  public var revenuePerLead: Double? { Exact.ratio(Int128(revenue), Int128(leads)) }
  /// Cost ÷ leads; `nil` without a lead or a known cost.
  public var costPerLead: Double? { cost.flatMap { Exact.ratio(Int128($0), Int128(leads)) } }
  /// Cost ÷ won, the cost of acquiring a customer by this source; `nil` where none was won or the cost is unknown.
  public var costPerWin: Double? { cost.flatMap { Exact.ratio(Int128($0), Int128(won)) } }
  /// (Revenue − cost) ÷ cost; 1 where twice the cost came back. Undefined at a cost of 0, and unknown without one:
  /// `nil`. Revenue is not margin: with a margin m the return is m(1 + this) − 1.
  public var rate: Double? { cost.flatMap { Exact.ratio(Int128(revenue) - Int128($0), Int128($0)) } }
}
