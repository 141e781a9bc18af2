import Answers
import ArgumentParser
import Projection
import Vocabulary

/// `keshi forecast FILE`: a column of numbers carried on, with how far the method misses.
struct ForecastCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "forecast",
      abstract: Name(
        "Forecast a column of numbers of consecutive periods, and say how far the method misses.", "对一列连续期间的数值作预测，并给出方法的误差。")[
          Speech.language],
      discussion: example(
        """
        keshi forecast revenue.csv --season 12 --holdout 6
        keshi forecast revenue.csv --column revenue --method holt-winters-multiplicative --alpha 0.3 --beta 0.1 --gamma 0.2
        keshi forecast revenue.csv --method best --steps 3 --each --format csv
        """))
  }

  @Argument(help: help("A file with a head line; - is standard input.", "带表头的文件；- 表示标准输入。", value: "file"))
  var file: String

  @Option(help: help("The column; the last one where none is named.", "数值所在列；未给出时取最后一列。", value: "name"))
  var column: String?

  @Option(help: help("Periods after which a pattern returns: 12 for months.", "规律重复的期数：月度为 12。", value: "n"))
  var season = 12

  @Option(help: help("The method; best is the one that missed least before.", "方法；best 为历史误差最小者。", value: "method"))
  var method = SeriesMethod.best

  @Option(help: help("Hold the last values out and compare.", "留出最后若干值用于比较。", value: "n"))
  var holdout = 0

  @Option(help: help("How far ahead, where nothing is held out.", "未留出时的预测期数。", value: "n"))
  var steps = 12

  @Option(help: help("Given weight of the level; else fitted.", "给定水平权重；否则拟合。", value: "0..1"))
  var alpha: Double?

  @Option(help: help("Given weight of the trend.", "给定趋势权重。", value: "0..1"))
  var beta = 0.0

  @Option(help: help("Given weight of the season.", "给定季节权重。", value: "0..1"))
  var gamma = 0.0

  @Option(help: help("Given damping of the trend.", "给定趋势阻尼。", value: "0..1"))
  var phi = 1.0

  @Flag(help: help("A row for each step, with its interval.", "逐期列出，附区间。"))
  var each = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let bytes = try InputFile.read(file, limit: NumberColumn.limit, in: session)
    var request = SeriesRequest(try NumberColumn.read(bytes, column, from: file), season: season, method)
    (request.holdout, request.steps) = (holdout, steps)
    if let alpha { try request.give(level: alpha, trend: beta, season: gamma, damping: phi) }
    let answer = try request.run()
    if each {
      try session.rows(SeriesAnswer.stepColumns).give(answer.steps)
      session.console.remark(answer.remark)
    } else {
      try session.give(SeriesAnswer.columns, answer.cells)
    }
  }
}
