/// A small generator with one word of state: Steele, Lea, Flood, "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014).
///
/// The draws below are our own and not the standard library's, whose ways from bits to ranges may change: the same seed
/// must give the same company for ever.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A generator of its own, so that what one customer draws does not shift what the next one gets.
  mutating func split() -> SplitMix64 { SplitMix64(seed: next()) }

  /// A number in 0 ..< `count`.
  mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

  mutating func int(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in so many of a thousand cases.
  mutating func chance(_ permille: Int) -> Bool { below(1000) < permille }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

  /// One of the items, by their weights.
  mutating func pick<T>(_ items: [T], weight: (T) -> Int) -> T {
    var rest = below(items.reduce(0) { $0 + weight($1) })
    for item in items {
      rest -= weight(item)
      if rest < 0 { return item }
    }
    return items[items.count - 1]
  }

  /// `center`, give or take up to `percent`, mostly near the middle.
  mutating func around(_ center: Int, percent: Int) -> Int {
    center * (100 - percent + below(percent + 1) + below(percent + 1)) / 100
  }

  /// 64 hexadecimal digits that stand for the hash of some document.
  mutating func hash() -> String {
    (0..<4).map { _ in
      let digits = String(next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
