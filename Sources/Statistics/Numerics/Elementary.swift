/// Exponential and logarithm, made of IEEE 754 operations alone.
///
/// The C library's functions may differ in the last bit from one version to the next, and a judgement that rests on
/// them could differ with the machine. These give the same bits everywhere: each step is an addition, a multiplication
/// or a division, which IEEE 754 rounds in one way only, and Swift neither reorders nor fuses them. Error at most two
/// units in the last place, five for the two functions around 0 (tested against the C library).
public enum Elementary {
  /// ln 2 in two parts, of which the first has zeros at its end, so that its multiples are exact.
  private static let ln2High = 0x1.62e42fee00000p-1
  private static let ln2Low = 0x1.a39ef35793c76p-33

  /// The natural logarithm; −∞ at 0, not a number below it.
  public static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    return exponent * ln2High + (logOfOnePlus(small: mantissa - 1) + exponent * ln2Low)
  }

  /// ln(1 + x), exact to the last bits where x is small. Not a number below −1.
  public static func log1p(_ x: Double) -> Double { abs(x) < 0.3 ? logOfOnePlus(small: x) : log(1 + x) }

  /// 2 artanh(x / (2 + x)) by its power series; for −0.3 ≤ x ≤ 0.42.
  private static func logOfOnePlus(small x: Double) -> Double {
    let s = x / (2 + x)
    let square = s * s
    var sum = 0.0
    var odd = 25.0
    while odd > 1 {
      sum = (sum + 1 / odd) * square
      odd -= 2
    }
    // x − s·x + … rather than 2s + …: the first term is then exact.
    return x - s * (x - 2 * sum)
  }

  /// eˣ; 0 where that is below the smallest number, ∞ where it is above the largest.
  public static func exp(_ x: Double) -> Double {
    guard x < 709.8 else { return x.isNaN ? x : .infinity }
    guard x > -745.2 else { return 0 }
    let power = (x / (ln2High + ln2Low)).rounded()
    let rest = (x - power * ln2High) - power * ln2Low
    let whole = Int(power)
    // In two steps, so that neither factor leaves the range of normal numbers.
    return (1 + expm1(small: rest)) * Double(sign: .plus, exponent: whole / 2, significand: 1)
      * Double(sign: .plus, exponent: whole - whole / 2, significand: 1)
  }

  /// eˣ − 1, exact to the last bits where x is small.
  public static func expm1(_ x: Double) -> Double { abs(x) < 0.35 ? expm1(small: x) : exp(x) - 1 }

  /// The power series to x¹⁴; for |x| ≤ 0.35.
  private static func expm1(small x: Double) -> Double {
    var sum = 0.0
    var divisor = 14.0
    while divisor > 1 {
      sum = (1 + sum) * (x / divisor)
      divisor -= 1
    }
    return x + x * sum
  }

  /// ln(eᵃ + eᵇ) without leaving the range of numbers.
  static func logSum(_ a: Double, _ b: Double) -> Double {
    let (high, low) = a > b ? (a, b) : (b, a)
    guard low > -.infinity else { return high }
    return high + log1p(exp(low - high))
  }

  /// ln(eᵃ − eᵇ) for a ≥ b; −∞ where they are equal, or nearly so that rounding turned them around.
  static func logDifference(_ a: Double, _ b: Double) -> Double {
    guard b > -.infinity else { return a }
    let gap = b - a
    guard gap < 0 else { return -.infinity }
    return a + (gap > -0.35 ? log(-expm1(gap)) : log1p(-exp(gap)))
  }
}
