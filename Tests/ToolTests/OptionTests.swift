import Answers
import TestSupport
import Testing
import Vocabulary

@testable import keshi

@Suite struct `Options` {
  @Test(arguments: [
    (["--data", "d", "show", "churn"], ["show", "churn", "--data", "d"]), (["--lang=zh", "rules", "list"], ["rules", "list", "--lang=zh"]),
    (["rules", "--format", "csv", "list"], ["rules", "list", "--format", "csv"]), (["show", "--", "--data"], ["show", "--", "--data"]),
    (["show", "--data"], ["show", "--data"]),
  ]) func `global options may stand anywhere`(given: [String], moved: [String]) {
    #expect(Invocation.globalOptionsLast(given) == moved)
  }

  @Test(arguments: [
    ([:], Language.en), (["LANG": "zh_CN.UTF-8"], .zh), (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .en),
    (["LC_ALL": "", "LANG": "zh-Hans"], .zh), (["LC_ALL": "zh_TW", "LANG": "en_US"], .zh), (["LANG": "fr_FR"], .en),
  ] as [([String: String], Language)]) func `the language follows the locale`(environment: [String: String], language: Language) {
    let run = Run("events", "nothing.such", environment: environment)
    #expect(run.remarks.isChinese == (language == .zh))
  }

  @Test func `--lang comes before the locale`() {
    #expect(!Run("events", "nothing.such", "--lang", "en", environment: ["LC_ALL": "zh_CN"]).remarks.isChinese)
  }

  @Test(arguments: [
    ["events", "--nope"], ["nosuch"], ["events", "--format", "xml"], ["events", "a", "b"], ["events", "--data"], ["--lang", "zh", "events", "--lang", "fr"],
  ]) func `usage errors end with 64 and say so`(arguments: [String]) {
    let run = Run(arguments, source: MemorySource(""))
    #expect(run.status == .usage)
    #expect(run.output == "")
    #expect(run.remarks.hasPrefix("[E-USAGE] "))
  }
}
