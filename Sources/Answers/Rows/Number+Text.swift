// Numbers for people and programs, the same wherever the machine stands.

extension Int64 {
  /// The rest of a division that rounds down.
  func mod(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }

  /// Minor units with two decimals and a comma between the thousands: `-1,234.50`.
  public var asMoney: String {
    var whole = String(magnitude / 100)
    var place = whole.count - 3
    while place > 0 {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place))
      place -= 3
    }
    let cents = magnitude % 100
    return (self < 0 ? "-" : "") + whole + "." + (cents < 10 ? "0" : "") + String(cents)
  }
}

extension Double {
  /// Decimal digits with exactly `places` behind the point, whatever the locale.
  public func fixed(_ places: Int) -> String {
    guard isFinite, magnitude < 1e15 else { return "0" }
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int64((magnitude * Double(scale)).rounded())
    let sign = self < 0 && scaled != 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    let digits = String(scaled % scale)
    return sign + String(scaled / scale) + "." + String(repeating: "0", count: places - digits.count) + digits
  }
}
