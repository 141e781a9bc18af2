import Answers
import Vocabulary

extension Page {
  /// Where a person shows the token by which the server knows them.
  ///
  /// - Parameter next: where they wanted to go.
  public static func signIn(next: String, refused: Bool, in language: Language) -> Page {
    func say(_ en: String, _ zh: String) -> PageValue { .text(Name(en, zh)[language]) }
    return Page(
      .signIn, title: Name("Sign in to Keshi", "登录客史")[language], in: language,
      [
        "next": .text(next), "label": say("Token", "令牌"), "button": say("Sign in", "登录"),
        "hint": say("`keshi token create` makes a token. It may be pasted.", "令牌由 `keshi token create` 生成，可直接粘贴。"),
        "refusal": refused ? say("This token is not known, or its time is over.", "令牌无效或已过期。") : .flag(false),
      ])
  }

  /// What went wrong, what is unharmed and what to do.
  public static func problem(_ trouble: Trouble, in language: Language) -> Page {
    let facts: [(term: Name, value: String)] = [
      (Name("Where", "位置"), trouble.place?[language] ?? ""), (Name("Unharmed", "未受影响"), trouble.unharmed[language]),
      (Name("What to do", "如何处理"), trouble.remedy[language]), (Name("Code", "代码"), trouble.code),
    ]
    return Page(
      .problem, title: trouble.what[language].asSentence, in: language,
      [
        "facts": .facts(facts.filter { !$0.value.isEmpty }, in: language), "details": .list(trouble.details.map { .text($0[language]) }),
        "home": .text(Name("To the first page", "返回首页")[language]),
      ])
  }
}

extension String {
  /// With a capital letter, as a sentence begins.
  public var asSentence: String { prefix(1).uppercased() + dropFirst() }
}
