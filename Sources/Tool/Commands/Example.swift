import Vocabulary

/// The part of a help text that shows how a command is used.
func example(_ lines: String) -> String {
  let indented = lines.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  return Name("EXAMPLE:\n", "示例：\n")[Speech.language] + indented
}
