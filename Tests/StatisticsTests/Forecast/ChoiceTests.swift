import Foundation
import Testing

@testable import Statistics

@Suite struct `Forecasts compared with what came` {
  private func noisy(_ count: Int, seed: UInt64, _ value: (Int) -> Double, noise: Double = 1) throws -> TimeSeries {
    var dice = Dice(seed)
    return try TimeSeries((0..<count).map { value($0) + noise * Normal.quantile(dice.unit()) }, season: 4)
  }

  @Test func `rolling ends of the naive method, by hand`() throws {
    let history = try TimeSeries([1, 2, 4, 7, 11, 16], season: 1)
    let evaluated = try RollingOrigin(history, .seasonalNaive, from: 2, steps: 2)
    // Ends after 2, 3 and 4 observations: errors 2 and 5, 3 and 7, 4 and 9.
    #expect(evaluated.origins == 3 && evaluated.refused == 0 && evaluated.refusal == nil && evaluated.lag == 1)
    #expect(evaluated.accuracy.mae == 5 && evaluated.byStep.map(\.mae) == [3, 7])
    // Scales of the three histories: 1, 3/2, 2.
    #expect(isNear(try #require(evaluated.mase), (2 + 5 + 3 / 1.5 + 7 / 1.5 + 4 / 2.0 + 9 / 2.0) / 6, 1e-15))
    let sparse = try RollingOrigin(history, .seasonalNaive, from: 2, steps: 2, every: 2)
    #expect(sparse.origins == 2 && sparse.accuracy.mae == 5)
  }

  @Test func `what comes later changes no forecast made before`() throws {
    let history = try TimeSeries(quarters, season: 4)
    let changed = try TimeSeries(quarters.dropLast(4) + [1, 1, 1, 1], season: 4)
    let model = ForecastModel.fitted(.holtWintersAdditive)
    #expect(try model.points(history.prefix(24), steps: 4) == model.points(changed.prefix(24), steps: 4))
    let here = try RollingOrigin(history, model, from: 20, steps: 1)
    let there = try RollingOrigin(changed, model, from: 20, steps: 1)
    #expect(here.origins == 8 && here.accuracy.mae < there.accuracy.mae)
  }

