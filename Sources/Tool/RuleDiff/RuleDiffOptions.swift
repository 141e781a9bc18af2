import Answers
import ArgumentParser
import Engine
import Vocabulary

/// The options of `rules diff` and `rules whatif`.
struct RuleDiffOptions: ParsableArguments {
  @OptionGroup var clocks: ClockOptions

  @Option(
    help: help(
      "Find the first difference of so many subjects at most, those first whose outcome changes.",
      "最多为这么多主体查找首次分歧，先查结论改变者。", value: "n"))
  var firstDifferences: Int = RuleDiffReport.usualFirstDifferences

  @Option(help: help("Also write a page to print and sign; the file must not exist.", "另存可打印签字的页面；文件不得已存在。", value: "file.html"))
  var page: String?

  @Flag(help: help("Record in the log that the page was issued, by its SHA-256.", "将页面的签发及其 SHA-256 记入日志。"))
  var issue = false

  var view: View { clocks.view }

  func validate() throws {
    guard firstDifferences >= 0 else {
      throw Trouble.usage(
        Name("--first-differences is 0 or more", "--first-differences 应不小于 0"), remedy: Name("give another number", "请换其他数值"))
    }
    guard !issue || page != nil else {
      throw Trouble.usage(
        Name("--issue needs --page: what is issued is the page", "--issue 需要 --page：签发的是页面"),
        remedy: Name("add --page FILE.html", "请加上 --page FILE.html"))
    }
  }
}
