import Projection
import Statistics
import Vocabulary

/// A method of forecasting, as commands know it.
public enum SeriesMethod: String, CaseIterable, Sendable {
  case seasonalNaive = "seasonal-naive"
  case simple
  case holt
  case damped
  case holtWintersAdditive = "holt-winters-additive"
  case holtWintersMultiplicative = "holt-winters-multiplicative"
  case dampedAdditive = "damped-additive"
  case dampedMultiplicative = "damped-multiplicative"
  /// The one that missed least at past ends.
  case best

  /// `nil` for those that smooth nothing by themselves.
  var smoothing: SmoothingMethod? {
    switch self {
    case .seasonalNaive, .best: nil
    case .simple: SmoothingMethod(trend: .none, season: .none)
    case .holt: SmoothingMethod(trend: .additive, season: .none)
    case .damped: SmoothingMethod(trend: .damped, season: .none)
    case .holtWintersAdditive: SmoothingMethod(trend: .additive, season: .additive)
    case .holtWintersMultiplicative: SmoothingMethod(trend: .additive, season: .multiplicative)
    case .dampedAdditive: SmoothingMethod(trend: .damped, season: .additive)
    case .dampedMultiplicative: SmoothingMethod(trend: .damped, season: .multiplicative)
    }
  }
}

/// Asks for a forecast of a column of numbers, and how far it misses what was held out.
public struct SeriesRequest {
  public let values: [Double]
  /// Periods after which a pattern returns; the lag of MASE.
  public let season: Int
  public let method: SeriesMethod
  /// Given parameters: smoothing by Winters' form from the classical start. `nil`: fitted by least squares.
  private var parameters: SmoothingParameters?
  /// The last so many values are held out and compared.
  public var holdout = 0
  /// How far ahead, where nothing is held out.
  public var steps = 12
  /// The share of cases that the interval should hold.
  public var level = 0.95

  private static let seed: UInt64 = 20_261_127

  public init(_ values: [Double], season: Int, _ method: SeriesMethod) {
    (self.values, self.season, self.method) = (values, season, method)
  }

  /// Weights of level, trend and season, each 0…1, and the damping of the trend, above 0 up to 1.
  /// - Throws: `E-USAGE` for others.
  public mutating func give(level: Double, trend: Double, season: Double, damping: Double) throws {
    guard let given = SmoothingParameters(level: level, trend: trend, season: season, damping: damping) else {
      throw Trouble.usage(
        Name("alpha, beta and gamma lie between 0 and 1, phi above 0 up to 1", "alpha、beta、gamma 在 0 与 1 之间，phi 大于 0 且不超过 1"),
        remedy: Name("give other values, or none", "请换其他数值，或不给出"))
    }
    parameters = given
  }

  /// - Throws: `E-FORECAST`: what the history lacks.
  public func run() throws -> SeriesAnswer {
    do {
      guard (0..<max(1, values.count)).contains(holdout) else { throw ForecastRefusal.outOfRange(option: .steps, Double(holdout)) }
      let history = try TimeSeries(Array(values.dropLast(holdout)), season: season)
      let ahead = holdout > 0 ? holdout : steps
      let model = try model(history, ahead)
      let order = try IntervalOrder(level: level, seed: SeriesRequest.seed)
      let forecast = try Forecast(longEnough: history, by: model, steps: ahead, interval: order)
      return SeriesAnswer(history, forecast, actual: Array(values.suffix(holdout)), level: level)
    } catch let refusal as ForecastRefusal {
      throw Trouble(
        .badInput, "E-FORECAST", SeriesForecast.refusal(refusal), unharmed: Unharmed.everything,
        remedy: Name("give a longer history, another season or another method", "请提供更长的历史，或更换季节长度、方法"))
    }
  }

  private func model(_ history: TimeSeries, _ steps: Int) throws(ForecastRefusal) -> ForecastModel {
    if let smoothing = method.smoothing {
      return parameters.map { .smoothing(smoothing, $0, form: .winters, start: .classical) } ?? .fitted(smoothing)
    }
    guard method == .best else { return .seasonalNaive }
    let first = SmoothingMethod(trend: .additive, season: .additive).observationsToFit(season: season)
    return try ModelChoice(
      history, among: ForecastModel.candidates(season: season), by: .holdOut(from: first, steps: min(steps, season), every: season)
    ).best.model
  }
}

/// A forecast with everything that decides its figures.
public struct SeriesAnswer {
  private let history: TimeSeries
  private let forecast: Forecast
  private let actual: [Double]
  private let level: Double

  init(_ history: TimeSeries, _ forecast: Forecast, actual: [Double], level: Double) {
    (self.history, self.forecast, self.actual, self.level) = (history, forecast, actual, level)
  }

