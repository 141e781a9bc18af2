public import Vocabulary

/// Why a text is not a condition, and where in it.
public struct ConditionError: Error, Hashable, Sendable {
  public let what: Name
  /// Unicode scalars from the start of the text.
  public let offset: Int

  init(_ en: String, _ zh: String, at offset: Int) {
    what = Name(en, zh)
    self.offset = offset
  }
}
