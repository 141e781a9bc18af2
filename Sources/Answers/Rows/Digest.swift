import Crypto
import Wire

extension [UInt8] {
  /// SHA-256 (FIPS 180-4) of the bytes, lower-case hexadecimal: as people compare it.
  var sha256Text: String { SHA256.hash(data: self).reduce(into: Text()) { $0.append(hex: $1) }.string }
}

extension Sequence where Element: Hashable {
  /// Each once, where it stands first.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
