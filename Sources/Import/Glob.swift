/// Patterns with `*` for any bytes, also none, and `?` for one byte.
enum Glob {
  static func matches(_ text: String, _ pattern: String) -> Bool { matches(Array(text.utf8)[...], Array(pattern.utf8)[...]) }

  /// Time is linear in the text for each `*` of the pattern.
  static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var (text, pattern) = (text, pattern)
    var retry: (text: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (text, pattern)
      } else if let byte = text.first, let wanted = pattern.first, wanted == UInt8(ascii: "?") || wanted == byte {
        (text, pattern) = (text.dropFirst(), pattern.dropFirst())
      } else if text.isEmpty, pattern.isEmpty {
        return true
      } else if let last = retry, !last.text.isEmpty {
        // The last `*` takes one byte more.
        (text, pattern) = (last.text.dropFirst(), last.pattern)
        retry = (text, pattern)
      } else {
        return false
      }
    }
  }
}
