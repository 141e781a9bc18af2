/// The languages in which Keshi speaks to people.
public enum Language: String, CaseIterable, Sendable {
  case en, zh
}

/// What a person calls a thing, in both languages. Neither may be missing.
public struct Name: Hashable, Sendable {
  public let en: String
  public let zh: String

  public init(_ en: String, _ zh: String) {
    self.en = en
    self.zh = zh
  }

  public subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .zh: zh
    }
  }
}
