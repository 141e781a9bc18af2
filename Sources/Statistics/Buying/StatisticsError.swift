/// Why a model could not be fitted.
public enum StatisticsError: Error, Hashable, Sendable {
  /// Fewer customers than a fit needs.
  case tooFewCustomers(Int, needed: Int)
  /// Fewer customers who bought again than a fit needs.
  case tooFewRepeaters(Int, needed: Int)
  case tooManyCustomers(Int, limit: Int)
  /// The likelihood still rises where a parameter reaches the edge of its range: the data do not determine it.
  case undetermined(parameter: String, value: Double)
  case notConverged(evaluations: Int)
}
