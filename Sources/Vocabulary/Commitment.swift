public import Wire

/// How a line speaks of a personal value that is not in it: by a hash that commits to the value and does not tell it.
///
/// 43 characters of base64url. One that was carried over from another log, which alone can open it, has `~` before it.
public enum Commitment {
  public static let carried: Character = "~"
  private static let length = 43

  public static func isOne(_ text: String) -> Bool {
    let bare = text.utf8.first == UInt8(ascii: "~") ? text.utf8.dropFirst() : text.utf8[...]
    return bare.count == length
      && bare.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F
      }
  }

  public static func isCarried(_ text: String) -> Bool { text.first == carried }

  static let expectation = Name(
    "a commitment of 43 characters, in place of a value", "43 个字符的承诺值（代替原值）")

  /// The commitments of a line as another log may hold them.
  public static func carriedOver(_ sealed: JSONObject) -> JSONObject {
    JSONObject(sealed.members.map { member in
      let text = member.value.string ?? ""
      return (member.name, .string(isCarried(text) ? text : String(carried) + text))
    })
  }
}
