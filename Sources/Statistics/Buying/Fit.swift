/// Parameters that make the data most likely, and how well the data determine them.
public struct Fit<Model: Sendable>: Sendable {
  public let model: Model
  public let logLikelihood: Double
  /// One for each parameter, from the curvature of the likelihood at its top; `nil` where that is none.
  public let standardErrors: [Double?]
  public let customers: Int
  public let repeaters: Int
  public let evaluations: Int
}

/// What a fit needs at least. Fewer give parameters that a handful of customers turn around.
public enum FitLimit {
  public static let customers = 30
  public static let repeaters = 10
}

extension PurchaseModel {
  /// Fits by maximum likelihood.
  ///
  /// Parameters are searched as logarithms, so that they stay above 0. Complexity: some hundred evaluations of the
  /// likelihood, each O(different patterns).
  /// - Throws: `StatisticsError`.
  public static func fit(_ patterns: PurchasePatterns) throws(StatisticsError) -> Fit<Self> {
    try FitLimit.check(customers: patterns.customers, repeaters: patterns.repeaters)
    let search = try MaximumLikelihood(
      parameterNames, starts: starts(meanAge: max(patterns.meanAge, 1))
    ) { parameters in Self(parameters: parameters)?.logLikelihood(of: patterns) }
    guard let model = Self(parameters: search.parameters) else { throw .notConverged(evaluations: search.evaluations) }
    return Fit(
      model: model, logLikelihood: search.logLikelihood, standardErrors: search.standardErrors,
      customers: patterns.customers, repeaters: patterns.repeaters, evaluations: search.evaluations)
  }
}

extension GammaGamma {
  /// Fits by maximum likelihood. - Throws: `StatisticsError`.
  public static func fit(_ all: [Spending]) throws(StatisticsError) -> Fit<GammaGamma> {
    try FitLimit.check(customers: all.count, repeaters: all.count)
    let sorted = all.sorted()
    let mean = sorted.reduce(0) { $0 + $1.mean } / Double(all.count)
    let search = try MaximumLikelihood(parameterNames, starts: [[1, 2, mean], [5, 4, mean / 2]]) { parameters in
      GammaGamma(parameters: parameters).map { model in sorted.reduce(0) { $0 + model.logLikelihood(of: $1) } }
    }
    guard let model = GammaGamma(parameters: search.parameters) else {
      throw .notConverged(evaluations: search.evaluations)
    }
    return Fit(
      model: model, logLikelihood: search.logLikelihood, standardErrors: search.standardErrors, customers: all.count,
      repeaters: all.count, evaluations: search.evaluations)
  }
}

extension FitLimit {
  static func check(customers count: Int, repeaters: Int) throws(StatisticsError) {
    guard count >= customers else { throw .tooFewCustomers(count, needed: customers) }
    guard repeaters >= self.repeaters else { throw .tooFewRepeaters(repeaters, needed: self.repeaters) }
  }
}
