import ArgumentParser
import Vocabulary

/// Whether guards bind what comes in by lines and tables.
///
/// History is recorded as it was: a company's old contracts were amended without Keshi asking who agreed. So `append`
/// and `import` record, unless they are told otherwise; commands are always strict.
enum GuardPolicy: String, CaseIterable, ExpressibleByArgument {
  /// Guards decide; what they refuse is refused like a bad line.
  case strict
  /// Declarations are checked, guards are not asked.
  case record

  static var explanation: ArgumentHelp {
    help(
      "strict: refuse what the guards refuse. record: take history as it was, check declarations only.",
      "strict：依守则拒绝。record：照实收录历史，只核对声明。", value: "policy")
  }
}
