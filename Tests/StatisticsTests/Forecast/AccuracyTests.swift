import Statistics
import Testing

@Suite struct `How far forecasts missed` {
  /// By hand: errors 1, −2, 0, 4.
  @Test func `each measure, by hand`() throws {
    let accuracy = try #require(Accuracy(actual: [10, 20, 30, 40], forecast: [9, 22, 30, 36]))
    #expect(accuracy.count == 4 && accuracy.bias == 0.75 && accuracy.mae == 1.75)
    #expect(isNear(accuracy.rmse, (21.0 / 4).squareRoot(), 1e-15))
    #expect(isNear(try #require(accuracy.mape), 7.5, 1e-15))
    #expect(isNear(try #require(accuracy.smape), (200.0 / 19 + 400.0 / 42 + 800.0 / 76) / 4, 1e-15))
  }

  @Test func `shares are not defined at 0`() throws {
    let zero = try #require(Accuracy(actual: [0, 5], forecast: [1, 5]))
    #expect(zero.mape == nil && zero.smape == 100 && zero.mae == 0.5)
    let both = try #require(Accuracy(actual: [0, 5], forecast: [0, 5]))
    #expect(both.mape == nil && both.smape == nil && both.mae == 0)
    let negative = try #require(Accuracy(actual: [-4], forecast: [-5]))
    #expect(negative.mape == 25 && negative.bias == 1)
  }

  @Test func `nothing, unequal lists, and what is no number`() {
    #expect(Accuracy(actual: [], forecast: []) == nil && Accuracy(actual: [1], forecast: [1, 2]) == nil)
    #expect(Accuracy(actual: [.nan], forecast: [1]) == nil && Accuracy(actual: [1], forecast: [.infinity]) == nil)
  }

  @Test func `the scale of MASE names its lag`() throws {
    let history = try TimeSeries([1, 3, 2, 5, 4], season: 2)
    #expect(ScaledError(history, lag: 1)?.scale == 1.75 && ScaledError(history, lag: 2)?.scale == 5.0 / 3)
    #expect(ScaledError(history, lag: 4)?.scale == 3 && ScaledError(history, lag: 4)?.lag == 4)
    for lag in [0, -1, 5] { #expect(ScaledError(history, lag: lag) == nil) }
    #expect(ScaledError(try TimeSeries([2, 2, 2], season: 1), lag: 1) == nil)
    let accuracy = try #require(Accuracy(actual: [10], forecast: [6.5]))
    #expect(accuracy.mase(ScaledError(history, lag: 1)) == 2 && accuracy.mase(nil) == nil)
  }

  @Test func `measures keep their order, whatever the errors`() throws {
    var dice = Dice(41)
    for round in 0..<200 {
      let actual = (0..<12).map { _ in dice.unit() * 100 + 1 }
      let forecast = (0..<12).map { _ in dice.unit() * 100 + 1 }
      let accuracy = try #require(Accuracy(actual: actual, forecast: forecast), "seed 41, round \(round)")
      #expect(
        abs(accuracy.bias) <= accuracy.mae + 1e-9 && accuracy.mae <= accuracy.rmse + 1e-9, "seed 41, round \(round)")
      let smape = try #require(accuracy.smape)
      #expect((0...200).contains(smape), "seed 41, round \(round)")
      let turned = try #require(Accuracy(actual: forecast, forecast: actual))
      #expect(
        isNear(turned.mae, accuracy.mae) && turned.smape.map { isNear($0, smape) } == true, "seed 41, round \(round)")
    }
  }
}
