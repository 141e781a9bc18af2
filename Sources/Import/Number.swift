import Wire

/// How a file writes numbers.
struct NumberStyle: Hashable, Sendable {
  var point = UInt8(ascii: ".")
  /// The byte between groups of digits; `nil`: none.
  var thousands: UInt8?
}

/// What becomes of a fraction that a whole number cannot hold.
enum Rounding: String, CaseIterable, Sendable {
  /// The row is refused.
  case exact
  case halfEven = "half-even"
  case halfUp = "half-up"
  /// Towards zero.
  case down
}

/// A decimal number as it is written: `digits` × 10^−`decimals`. No binary fraction comes near it.
struct Number: Hashable, Sendable {
  let digits: Int64
  let decimals: Int

  /// Digits of a number that can be read.
  static let digitLimit = 18

  enum Failure: Error { case notNumber, tooLarge }

  /// Reads `[+-]digits[point digits]`, with thousands between the digits where the style has them.
  init(_ bytes: ArraySlice<UInt8>, style: NumberStyle) throws(Failure) {
    var place = bytes.startIndex
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { place += 1 }
    var value: Int64 = 0
    var (significant, whole, decimals) = (0, 0, -1)
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if byte &- 0x30 <= 9 {
        if value != 0 || byte != 0x30 { significant += 1 }
        guard significant <= Number.digitLimit else { throw .tooLarge }
        value = value * 10 + Int64(byte &- 0x30)
        if decimals >= 0 { decimals += 1 } else { whole += 1 }
      } else if byte == style.point, decimals < 0 {
        decimals = 0
      } else if byte != style.thousands || decimals >= 0 || whole == 0 {
        throw .notNumber
      }
    }
    guard whole > 0 || decimals > 0, decimals != 0, decimals <= 2 * Number.digitLimit else { throw .notNumber }
    self.digits = isNegative ? -value : value
    self.decimals = max(decimals, 0)
  }

  /// The number times 10^`scale` as a whole number; `nil` where that needs a rounding that is not allowed.
  func whole(scale: Int, rounding: Rounding) throws(Failure) -> Int64? {
    let shift = scale - decimals
    if digits == 0 { return 0 }
    if shift >= 0 {
      guard shift <= Number.digitLimit else { throw .tooLarge }
      let (value, overflow) = digits.multipliedReportingOverflow(by: Number.power(shift))
      guard !overflow, value.magnitude <= UInt64(JSON.greatestInteger) else { throw .tooLarge }
      return value
    }
    guard -shift <= Number.digitLimit else { return rounding == .exact ? nil : 0 }
    guard let value = divided(by: Number.power(-shift), rounding: rounding) else { return nil }
    guard value.magnitude <= UInt64(JSON.greatestInteger) else { throw .tooLarge }
    return value
  }

  private func divided(by divisor: Int64, rounding: Rounding) -> Int64? {
    let (quotient, rest) = digits.quotientAndRemainder(dividingBy: divisor)
    if rest == 0 { return quotient }
    let twice = rest.magnitude * 2
    let away = quotient + (digits < 0 ? -1 : 1)
    switch rounding {
    case .exact: return nil
    case .down: return quotient
    case .halfUp: return twice >= divisor.magnitude ? away : quotient
    case .halfEven:
      if twice == divisor.magnitude { return quotient.isMultiple(of: 2) ? quotient : away }
      return twice > divisor.magnitude ? away : quotient
    }
  }

  /// The number times 10^`scale`, exactly, in plain digits with a point.
  func text(scale: Int) -> String {
    let shift = scale - decimals
    var figures = String(digits.magnitude)
    if shift > 0, digits != 0 { figures += String(repeating: "0", count: shift) }
    if shift < 0 {
      figures = String(repeating: "0", count: max(0, 1 - shift - figures.count)) + figures
      figures.insert(".", at: figures.index(figures.endIndex, offsetBy: shift))
    }
    return (digits < 0 ? "-" : "") + figures
  }

  /// 10 to the power `exponent`, 0 … 18.
  static func power(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { value, _ in value * 10 } }

  /// Whether this is less than `other`, at any numbers of decimals.
  func isLess(than other: Number) -> Bool {
    let common = max(decimals, other.decimals)
    let ten: Int128 = 10
    func scaled(_ number: Number) -> Int128 {
      let steps = common - number.decimals
      return (0..<min(steps, 20)).reduce(Int128(number.digits)) { value, _ in value * ten }
    }
    return scaled(self) < scaled(other)
  }
}
