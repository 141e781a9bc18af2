import Vocabulary

/// The parser's own words in the language of the command. What commands say of themselves is in it already.
enum HelpText {
  private static let words: [(en: String, zh: String)] = [
    ("OVERVIEW: ", "概述："), ("USAGE: ", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "子命令："),
    ("Show help information.", "显示帮助。"), ("Show the version.", "显示版本。"),
    ("Show subcommand help information.", "显示子命令的帮助。"), ("<subcommand>", "<子命令>"), ("<options>", "<选项>"),
    ("(default: ", "(默认 "), ("(values: ", "(取值 "), ("; default: ", "；默认 "),
  ]

  static func localised(_ text: String, in language: Language) -> String {
    guard language == .zh else { return text }
    var result = text
    for (en, zh) in words { result = result.replacing(en, with: zh) }
    return result.split(separator: "\n", omittingEmptySubsequences: false).map { seeAlso($0) }.joined(separator: "\n")
  }

  /// `See 'keshi help <subcommand>' for detailed help.`
  private static func seeAlso(_ line: Substring) -> String {
    let tail = "' for detailed help."
    guard let start = line.firstRange(of: "See '"), line.hasSuffix(tail) else { return String(line) }
    return line[..<start.lowerBound] + "详见 '" + line[start.upperBound...].dropLast(tail.count) + "'。"
  }
}
