import Answers
import ArgumentParser
import Vocabulary

extension Trouble {
  /// A command line that could not be understood: the parser's words, and the usage of the command concerned.
  init(usage error: any Error) {
    let message = Keshi.message(for: error)
    let full = Keshi.fullMessage(for: error)
    let usage = full.split(separator: "\n").first { $0.hasPrefix("Usage: ") }.map { String($0.dropFirst(7)) }
    let command = usage.map { $0.prefix { $0 != "<" && $0 != "[" } }.map { String($0).trimmingBlanks } ?? "keshi"
    self.init(
      .usage, "E-USAGE", Name(message, Trouble.chinese(message)), at: usage.map { Name(same: $0) },
      unharmed: Unharmed.everything,
      remedy: Name("see `\(command) --help`", "请看 `\(command) --help`"))
  }

  static var noYAML: Trouble {
    .usage(
      Name("only `keshi rules show KIND` answers in YAML", "只有 `keshi rules show 类别` 支持 YAML 输出"),
      remedy: Name("choose table, json, ndjson or csv", "请选择 table、json、ndjson 或 csv"))
  }

  /// What the parser's sentences begin with, and how that is said in Chinese. What follows is the person's own words.
  private static let openings: [(en: String, zh: String)] = [
    ("Unknown option ", "未知选项 "), ("Missing expected argument ", "缺少参数 "), ("Missing value for ", "选项缺少取值 "),
    ("Unexpected argument ", "多余的参数 "), ("The value ", "取值无效 "), ("Missing one of: ", "必须给出其一："),
    (" unexpected arguments: ", "多余的参数："),
  ]

  private static func chinese(_ message: String) -> String {
    for (en, zh) in openings where message.hasPrefix(en) { return (zh + message.dropFirst(en.count)).replacing(". Did you mean ", with: "，是否想输入 ") }
    return "命令行有误：" + message
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
