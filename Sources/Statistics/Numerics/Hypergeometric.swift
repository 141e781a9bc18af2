/// Gauss' hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1, as far as the purchase models need it.
public enum Hypergeometric {
  /// Terms or steps after which a sum counts as not convergent.
  public static let stepLimit = 10_000
  /// Relative change at which a sum is done.
  private static let done = 1e-16

  /// ₂F₁(a, b; c; z) by its power series (NIST DLMF 15.2.1); `nil` where `stepLimit` terms do not settle it, or c is 0
  /// or a negative whole number.
  ///
  /// Terms of both signs cancel; where the last bits matter, choose the transformation whose terms have one sign.
  public static func series(_ a: Double, _ b: Double, _ c: Double, _ z: Double) -> Double? {
    guard z >= 0, z < 1 else { return nil }
    var term = 1.0
    var sum = 1.0
    for step in 0..<stepLimit {
      let j = Double(step)
      let next = term * (a + j) * (b + j) / ((c + j) * (1 + j)) * z
      guard next.isFinite else { return nil }
      sum += next
      // The terms behind shrink at least as fast as a geometric series once they shrink at all.
      if abs(next) <= abs(term), abs(next) * z <= done * abs(sum) * (1 - z) { return sum }
      term = next
    }
    return nil
  }

  /// ₂F₁(1, b; c; z) for 0 < b < c and 0 ≤ z < 1, all of whose terms are positive.
  ///
  /// Gauss' continued fraction (NIST DLMF 15.7.5 with one parameter 0), by the algorithm of Lentz as modified by
  /// Thompson & Barnett (1986, J. Comput. Phys. 64, 490–509). It settles after about 18/√(1 − z) steps; after `stepLimit` steps,
  /// with 1 − z below about 10⁻⁶, the last convergent is given, which is a little small.
  public static func ofOne(_ b: Double, _ c: Double, _ z: Double) -> Double {
    guard z > 0 else { return 1 }
    let tiny = 1e-300
    var fraction = 1.0
    var upper = 1.0
    var lower = 0.0
    for step in 1...stepLimit {
      let k = Double((step - 1) / 2)
      // Odd steps: −(b + k)(c − 1 + k) / ((c − 1 + 2k)(c + 2k)); even ones, with k + 1 for their k:
      // −(k + 1)(c − b + k) / ((c + 2k)(c + 1 + 2k)).
      let partial =
        step % 2 == 1
        ? -(b + k) * (c - 1 + k) / ((c - 1 + 2 * k) * (c + 2 * k)) * z
        : -(k + 1) * (c - b + k) / ((c + 2 * k) * (c + 1 + 2 * k)) * z
      lower = 1 + partial * lower
      if abs(lower) < tiny { lower = tiny }
      lower = 1 / lower
      upper = 1 + partial / upper
      if abs(upper) < tiny { upper = tiny }
      let change = upper * lower
      fraction *= change
      if abs(change - 1) < done { break }
    }
    return 1 / fraction
  }
}