  @Test func `ends that a model refuses are counted`() throws {
    let history = try TimeSeries(quarters, season: 4)
    let needed = SmoothingMethod.holt.observationsToFit(season: 4)
    let evaluated = try RollingOrigin(history, .fitted(.holt), from: needed - 2, steps: 1)
    #expect(evaluated.refused == 2 && evaluated.origins == 28 - needed)
    #expect(evaluated.refusal == .tooShort(observations: needed - 2, needed: needed, for: .fit))
    #expect(throws: ForecastRefusal.tooShort(observations: 3, needed: needed, for: .fit)) {
      try RollingOrigin(try TimeSeries([1, 2, 3, 4], season: 1), .fitted(.holt), from: 3, steps: 1)
    }
  }

  @Test func `bounds of the comparison`() throws {
    let history = try TimeSeries(quarters, season: 4)
    #expect(throws: ForecastRefusal.tooShort(observations: 28, needed: 29, for: .holdOut)) {
      try RollingOrigin(history, .seasonalNaive, from: 25, steps: 4)
    }
    #expect(try RollingOrigin(history, .seasonalNaive, from: 24, steps: 4).origins == 1)
    for (first, steps, every) in [(0, 1, 1), (10_001, 1, 1), (5, 0, 1), (5, 1_001, 1), (5, 1, 0)] {
      #expect(throws: ForecastRefusal.self) {
        try RollingOrigin(history, .seasonalNaive, from: first, steps: steps, every: every)
      }
    }
    let long = try TimeSeries((0..<502).map { Double($0) }, season: 1)
    #expect(try RollingOrigin(long, .seasonalNaive, from: 2, steps: 1).origins == RollingOrigin.originLimit)
    #expect(throws: ForecastRefusal.outOfRange(option: .origins, 501)) {
      try RollingOrigin(long, .seasonalNaive, from: 1, steps: 1)
    }
  }

  static let worlds: [(name: String, seed: UInt64, trend: Double, season: Double, isIn: [String])] = [
    ("level", 1, 0, 0, ["ETS(A,N,N)"]), ("trend", 2, 3, 0, ["ETS(A,A,N)"]),
    ("season", 3, 0, 20, ["ETS(A,N,A)", "ETS(M,N,M)"]), ("both", 4, 3, 20, ["ETS(A,A,A)", "ETS(M,A,M)"]),
  ]

  @Test(arguments: worlds)
  func `AICc finds the parts that a world is made of`(
    name: String, seed: UInt64, trend: Double, season: Double, isIn: [String]
  ) throws {
    let history = try noisy(60, seed: seed, { 200 + trend * Double($0) + season * [1, -1, -1.5, 1.5][$0 % 4] })
    let choice = try ModelChoice(history, among: ForecastModel.candidates(season: 4, by: .likelihood), by: .aicc)
    #expect(
      isIn.contains(choice.best.model.name), "\(name): \(choice.ranked.map { ($0.model.name, $0.score) }), seed \(seed)"
    )
    #expect(choice.refused.map(\.model.name) == [ForecastModel.seasonalNaive.name])
  }

  @Test func `hold-out chooses by what would have been missed`() throws {
    let history = try noisy(60, seed: 6, { 200 + 3 * Double($0) + 20 * [1, -1, -1.5, 1.5][$0 % 4] })
    let models: [ForecastModel] = [.seasonalNaive, .fitted(.simple), .fitted(.holtWintersAdditive)]
    let choice = try ModelChoice(history, among: models, by: .holdOut(from: 44, steps: 4, every: 4))
    #expect(choice.best.model == .fitted(.holtWintersAdditive) && choice.ranked.count == 3)
    let scores = choice.ranked.map(\.score)
    #expect(scores == scores.sorted())
    let evaluated = try RollingOrigin(history, choice.best.model, from: 44, steps: 4, every: 4)
    #expect(choice.best.score == evaluated.accuracy.mae)
  }

  @Test func `a model that refuses some of the ends is not compared with those that do not`() throws {
    let history = try TimeSeries(quarters, season: 4)
    let needed = SmoothingMethod.holtWintersAdditive.observationsToFit(season: 4)
    let models: [ForecastModel] = [.fitted(.holtWintersAdditive), .seasonalNaive]
    func choice(from first: Int) throws -> ModelChoice {
      try ModelChoice(history, among: models, by: .holdOut(from: first, steps: 1, every: 1))
    }
    let early = try choice(from: needed - 1)
    #expect(early.ranked.map(\.model.name) == ["seasonal naive"] && early.refused.map(\.model.name) == ["ETS(A,A,A)"])
    #expect(early.refused[0].refusal == .tooShort(observations: needed - 1, needed: needed, for: .fit))
    #expect(try choice(from: needed).ranked.count == 2)
  }

  @Test func `no choice among none, and none among those refused`() throws {
    let history = try TimeSeries([1, 2, 3], season: 1)
    #expect(throws: ForecastRefusal.noCandidates) { try ModelChoice(history, among: [], by: .aicc) }
    #expect(throws: ForecastRefusal.noCandidates) { try ModelChoice(history, among: [.seasonalNaive], by: .aicc) }
    #expect(throws: ForecastRefusal.tooShort(observations: 3, needed: 10, for: .fit)) {
      try ModelChoice(history, among: [.fitted(.simple, by: .likelihood)], by: .aicc)
    }
    // Equal ones keep the order of the list.
    let flat = try TimeSeries(Array(repeating: 5, count: 30), season: 1)
    let tie = try ModelChoice(
      flat, among: [.seasonalNaive, .fitted(.simple)], by: .holdOut(from: 20, steps: 1, every: 1))
    #expect(tie.ranked.map(\.model) == [.seasonalNaive, .fitted(.simple)] && tie.best.score == 0)
  }
}