  /// The method, its states at the end of the history, and its errors on what was held out.
  public static let columns: [Column] = [
    Column("method", .text, "Method", "方法"), Column("observations", .integer, "Observations", "观测数"),
    Column("season", .integer, "Season, and lag of MASE", "季节长度（亦为 MASE 滞后）"), Column("alpha", .integer, "Alpha (level)", "α（水平）"),
    Column("beta", .integer, "Beta (trend)", "β（趋势）"), Column("gamma", .integer, "Gamma (season)", "γ（季节）"),
    Column("phi", .integer, "Phi (damping)", "φ（阻尼）"), Column("level", .integer, "Level at the end", "期末水平"),
    Column("trend", .integer, "Trend at the end", "期末趋势"), Column("compared", .integer, "Values held out", "留出值数"),
    Column("mae", .integer, "MAE", "MAE"), Column("rmse", .integer, "RMSE", "RMSE"), Column("mape", .integer, "MAPE (%)", "MAPE（%）"),
    Column("scale", .integer, "Scale of MASE", "MASE 尺度"), Column("mase", .integer, "MASE", "MASE"),
  ]

  public var cells: [Cell] {
    let (smoothing, errors) = (forecast.smoothing, Accuracy(actual: actual, forecast: forecast.points))
    let scale = ScaledError(history, lag: history.season)
    func number(_ value: Double?) -> Cell { .measure(value, places: 6) }
    return [
      .text(forecast.model.name), .count(history.count), .count(history.season), number(smoothing?.parameters.level),
      number(smoothing?.parameters.trend), number(smoothing?.parameters.season), number(smoothing?.parameters.damping),
      number(smoothing?.last.level), number(smoothing?.last.trend), .count(actual.count), number(errors?.mae), number(errors?.rmse),
      number(errors?.mape), number(scale?.scale), number(errors.flatMap { $0.mase(scale) }),
    ]
  }

  /// Step by step: the forecast, its interval, and what came where that is known.
  public static let stepColumns: [Column] = [
    Column("step", .integer, "Step", "步"), Column("forecast", .integer, "Forecast", "预测"), Column("lower", .integer, "From", "下限"),
    Column("upper", .integer, "To", "上限"), Column("actual", .integer, "Actual", "实际"),
  ]

  public var steps: [[Cell]] {
    forecast.points.enumerated().map { step, point in
      let bounds = forecast.intervals.indices.contains(step) ? forecast.intervals[step] : nil
      return [
        .count(step + 1), .measure(point, places: 6), .measure(bounds?.lower, places: 6), .measure(bounds?.upper, places: 6),
        actual.indices.contains(step) ? .measure(actual[step], places: 6) : .null,
      ]
    }
  }

  /// How the interval was made.
  public var remark: Name {
    let share = (level * 100).fixed(0)
    switch forecast.basis {
    case .simulated(let paths, let seed):
      return Name("Interval of \(share) % from \(paths) simulated futures, seed \(seed).", "\(share) % 区间由 \(paths) 条模拟路径得出，种子 \(seed)。")
    case nil: return Name("The history is too short for an interval.", "历史过短，无法给出区间。")
    case .analytic: return Name("Interval of \(share) % by formula.", "\(share) % 区间由公式得出。")
    }
  }
}

/// One column of numbers of a file with a head line, fields parted by commas.
public enum NumberColumn {
  /// Bytes that a file may have.
  public static let limit = 4 << 20

  /// - Parameter name: the column; the last one where none is named.
  /// - Throws: `E-FORECAST-FILE` with the line.
  public static func read(_ bytes: [UInt8], _ name: String?, from file: String) throws -> [Double] {
    guard bytes.count <= limit else { throw fault("larger than \(limit) bytes", "超过 \(limit) 字节", file, nil) }
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let head = (lines.first ?? []).map { String($0).trimmed }
    guard let place = name.map({ head.firstIndex(of: $0) }) ?? head.indices.last else {
      throw fault("no column \(name ?? "")", "没有列 \(name ?? "")", file, 1)
    }
    return try lines.enumerated().dropFirst().compactMap { number, fields in
      if fields.count == 1, String(fields[0]).trimmed.isEmpty { return nil }
      guard fields.indices.contains(place), let value = Double(String(fields[place]).trimmed), value.isFinite else {
        throw fault("no number in column \(head[place])", "列 \(head[place]) 不是数字", file, number + 1)
      }
      return value
    }
  }

  private static func fault(_ en: String, _ zh: String, _ file: String, _ line: Int?) -> Trouble {
    Trouble(
      .badInput, "E-FORECAST-FILE", Name(en, zh), at: Name(same: line.map { "\(file):\($0)" } ?? file), unharmed: Unharmed.everything,
      remedy: Name("give a file with a head line and one number a line in the column", "请提供带表头、该列每行一个数字的文件"))
  }
}

extension String {
  /// Without blanks around it, and without the mark that some programs put before the first line.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\u{FEFF}" || first == "\t" { text = text.dropFirst() }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
