import Foundation
import Statistics

/// A sequence of numbers that a seed repeats: SplitMix64 (Steele, Lea & Flood 2014).
struct Dice: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  /// Above 0 and below 1.
  mutating func unit() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }
}

/// The trapezoidal rule, which for what dies away at both ends is exact to the last digits.
func trapezoid(_ from: Double, _ to: Double, _ step: Double, _ f: (Double) -> Double) -> Double {
  var sum = 0.0
  var place = from
  while place <= to {
    sum += f(place)
    place += step
  }
  return sum * step
}

/// ∫ f(λ) gamma(λ; shape, rate) dλ, with λ = eᵛ. `power` is that of λ in `f`: the more, the narrower the peak.
func overGamma(_ shape: Double, _ rate: Double, power: Double = 0, _ f: (Double) -> Double) -> Double {
  let norm = shape * Foundation.log(rate) - lgamma(of: shape)
  return trapezoid(-34 / (shape + power) - 8, 9, power > 30 ? 0.05 : power > 3 ? 0.1 : 0.35) { v in
    let rateHere = Foundation.exp(v)
    return Foundation.exp(norm + shape * v - rate * rateHere) * f(rateHere)
  }
}

/// ∫ f(p) beta(p; a, b) dp, with p = 1/(1 + e^−w).
func overBeta(_ a: Double, _ b: Double, step: Double = 0.5, _ f: (Double) -> Double) -> Double {
  let norm = lgamma(of: a + b) - lgamma(of: a) - lgamma(of: b)
  return trapezoid(-34 / a - 4, 34 / b + 4, step) { w in
    let p = 1 / (1 + Foundation.exp(-w))
    let logs = -a * Foundation.log1p(Foundation.exp(-w)) - b * Foundation.log1p(Foundation.exp(w))
    return Foundation.exp(norm + logs) * f(p)
  }
}

func lgamma(of x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

func pattern(_ x: Int, _ recency: Double, _ age: Double) -> PurchasePattern {
  PurchasePattern(repeats: x, recency: recency, age: age)!
}

func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool { abs(a - b) <= tolerance * max(1, abs(b)) }
