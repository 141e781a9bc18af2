/// Names with values, in the order in which they came: a query, or a form. A name may stand there more than once.
public struct Parameters: Sendable, ExpressibleByDictionaryLiteral {
  public private(set) var pairs: [(name: String, value: String)]

  public init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }
  public init(dictionaryLiteral pairs: (String, String)...) { self.pairs = pairs.map { (name: $0.0, value: $0.1) } }

  /// The last value of a name; `nil` where there is none, or an empty one.
  public subscript(name: String) -> String? { pairs.last { $0.name == name && !$0.value.isEmpty }?.value }

  public func all(_ name: String) -> [String] { pairs.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }
}

/// The address of a page of this site.
struct Address {
  private let path: String
  private let query: [(name: String, value: String)]

  /// - Parameter path: with parts that are escaped already by `Address.part`.
  init(_ path: String, _ query: [(String, String)]) { self.init(escaped: path, query.map { (name: $0.0, value: $0.1) }) }

  init(escaped path: String, _ query: [(name: String, value: String)]) { (self.path, self.query) = (path, query) }

  var text: String {
    guard !query.isEmpty else { return path }
    return path + "?" + query.map { Address.part($0.name) + "=" + Address.part($0.value) }.joined(separator: "&")
  }

  /// A part of a path or a value of a query, percent-encoded (RFC 3986, unreserved characters and `:` as they are).
  static func part(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x3A: bytes.append(byte)
      default: bytes += [0x25, Address.digit(byte >> 4), Address.digit(byte & 15)]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
