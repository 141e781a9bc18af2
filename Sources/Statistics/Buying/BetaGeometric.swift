/// BG/NBD: while a customer, they buy at a rate of their own (gamma distributed over customers: r, α); after each
/// purchase they leave with a probability of their own (beta distributed: a, b).
///
/// Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way, Marketing Science 24(2) 275–284.
///
/// A customer leaves only by buying, so who never bought again counts as alive for certain, however long ago that was.
/// P(alive) alone must therefore not be used to rank customers by risk.
public struct BetaGeometric: PurchaseModel {
  public static let name = "bg-nbd"
  public static let parameterNames = ["r", "alpha", "a", "b"]

  public let r: Double
  public let alpha: Double
  public let a: Double
  public let b: Double

  public var parameters: [Double] { [r, alpha, a, b] }

  public init?(parameters: [Double]) {
    guard BetaGeometric.areInRange(parameters) else { return nil }
    (r, alpha, a, b) = (parameters[0], parameters[1], parameters[2], parameters[3])
  }

  public init?(r: Double, alpha: Double, a: Double, b: Double) { self.init(parameters: [r, alpha, a, b]) }

  public static func starts(meanAge: Double) -> [[Double]] { [[1, meanAge, 1, 1], [0.3, meanAge / 5, 0.5, 2]] }

  // MARK: Likelihood

  public func gammaTables(to greatest: Int) -> GammaTables { GammaTables(greatest, r, b, a + b) }

  /// Equation (6), with both its terms as logarithms.
  public func logLikelihood(of pattern: PurchasePattern, _ gammas: GammaTables) -> Double {
    let x = pattern.repeats
    let shape = r + Double(x)
    let buying = gammas.first[x] - gammas.first[0] + r * Elementary.log(alpha)
    let staying = gammas.third[0] + gammas.second[x] - gammas.second[0] - gammas.third[x]
    let alive = -shape * Elementary.log(alpha + pattern.age)
    guard x > 0 else { return buying + staying + alive }
    let left =
      Elementary.log(a / (b + Double(x) - 1)) - shape * Elementary.log(alpha + pattern.recency)
    return buying + staying + Elementary.logSum(alive, left)
  }

  // MARK: Predictions

  /// How likely "left after the last purchase" is against "still a customer".
  private func oddsOfHavingLeft(_ pattern: PurchasePattern) -> Double {
    guard pattern.repeats > 0 else { return 0 }
    let x = Double(pattern.repeats)
    let silence = Elementary.log1p((pattern.age - pattern.recency) / (alpha + pattern.recency))
    return a / (b + x - 1) * Elementary.exp((r + x) * silence)
  }

  /// Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model".
  public func probabilityAlive(_ pattern: PurchasePattern) -> Double { 1 / (1 + oddsOfHavingLeft(pattern)) }

  /// Equation (10).
  public func expectedPurchases(in time: Double, _ pattern: PurchasePattern) -> Double {
    guard time > 0 else { return 0 }
    let odds = oddsOfHavingLeft(pattern)
    guard odds < .infinity else { return 0 }
    let ofTheLiving = closedForm(time, pattern) ?? integral(time, pattern)
    return max(0, ofTheLiving / (1 + odds))
  }

  /// The numerator of equation (10) after Euler's transformation (NIST DLMF 15.8.1), which keeps its powers within the
  /// range of numbers; `nil` where rounding would eat it: near a = 1, near the pole of the series, or with terms of
  /// both signs.
  func closedForm(_ time: Double, _ pattern: PurchasePattern) -> Double? {
    let x = Double(pattern.repeats)
    let c = a + b + x - 1
    guard abs(a - 1) > 1e-3, abs(c) > 1e-3, a + b - 1 - r > 0 else { return nil }
    let span = alpha + pattern.age + time
    guard let series = Hypergeometric.series(a + b - 1 - r, a - 1, c, time / span) else { return nil }
    let rest = Elementary.exp((a - 1) * Elementary.log((alpha + pattern.age) / span))
    let bought = c / (a - 1) * (1 - rest * series)
    return bought.isFinite ? bought : nil
  }

  /// The same as an integral over the probability p of leaving after a purchase: a living customer who buys at the
  /// rate λ is expected to buy (1 − e^(−λpt)) / p times more; λ is gamma distributed by (r + x, α + T), p beta by (a, b + x).
  func integral(_ time: Double, _ pattern: PurchasePattern) -> Double {
    let x = Double(pattern.repeats)
    let scale = time / (alpha + pattern.age)
    let norm = Gamma.logBeta(a, b + x)
    return Quadrature.unitInterval { p, q in
      let density = (a - 2) * Elementary.log(p) + (b + x - 1) * Elementary.log(q) - norm
      let bought = -Elementary.expm1(-(r + x) * Elementary.log1p(p * scale))
      return bought > 0 ? Elementary.exp(density + Elementary.log(bought)) : 0
    }
  }
}
