import Answers
import Vocabulary

// An error on a terminal.
extension Trouble {
  /// The lines for standard error.
  func text(in language: Language) -> String {
    var lines = ["[\(code)] " + what[language].withoutControls]
    lines += details.map { "  " + $0[language].withoutControls }
    if let place { lines.append(Name("  where: ", "  位置：")[language] + place[language].withoutControls) }
    lines.append(Name("  unharmed: ", "  未受影响：")[language] + unharmed[language].withoutControls)
    lines.append(Name("  to do: ", "  处理：")[language] + remedy[language].withoutControls)
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line about a line: `line 3: [E-EVENT-TYPE] there is no event type "x"`.
  func line(_ number: Int, in language: Language) -> String {
    Name("line \(number)", "第 \(number) 行")[language] + ": [\(code)] " + what[language].withoutControls
  }
}
