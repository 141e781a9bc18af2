/// A model of repeat buying whose customers also leave unseen: what it says of one customer, and how likely it finds
/// one.
///
/// Times are in the unit of the parameters. All functions are pure and give the same bits on every machine.
public protocol PurchaseModel: Sendable {
  /// The word by which rules and commands name it.
  static var name: String { get }
  /// The parameters, in their published order.
  static var parameterNames: [String] { get }
  var parameters: [Double] { get }

  /// `nil` unless there is a value for each parameter, within `ModelRange.parameters`.
  init?(parameters: [Double])

  /// The logarithm of the likelihood of one customer's pattern, for a rebuilt table of gamma functions.
  func logLikelihood(of pattern: PurchasePattern, _ gammas: GammaTables) -> Double
  /// The tables that `logLikelihood` asks for, to x = `greatest`.
  func gammaTables(to greatest: Int) -> GammaTables

  /// The probability that the customer is still one: P(alive).
  func probabilityAlive(_ pattern: PurchasePattern) -> Double
  /// The purchases to be expected in the next `time`, 0 or more.
  func expectedPurchases(in time: Double, _ pattern: PurchasePattern) -> Double

  /// Where a search may start, for customers of this mean age.
  static func starts(meanAge: Double) -> [[Double]]
}

/// The bounds within which parameters are searched for and believed.
public enum ModelRange {
  public static let parameters = 1e-6...1e6
}

/// Values of ln Γ that many customers share, by repeats: they make most of a likelihood's cost.
public struct GammaTables: Sendable {
  let first: [Double]
  let second: [Double]
  let third: [Double]

  init(_ greatest: Int, _ first: Double, _ second: Double? = nil, _ third: Double? = nil) {
    func table(_ base: Double?) -> [Double] {
      base.map { base in (0...greatest).map { Gamma.log(base + Double($0)) } } ?? []
    }
    self.first = table(first)
    self.second = table(second)
    self.third = table(third)
  }
}

extension PurchaseModel {
  static func areInRange(_ parameters: [Double]) -> Bool {
    parameters.count == parameterNames.count && parameters.allSatisfy { ModelRange.parameters.contains($0) }
  }

  /// The logarithm of the likelihood of all patterns. Independent of the customers' order, to the last bit.
  public func logLikelihood(of patterns: PurchasePatterns) -> Double {
    let tables = gammaTables(to: patterns.greatestRepeats)
    return patterns.groups.reduce(0) { $0 + $1.customers * logLikelihood(of: $1.pattern, tables) }
  }

  public func logLikelihood(of pattern: PurchasePattern) -> Double {
    logLikelihood(of: pattern, gammaTables(to: pattern.repeats))
  }
}
