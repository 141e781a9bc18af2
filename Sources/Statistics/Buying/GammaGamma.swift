/// What one customer's purchases are worth: amounts vary around a mean of their own (gamma: p), and the means vary over
/// customers (inverse gamma: q, γ).
///
/// Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Assumes that worth and frequency are independent.
public struct GammaGamma: Sendable, Hashable {
  /// What was seen of a customer: so many amounts with such a mean, both above 0.
  public struct Spending: Hashable, Comparable, Sendable {
    public let count: Int
    public let mean: Double

    /// `nil` unless both are above 0 and finite.
    public init?(count: Int, mean: Double) {
      guard count > 0, mean > 0, mean.isFinite else { return nil }
      self.count = count
      self.mean = mean
    }

    public static func < (a: Spending, b: Spending) -> Bool { (a.count, a.mean) < (b.count, b.mean) }
  }

  public static let name = "gamma-gamma"
  public static let parameterNames = ["p", "q", "gamma"]

  public let p: Double
  public let q: Double
  public let gamma: Double

  public var parameters: [Double] { [p, q, gamma] }

  /// `nil` unless there are three values within `ModelRange.parameters`.
  public init?(parameters: [Double]) {
    guard parameters.count == 3, parameters.allSatisfy({ ModelRange.parameters.contains($0) }) else { return nil }
    (p, q, gamma) = (parameters[0], parameters[1], parameters[2])
  }

  /// Equation (1a), as a logarithm.
  public func logLikelihood(of spending: Spending) -> Double {
    let shape = p * Double(spending.count)
    let count = Double(spending.count)
    return Gamma.log(shape + q) - Gamma.log(shape) - Gamma.log(q) + q * Elementary.log(gamma)
      + (shape - 1) * Elementary.log(spending.mean) + shape * Elementary.log(count)
      - (shape + q) * Elementary.log(gamma + count * spending.mean)
  }

  public func logLikelihood(of all: [Spending]) -> Double { all.sorted().reduce(0) { $0 + logLikelihood(of: $1) } }

  /// The mean amount to be expected of a customer (equation 5), `nil` for one of whom nothing is known where q ≤ 1: the
  /// mean over all customers is infinite then.
  public func expectedMean(_ spending: Spending?) -> Double? {
    guard let spending else { return q > 1 ? p * gamma / (q - 1) : nil }
    let divisor = p * Double(spending.count) + q - 1
    return divisor > 0 ? p * (gamma + Double(spending.count) * spending.mean) / divisor : nil
  }
}
