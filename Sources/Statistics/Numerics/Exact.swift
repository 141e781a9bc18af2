/// Sums of whole numbers that neither round nor overflow, whatever their order: 128 bits hold 2⁶⁴ numbers of 64 bits.
enum Exact {
  static func total(_ values: some Sequence<Int64>) -> Int128 { values.reduce(Int128(0)) { $0 + Int128($1) } }

  /// `nil` where the divisor is 0.
  static func ratio(_ value: Int128, _ divisor: Int128) -> Double? {
    divisor == 0 ? nil : double(value) / double(divisor)
  }

  /// The nearest number; by way of 64 bits where they suffice, which processors convert at once.
  private static func double(_ value: Int128) -> Double { Int64(exactly: value).map { Double($0) } ?? Double(value) }

  static func ratio(_ value: Int, _ divisor: Int) -> Double? { ratio(Int128(value), Int128(divisor)) }

  /// A sum as money is kept. - Throws: `FigureRefusal.sumTooLarge`.
  static func money(_ sum: Int128) throws(FigureRefusal) -> Int64 {
    guard let value = Int64(exactly: sum) else { throw .sumTooLarge }
    return value
  }
}
