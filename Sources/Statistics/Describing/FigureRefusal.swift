/// Why a figure was not computed. What is merely undefined (a rate of nobody, growth from nothing) is `nil` instead.
///
/// Places count from 0 in the order in which the data were handed in.
public enum FigureRefusal: Error, Hashable, Sendable {
  /// A sum of money that 64 bits of minor units do not hold.
  case sumTooLarge
  /// An amount or count below 0 where that has no meaning.
  case negative(at: Int)
  /// Not a number, or infinite.
  case notANumber(at: Int)
  /// An answer that its scale does not have.
  case outOfScale(Int, at: Int)
  /// An option outside its bounds.
  case outOfRange(option: Option, Double)
  /// More than a figure is computed for.
  case tooMany(Int, limit: Int)
  /// Fewer than a figure needs.
  case tooFew(Int, needed: Int)
  /// A place after the end where it should be before it, or days in the wrong order.
  case outOfOrder(at: Int)

  /// Which option was outside its bounds.
  public enum Option: String, Hashable, Sendable {
    case level, weight, days, horizon, draws, scale
  }
}
