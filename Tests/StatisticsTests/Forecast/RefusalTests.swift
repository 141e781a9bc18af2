import Testing

@testable import Statistics

@Suite struct `Forecasts are refused where the history does not carry them` {
  private func series(_ count: Int, season: Int = 4) throws -> TimeSeries {
    try TimeSeries((0..<count).map { quarters[$0 % 28] + Double($0 / 28) * 80 }, season: season)
  }

  @Test func `gaps, by their place`() {
    #expect(throws: ForecastRefusal.gaps(count: 2, first: 1)) { try TimeSeries([1, nil, 3, nil, 5], season: 1) }
    #expect(throws: ForecastRefusal.gaps(count: 1, first: 0)) { try TimeSeries([nil], season: 1) }
  }

  @Test func `what is no number, or too large, at the limit`() throws {
    #expect(throws: ForecastRefusal.notANumber(at: 1)) { try TimeSeries([1, .nan], season: 1) }
    #expect(throws: ForecastRefusal.tooLarge(at: 0)) { try TimeSeries([.infinity], season: 1) }
    #expect(throws: ForecastRefusal.tooLarge(at: 0)) { try TimeSeries([-HistoryLimit.magnitude.nextUp], season: 1) }
    let edge = try TimeSeries(
      (0..<40).map { $0 % 2 == 0 ? HistoryLimit.magnitude : -HistoryLimit.magnitude }, season: 2)
    for method in SmoothingMethod.all where method.season != .multiplicative {
      let forecast = try Forecast(edge, by: .fitted(method), steps: 3, interval: try IntervalOrder(seed: 1))
      #expect(forecast.points.allSatisfy(\.isFinite) && forecast.intervals.allSatisfy { $0.upper.isFinite })
    }
  }

