/// One word of a closed list: its text in a line, its names for people.
public struct Word: Hashable, Sendable {
  public let text: String
  public let title: Name

  public init(_ text: String, _ en: String, _ zh: String) {
    self.text = text
    self.title = Name(en, zh)
  }
}

/// A closed list of words for one field, such as won, lost, abandoned.
///
/// Raw values number the words in derived facts. Append new words at the end; never renumber, never reuse.
public protocol CodeSet: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  var word: Word { get }
}

extension CodeSet {
  /// The list as a field holds it.
  public static var codes: [Code] { allCases.map { Code(number: $0.rawValue, word: $0.word) } }
}

/// A word with its number.
public struct Code: Hashable, Sendable {
  public let number: UInt8
  public let word: Word
}
