/// A rate at which what comes later counts for less: continuously, by the unit of time of a model.
public struct DiscountRate: Hashable, Sendable {
  /// δ: what comes after t counts e^(−δt).
  public let perUnit: Double

  /// Rates that are believed.
  public static let range = 1e-9...10.0

  /// `nil` unless within `range`.
  public init?(perUnit: Double) {
    guard DiscountRate.range.contains(perUnit) else { return nil }
    self.perUnit = perUnit
  }

  /// From a yearly rate d, 0.15 for 15 per cent: δ = ln(1 + d) ÷ units in a year. For models in weeks that are 365.25/7
  /// units. `nil` where δ is out of range.
  public init?(yearly rate: Double, unitsPerYear: Double = 365.25 / 7) {
    guard rate > 0, rate.isFinite, unitsPerYear > 0, unitsPerYear.isFinite else { return nil }
    self.init(perUnit: Elementary.log1p(rate) / unitsPerYear)
  }
}

extension PurchaseModel {
  /// Expected purchases of a customer from now on, each discounted to now: ∫ e^(−δt) dE[X(t)], to `horizon` or for
  /// ever.
  ///
  /// For ever, and for Pareto/NBD, this is DERT of Fader, Hardie & Lee (2005), RFM and CLV: Using Iso-Value Curves for
  /// Customer Base Analysis, Journal of Marketing Research 42(4) 415–430; for BG/NBD the same by its own E[X(t)]. By
  /// parts the integral is δ ∫ e^(−δt) E[X(t)] dt, which with u = e^(−δt) is one over 0…1.
  ///
  /// - Parameters:
  ///   - horizon: in the unit of time of the model; `nil` for ever. 0 or less expects nothing.
  /// - Returns: 0 or more. Relative error about 10⁻⁹.
  /// Complexity: some hundred evaluations of `expectedPurchases`.
  public func discountedPurchases(
    at rate: DiscountRate, _ pattern: PurchasePattern, horizon: Double? = nil
  ) -> Double {
    let delta = rate.perUnit
    guard let horizon else {
      return max(
        0, Quadrature.unitInterval { u, rest in expectedPurchases(in: -logOf(u, rest) / delta, pattern) })
    }
    guard horizon > 0 else { return 0 }
    // To the horizon: t = horizon × v, and what is bought by then counts e^(−δ horizon).
    let inside = Quadrature.unitInterval { v, _ in
      Elementary.exp(-delta * horizon * v) * expectedPurchases(in: horizon * v, pattern)
    }
    let end = Elementary.exp(-delta * horizon) * expectedPurchases(in: horizon, pattern)
    return max(0, end + delta * horizon * inside)
  }

  /// ln u, exact also where u is near 1.
  private func logOf(_ u: Double, _ rest: Double) -> Double { u < 0.5 ? Elementary.log(u) : Elementary.log1p(-rest) }
}

/// What a customer is still worth: discounted purchases × what one is expected to bring × the margin.
///
/// Fader, Hardie & Lee (2005), equation (2), with the spend of Gamma-Gamma: it supposes that frequency and spend are
/// independent.
public struct ResidualValue: Hashable, Sendable {
  /// Discounted expected purchases.
  public let purchases: Double
  /// Expected amount of one, minor units.
  public let spend: Double
  /// The part of an amount that remains, 0…1.
  public let margin: Double

  /// Minor units.
  public var value: Double { purchases * spend * margin }

  /// - Parameters:
  ///   - spending: what was seen of the customer; `nil` where nothing was.
  ///   - margin: 1 for revenue.
  /// `nil` unless the margin is within 0…1, and where the model expects no finite mean of someone unseen.
  public init?(
    _ pattern: PurchasePattern, _ spending: GammaGamma.Spending?, buying: some PurchaseModel, spend model: GammaGamma,
    at rate: DiscountRate, horizon: Double? = nil, margin: Double = 1
  ) {
    guard (0...1).contains(margin), let spend = model.expectedMean(spending) else { return nil }
    purchases = buying.discountedPurchases(at: rate, pattern, horizon: horizon)
    self.spend = spend
    self.margin = margin
  }
}
