import Backtest
import Projection
import Statistics
import Synchronization
import Vocabulary
import Wire

/// The scores that are compared with the health: days of silence, and what the models of repeat buying say.
///
/// The models are fitted on each day anew, on what was bought until that day.
final class BuyingScores: Sendable {
  static let words = [
    Word("health", "Health by the rule", "规则健康度"), Word("silence", "Days of silence", "静默天数"),
    Word("bg-nbd", "Few purchases expected, BG/NBD", "预期购买少（BG/NBD）"),
    Word("pareto-nbd", "Few purchases expected, Pareto/NBD", "预期购买少（Pareto/NBD）"),
    Word("bg-nbd-alive", "1 − P(alive), BG/NBD", "1 − P(存活)（BG/NBD）"),
    Word("pareto-nbd-alive", "1 − P(alive), Pareto/NBD", "1 − P(存活)（Pareto/NBD）"),
  ]

  /// What could not be fitted, by day.
  private let failures = Mutex<[Name]>([])
  var failed: [Name] { failures.withLock { $0 } }

  func scores(_ rows: [AnyRow], _ horizon: Horizon) -> [Comparison.Score] {
    let patterns = rows.compactMap { Buyer($0).pattern(on: horizon.asOf) }
    var expected: [Comparison.Score] = []
    var alive: [Comparison.Score] = []
    for model in BuyingModel.allCases {
      do {
        let fitted = try model.type.fitted(patterns)
        let weeks = Double(horizon.days) / 7
        expected.append(
          Comparison.Score(model.rawValue) { row in
            Buyer(row).pattern(on: horizon.asOf).map { -fitted.expectedPurchases(in: weeks, $0) }
          })
        alive.append(
          Comparison.Score(model.rawValue + "-alive") { row in
            Buyer(row).pattern(on: horizon.asOf).map { 1 - fitted.probabilityAlive($0) }
          })
      } catch {
        let trouble = Trouble(error)
        failures.withLock { $0.append(Name(same: "\(horizon.asOf) \(model.title): ") + trouble.what) }
      }
    }
    let silence = Comparison.Score("silence") { row in Buyer(row).lastOn.map { Double(horizon.asOf - $0) } }
    return [silence] + expected + alive
  }
}

extension PurchaseModel {
  /// Fitted, without its type.
  static func fitted(_ patterns: [PurchasePattern]) throws(StatisticsError) -> any PurchaseModel {
    try fit(try PurchasePatterns(patterns)).model
  }
}
