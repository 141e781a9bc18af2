import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi contract numbers`: whether the register's numbers run on without a gap.
struct ContractNumbersCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "numbers",
      abstract: Name("Show which contract numbers are missing, and which stand for two contracts.", "显示合同编号的缺号与重号。")[
        Speech.language],
      discussion: example(
        """
        keshi contract numbers
        keshi contract numbers --as-of 2025-12-31 --format csv
        """) + "\n\n"
        + Name(
          "A series is what stands before and behind the last digits of a number. The number is what the contract's events say, else its id.",
          "系列由编号末段数字之前与之后的部分确定。编号取合同事件所载，未载明时取合同标识。")[Speech.language])
  }

  @OptionGroup var clocks: ClockOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let numbers = try session.withStore(.read) { try ContractNumbers.all(view: clocks.view, in: $0.snapshot()) }
    try session.rows(NumberSeries.columns).give(NumberSeries.all(of: numbers).map(\.cells))
    if numbers.isEmpty { session.console.remark(Name("There are no contracts.", "没有合同。")) }
  }
}
