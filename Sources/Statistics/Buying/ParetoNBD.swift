/// Pareto/NBD: while a customer, they buy at a rate of their own (gamma distributed over customers: r, α); they leave
/// after a time whose rate is their own too (gamma distributed: s, β).
///
/// Schmittlein, Morrison & Colombo (1987), Counting Your Customers, Management Science 33(1) 1–24; in the form of
/// Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model and Related Expressions".
public struct ParetoNBD: PurchaseModel {
  public static let name = "pareto-nbd"
  public static let parameterNames = ["r", "alpha", "s", "beta"]

  public let r: Double
  public let alpha: Double
  public let s: Double
  public let beta: Double

  public var parameters: [Double] { [r, alpha, s, beta] }

  public init?(parameters: [Double]) {
    guard ParetoNBD.areInRange(parameters) else { return nil }
    (r, alpha, s, beta) = (parameters[0], parameters[1], parameters[2], parameters[3])
  }

  public init?(r: Double, alpha: Double, s: Double, beta: Double) { self.init(parameters: [r, alpha, s, beta]) }

  public static func starts(meanAge: Double) -> [[Double]] {
    [[1, meanAge, 1, meanAge], [0.5, meanAge / 3, 0.5, meanAge / 3]]
  }

  // MARK: Likelihood

  public func gammaTables(to greatest: Int) -> GammaTables { GammaTables(greatest, r) }

  /// Γ(r + x) α^r β^s / Γ(r) × (alive + left).
  public func logLikelihood(of pattern: PurchasePattern, _ gammas: GammaTables) -> Double {
    let x = pattern.repeats
    let common = gammas.first[x] - gammas.first[0] + r * Elementary.log(alpha) + s * Elementary.log(beta)
    return common + Elementary.logSum(logAlive(pattern), logLeft(pattern))
  }

  /// ln of (α + T)^−(r + x) (β + T)^−s.
  private func logAlive(_ pattern: PurchasePattern) -> Double {
    -(r + Double(pattern.repeats)) * Elementary.log(alpha + pattern.age) - s * Elementary.log(beta + pattern.age)
  }

  /// ln of s/(r + s + x) A₀, which is s ∫ (α + y)^−(r + x) (β + y)^−(s + 1) dy from t_x to T; −∞ where T = t_x.
  private func logLeft(_ pattern: PurchasePattern) -> Double {
    let total = r + s + Double(pattern.repeats)
    let difference = Elementary.logDifference(
      logFrom(pattern.recency, pattern.repeats), logFrom(pattern.age, pattern.repeats))
    return Elementary.log(s / total) + difference
  }

  /// ln of the integral's primitive from `time` on:
  /// (the larger of α, β plus time)^−(r + s + x) ₂F₁(r + s + x, …; r + s + x + 1; z).
  ///
  /// By Euler's transformation (NIST DLMF 15.8.1) the function becomes ₂F₁(1, …), all of whose terms are positive and
  /// which does not grow with x.
  private func logFrom(_ time: Double, _ repeats: Int) -> Double {
    let shape = r + Double(repeats)
    let buying = Elementary.log(alpha + time)
    let leaving = Elementary.log(beta + time)
    if alpha >= beta {
      let series = Hypergeometric.ofOne(shape, shape + s + 1, (alpha - beta) / (alpha + time))
      return -shape * buying - s * leaving + Elementary.log(series)
    }
    let series = Hypergeometric.ofOne(s + 1, shape + s + 1, (beta - alpha) / (beta + time))
    return (1 - shape) * buying - (s + 1) * leaving + Elementary.log(series)
  }

  // MARK: Predictions

  public func probabilityAlive(_ pattern: PurchasePattern) -> Double {
    1 / (1 + Elementary.exp(logLeft(pattern) - logAlive(pattern)))
  }

  /// P(alive) × (r + x)(β + T) / ((α + T)(s − 1)) × (1 − ((β + T)/(β + T + t))^(s − 1)).
  public func expectedPurchases(in time: Double, _ pattern: PurchasePattern) -> Double {
    guard time > 0 else { return 0 }
    let growth = Elementary.log1p(time / (beta + pattern.age))
    let power = (1 - s) * growth
    // (e^power − 1)/(1 − s), which is the time for which a customer is expected to stay, in units of β + T; its limit
    // at s = 1 is the growth.
    let stay = abs(power) < 1e-12 ? growth : Elementary.expm1(power) / (1 - s)
    let rate = (r + Double(pattern.repeats)) / (alpha + pattern.age)
    return probabilityAlive(pattern) * rate * (beta + pattern.age) * stay
  }
}
