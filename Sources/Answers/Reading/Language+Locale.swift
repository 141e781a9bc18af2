import Vocabulary

extension Language {
  /// The language of a locale's name such as `zh_CN.UTF-8` or `zh-Hans`; `nil` for one that Keshi does not speak.
  public init?(locale: String) {
    let word = locale.prefix { $0.isLetter }.lowercased()
    self.init(rawValue: word)
  }
}
