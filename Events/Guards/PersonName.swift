/// Names and user names of people, as duties are kept apart by them.
///
/// Two spellings of one name are one person: `Li Na` cannot approve what `li  na` asked for.
public enum PersonName {
  /// The name without what two spellings of it may differ in: case, and blanks around and between its words.
  public static func plain(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  public static func same(_ a: String, _ b: String) -> Bool { plain(a) == plain(b) }
}
