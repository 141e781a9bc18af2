import HTTPTypes
import Hummingbird

/// Names with values, in the order in which they came: a query, or a form. A name may stand there more than once.
public struct Fields: Sendable {
  public private(set) var all: [(name: String, value: String)]

  public init(_ all: [(name: String, value: String)] = []) { self.all = all }

  /// The last value of a name; `nil` where there is none or it is empty.
  public subscript(name: String) -> String? { all.last { $0.name == name && !$0.value.isEmpty }?.value }

  public func values(_ name: String) -> [String] { all.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }
}

extension Fields {
  /// Pairs that a query or a form may have.
  static let limit = 500

  /// `a=1&b=%E5%AE%A2`. `nil` where it cannot be read: a `%` that stands for no byte, bytes that are no UTF-8, too much.
  init?(encoded text: some StringProtocol) {
    var all: [(name: String, value: String)] = []
    for pair in text.split(separator: "&") {
      guard all.count < Fields.limit else { return nil }
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves[0].unescaped(plusIsBlank: true),
        let value = halves.count > 1 ? halves[1].unescaped(plusIsBlank: true) : ""
      else { return nil }
      all.append((name, value))
    }
    self.init(all)
  }
}

extension StringProtocol {
  /// With `%E5%AE%A2` as the character that it is; `nil` where that is none.
  func unescaped(plusIsBlank: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
        continue
      }
      guard let high = rest.next()?.hexDigit, let low = rest.next()?.hexDigit else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var hexDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
