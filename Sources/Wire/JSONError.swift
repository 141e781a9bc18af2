/// Why bytes are not a JSON value that a line may hold, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    case ended
    case unexpected(UInt8)
    case notUTF8
    case badEscape
    case loneSurrogate
    case controlCharacter
    case fraction
    case integerTooLarge
    case leadingZero
    case duplicateName(String)
    case tooDeep(limit: Int)
    case trailing
  }
  public let reason: Reason
  /// Offset of the offending byte from the start of the text.
  public let offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  public var description: String { "byte \(offset): \(message)" }

  private var message: String {
    switch reason {
    case .ended: "the text ends inside a value"
    case .unexpected(let byte):
      byte >= 0x20 && byte < 0x7F
        ? "unexpected '\(Character(Unicode.Scalar(byte)))'" : "unexpected byte \(byte)"
    case .notUTF8: "not UTF-8"
    case .badEscape: "unknown escape"
    case .loneSurrogate: "half of a surrogate pair"
    case .controlCharacter: "a control character must be escaped"
    case .fraction: "numbers are whole; write fractions as text, for example \"12.5\""
    case .integerTooLarge: "number beyond ±9007199254740991; write it as text"
    case .leadingZero: "a number must not begin with 0"
    case .duplicateName(let name): "the name \"\(name)\" stands twice"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .trailing: "something follows the value"
    }
  }
}
