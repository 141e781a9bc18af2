import ArgumentParser
import Vocabulary

/// The options of every command.
struct GlobalOptions: ParsableArguments {
  /// The names, for those who look for them before the command line is parsed.
  static let names = ["--data", "--format", "--lang", "--actor", "--role"]

  @Option(
    help: help(
      "Data folder (else KESHI_DATA, else ./keshi-data).", "数据目录（否则用 KESHI_DATA，再否则 ./keshi-data）。", value: "dir"))
  var data: String?

  @Option(
    help: help(
      "Form of the answer (table on a terminal, else ndjson).", "输出形式（终端为 table，否则 ndjson）。",
      value: "format"))
  var format: FormatChoice?

  @Option(
    help: help("Language (else LC_ALL, LANG).", "语言（否则看 LC_ALL、LANG）。", value: "lang"))
  var lang: Language?

  @Option(
    help: help(
      "Who acts; written into each event (else KESHI_ACTOR, else the account).", "操作人，写入每个事件（否则 KESHI_ACTOR，再否则系统账户）。",
      value: "name"))
  var actor: String?

  @Option(help: help("In which role; written into each event.", "操作角色，写入每个事件。", value: "role"))
  var role: String?
}