  @Test func `length and season, at the limit`() throws {
    let most = [Double?](repeating: 1, count: HistoryLimit.observations)
    #expect(try TimeSeries(most, season: HistoryLimit.season).count == HistoryLimit.observations)
    #expect(throws: ForecastRefusal.tooLong(observations: 10_001, limit: 10_000)) {
      try TimeSeries(most + [1], season: 1)
    }
    for season in [0, -1, HistoryLimit.season + 1] {
      #expect(throws: ForecastRefusal.outOfRange(option: .season, Double(season))) {
        try TimeSeries([1], season: season)
      }
    }
  }

  @Test func `a partial last period is left out, and that is said`() throws {
    let series = try TimeSeries([1, 2, nil], season: 1, isLastPartial: true)
    #expect(series.values == [1, 2] && series.leftOutPartial)
    #expect(!(try TimeSeries([], season: 1, isLastPartial: true).leftOutPartial))
  }

  /// One line a method: observations to start, to fit, for an interval, with a season of 4.
  static let limits: [(method: SmoothingMethod, start: Int, fit: Int, interval: Int)] = [
    (.simple, 2, 10, 9), (.holt, 3, 12, 10), (.dampedHolt, 3, 13, 10),
    (SmoothingMethod(trend: .none, season: .additive), 8, 14, 12), (.holtWintersAdditive, 8, 16, 13),
    (.dampedAdditive, 8, 17, 13), (.holtWintersMultiplicative, 8, 16, 13), (.dampedMultiplicative, 8, 17, 13),
  ]

  @Test(arguments: limits) func `too short, at the limit`(method: SmoothingMethod, start: Int, fit: Int, interval: Int)
    throws
  {
    let given = `Exponential smoothing`.given
    let order = try IntervalOrder(seed: 1, paths: 100)
    func refusal(_ found: Int, _ needed: Int, _ need: ForecastNeed) -> ForecastRefusal {
      .tooShort(observations: found, needed: needed, for: need)
    }
    #expect(throws: refusal(start - 1, start, .start)) { try Smoothing(try series(start - 1), method, given) }
    _ = try Smoothing(try series(start), method, given).points(1)
    #expect(throws: refusal(fit - 1, fit, .fit)) { try Smoothing.fit(try series(fit - 1), method) }
    _ = try Smoothing.fit(try series(fit), method).intervals(1, order)
    let short = try Smoothing(try series(interval - 1), method, given)
    #expect(throws: refusal(interval - 1, interval, .interval)) { try short.intervals(1, order) }
    _ = try Smoothing(try series(interval), method, given).intervals(1, order)
  }

  @Test func `seasonal naive, at its limits`() throws {
    #expect(throws: ForecastRefusal.tooShort(observations: 3, needed: 4, for: .start)) {
      try SeasonalNaive(try series(3))
    }
    #expect(try SeasonalNaive(try series(4)).points(5) == [134.2, 123.3, 109.1, 138.9, 134.2])
    #expect(throws: ForecastRefusal.tooShort(observations: 11, needed: 12, for: .interval)) {
      try SeasonalNaive(try series(11)).intervals(1, level: 0.9)
    }
    #expect(try SeasonalNaive(try series(12)).intervals(1, level: 0.9).count == 1)
  }

  @Test func `0 and less under a multiplicative season`() throws {
    for value in [0, -1.0] {
      let history = try TimeSeries(quarters.dropLast() + [value], season: 4)
      #expect(throws: ForecastRefusal.notPositive(at: 27)) { try Smoothing.fit(history, .holtWintersMultiplicative) }
      _ = try Smoothing.fit(history, .holtWintersAdditive)
    }
    #expect(throws: ForecastRefusal.notPositive(at: 27)) {
      try Smoothing(
        try TimeSeries(quarters.dropLast() + [0], season: 4), .holtWintersMultiplicative, `Exponential smoothing`.given,
        form: .innovations, from: `Exponential smoothing`.first(.holtWintersMultiplicative))
    }
  }

  @Test func `states that run away are not believed`() throws {
    let strong = try #require(SmoothingParameters(level: 1, trend: 1, season: 1))
    let wild = try TimeSeries((0..<40).map { $0 % 3 == 0 ? Double.leastNonzeroMagnitude : 1e15 }, season: 4)
    for form in [SeasonalForm.winters, .innovations] {
      #expect(throws: ForecastRefusal.self) {
        try Smoothing(wild, .holtWintersMultiplicative, strong, form: form).points(9)
      }
    }
    let far = SmoothingStates(level: 1e31)
    #expect(throws: ForecastRefusal.statesLeftRange(at: 0)) {
      try Smoothing(try series(20), .simple, strong, form: .winters, from: far)
    }
    for method in SmoothingMethod.all {
      guard let fitted = try? Smoothing.fit(wild, method), let points = try? fitted.points(9) else { continue }
      #expect(points.allSatisfy(\.isFinite) && fitted.errors.allSatisfy(\.isFinite), "\(method.name)")
    }
  }

  @Test func `a season of one period is none`() throws {
    #expect(throws: ForecastRefusal.outOfRange(option: .season, 1)) {
      try Smoothing.fit(try series(30, season: 1), .holtWintersAdditive)
    }
    #expect(ForecastModel.candidates(season: 1).count == 4 && ForecastModel.candidates(season: 12).count == 10)
  }

  @Test func `a trend that falls to 0 under a multiplicative season`() throws {
    let falling = try TimeSeries((0..<16).map { (100 - 6 * Double($0)) * [1.1, 0.9][$0 % 2] }, season: 2)
    let smoothing = try Smoothing(
      falling, .holtWintersMultiplicative, try #require(SmoothingParameters(level: 0.5, trend: 0.5, season: 0.1)))
    _ = try smoothing.points(1)
    #expect { try smoothing.points(12) } throws: { error in
      guard case .statesLeftRange(let place) = error as? ForecastRefusal else { return false }
      return (17..<28).contains(place)
    }
  }

  @Test func `options out of bounds`() throws {
    let smoothing = try Smoothing(try series(28), .simple, `Exponential smoothing`.given)
    for steps in [0, -1, HistoryLimit.steps + 1] {
      #expect(throws: ForecastRefusal.outOfRange(option: .steps, Double(steps))) { try smoothing.points(steps) }
      #expect(throws: ForecastRefusal.outOfRange(option: .steps, Double(steps))) {
        try SeasonalNaive(try series(28)).points(steps)
      }
    }
    #expect(try smoothing.points(HistoryLimit.steps).count == HistoryLimit.steps)
    for level in [0, 1, -0.1, 1.1] {
      #expect(throws: ForecastRefusal.outOfRange(option: .level, level)) { try IntervalOrder(level: level, seed: 1) }
    }
    for paths in [99, IntervalOrder.pathLimit + 1] {
      #expect(throws: ForecastRefusal.outOfRange(option: .paths, Double(paths))) {
        try IntervalOrder(seed: 1, paths: paths)
      }
    }
    for wrong in [[1.0], [1, 2, 3, 4, 5]] {
      #expect(throws: ForecastRefusal.outOfRange(option: .season, Double(wrong.count))) {
        try Smoothing(
          try series(28), .holtWintersAdditive, `Exponential smoothing`.given, form: .winters,
          from: SmoothingStates(level: 1, trend: 1, seasons: wrong))
      }
    }
  }
}
