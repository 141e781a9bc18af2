/// Random numbers that a seed repeats, the same on every machine: SplitMix64 (Steele, Lea & Flood 2014, Fast Splittable
/// Pseudorandom Number Generators, OOPSLA, 453–472).
///
/// The seed is handed in and belongs beside every figure that was drawn. Not for secrets.
public struct RandomStream: Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Above 0 and below 1, each of 2⁵² values equally likely.
  public mutating func unit() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// From 0 to one less than `bound`, which is at least 1; each equally likely (Lemire 2019, ACM TOMACS 29(1), 3).
  public mutating func below(_ bound: Int) -> Int {
    let bound = UInt64(max(bound, 1))
    var (high, low) = next().multipliedFullWidth(by: bound)
    if low < bound {
      // Values that would fall on some numbers more often than on others are drawn again.
      let threshold = (0 &- bound) % bound
      while low < threshold { (high, low) = next().multipliedFullWidth(by: bound) }
    }
    return Int(high)
  }

  /// A standard normal number, by inversion.
  public mutating func normal() -> Double { Normal.quantile(unit()) }
}
