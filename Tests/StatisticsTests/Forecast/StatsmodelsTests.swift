import Foundation
import Testing

@testable import Statistics

/// statsmodels over histories from several seeds: one-step forecasts, states, forecasts, likelihood, the widening of
/// intervals, and that its own search finds no better parameters.
@Suite(.enabled(if: Python.withStatsmodels != nil, Python.absent)) struct `statsmodels agrees` {
  struct Question: Encodable {
    var history: [Double]
    var trend, season: String
    var level, slope: Double
    var seasons: [Double]
    var alpha, beta, gamma, phi: Double
  }

  struct Answer: Decodable {
    var fitted, forecast: [Double]
    var level, logLikelihood, bestLogLikelihood: Double
    var widening: [Double]
  }

  /// A multiplicative season is in Winters' form there, so its γ is handed over as γ(1 − α).
  static let program = """
    import json, sys, numpy as np, pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel
    answers = []
    for q in json.load(open(sys.argv[1])):
      y = pd.Series(q["history"]); n = len(y); trend = q["trend"] != "none"; season = q["season"] != "none"
      m = ETSModel(y, error="mul" if q["season"] == "multiplicative" else "add", trend="add" if trend else None,
        damped_trend=q["trend"] == "damped", seasonal=q["season"][:3] if season else None,
        seasonal_periods=4 if season else None, initialization_method="known", initial_level=q["level"],
        initial_trend=q["slope"] if trend else None, initial_seasonal=q["seasons"] if season else None)
      p = [q["alpha"]] + ([q["alpha"] * q["beta"]] if trend else []) + ([q["gamma"]] if season else [])
      r = m.smooth(np.array(p + ([q["phi"]] if q["trend"] == "damped" else [])))
      w = []
      if q["season"] != "multiplicative":
        f = r.get_prediction(start=n, end=n + 8).summary_frame(alpha=0.05)
        w = list((f.pi_upper - f.pi_lower) / (f.pi_upper - f.pi_lower).iloc[0])
      answers.append(dict(fitted=list(r.fittedvalues), forecast=list(r.forecast(9)), level=r.level.iloc[-1],
        logLikelihood=r.llf, bestLogLikelihood=m.fit(disp=0).llf, widening=w))
    json.dump(answers, sys.stdout)
    """

  private static func history(_ seed: UInt64) throws -> TimeSeries {
    var dice = Dice(seed)
    let slope = dice.unit() * 4 - 0.5
    var level = 150.0
    let values = (0..<36).map { place in
      level += slope + 3 * Normal.quantile(dice.unit())
      return level * [1.12, 0.93, 0.85, 1.1][place % 4] + 4 * Normal.quantile(dice.unit())
    }
    return try TimeSeries(values, season: 4)
  }

  @Test func `on every method and several seeds`() throws {
    let python = try #require(Python.withStatsmodels)
    let cases: [(seed: UInt64, method: SmoothingMethod)] = [1, 2, 3, 4].flatMap { (seed: UInt64) in
      SmoothingMethod.all.map { (seed: seed, method: $0) }
    }
    var mine: [(given: Smoothing, fitted: Smoothing)] = []
    var questions: [Question] = []
    for (seed, method) in cases {
      let history = try Self.history(seed)
      let (first, _) = try SmoothingStart.regression.states(method, history)
      var dice = Dice(seed &* 77)
      let p = try #require(
        SmoothingParameters(
          level: dice.unit(), trend: dice.unit(), season: dice.unit(), damping: 0.8 + 0.18 * dice.unit()))
      let isWinters = method.season == .multiplicative
      mine.append(
        (
          try Smoothing(history, method, p, form: isWinters ? .winters : .innovations, from: first),
          try Smoothing.fit(history, method, by: .likelihood)
        ))
      questions.append(
        Question(
          history: history.values, trend: method.trend.rawValue, season: method.season.rawValue, level: first.level,
          slope: first.trend, seasons: first.seasons, alpha: p.level, beta: p.trend,
          gamma: isWinters ? p.season * (1 - p.level) : p.season, phi: p.damping))
    }
    let answers: [Answer] = try Python.ask(python, Self.program, questions)
    #expect(answers.count == cases.count)
    for (place, answer) in answers.enumerated() {
      try compare(
        mine[place].given, mine[place].fitted, answer, "\(cases[place].method.name), seed \(cases[place].seed)")
    }
  }

  private func compare(_ given: Smoothing, _ fitted: Smoothing, _ answer: Answer, _ name: String) throws {
    for (a, b) in zip(given.fitted, answer.fitted) { #expect(isNear(a, b, 1e-9), "\(name)") }
    for (a, b) in zip(try given.points(9), answer.forecast) { #expect(isNear(a, b, 1e-9), "\(name)") }
    #expect(isNear(given.last.level, answer.level, 1e-9), "\(name)")
    #expect(isNear(try #require(given.logLikelihood), answer.logLikelihood, 1e-9), "\(name)")
    let intervals = try given.intervals(9, try IntervalOrder(seed: 1, paths: 100)).intervals
    for (a, b) in zip(intervals, answer.widening) {
      #expect(isNear((a.upper - a.lower) / (intervals[0].upper - intervals[0].lower), b, 1e-8), "\(name)")
    }
    // The two forms of a multiplicative season differ, so their best likelihoods differ a little too.
    let slack = given.method.season == .multiplicative ? 1.0 : 1e-4
    let best = try #require(fitted.logLikelihood)
    #expect(best >= answer.bestLogLikelihood - slack, "\(name)")
  }
}
