import AccountHistory
import Projection
import Statistics
import Wire

// The signal that lies in a model of repeat buying. The rule brings the model's parameters: judging fits nothing.

/// A fitted model with what a rule asks of it.
struct Expectation: Hashable, Sendable {
  /// The parameters as a rule holds them, in millionths, in the model's published order; times in weeks.
  enum Model: Hashable, Sendable {
    case betaGeometric([Int])
    case paretoNBD([Int])
  }
  let model: Model
  /// Purchases are expected over so many days.
  let days: Int
  /// The signal holds at or below so many thousandths of a purchase.
  let atMost: Int

  /// The purchases to be expected, in thousandths, to the nearest. At most a thousand million.
  func thousandths(_ pattern: PurchasePattern) -> Int {
    let time = Double(days) / 7
    let expected: Double?
    switch model {
    case .betaGeometric(let millionths):
      expected = BetaGeometric(parameters: Expectation.parameters(millionths))?.expectedPurchases(in: time, pattern)
    case .paretoNBD(let millionths):
      expected = ParetoNBD(parameters: Expectation.parameters(millionths))?.expectedPurchases(in: time, pattern)
    }
    return Int(min(1e9, max(0, (expected ?? 0) * 1_000)).rounded())
  }

  private static func parameters(_ millionths: [Int]) -> [Double] { millionths.map { Double($0) / 1_000_000 } }
}

extension Account {
  /// Few purchases are to be expected, by the model that the rule brings. In thousandths of a purchase.
  ///
  /// Asked is the expectation and not P(alive): by BG/NBD, who never bought again is alive for certain.
  var expectation: Measured? {
    guard let asked = rules.expectation, let days = PurchaseDays(history, until: today) else { return nil }
    let count = days.moments.count
    guard let now = days.pattern(on: today, count: count) else { return nil }
    let value = asked.thousandths(now)
    let evidence = days.moments.suffix(10).map(\.seq)
    guard value <= asked.atMost else {
      return measured(.expectation, value, against: asked.atMost, began: nil, evidence: evidence)
    }
    return measured(.expectation, value, against: asked.atMost, began: days.began(by: asked, today), evidence: evidence)
  }
}

extension PurchaseDays {
  /// Since when the expectation has been so low without a break, where it is today.
  ///
  /// Between two purchases it only falls, so the day on which it fell to the limit is found by halving. A purchase need
  /// not raise it above: then the stretch goes on before it. Complexity: O(purchases + log days).
  fileprivate func began(by asked: Expectation, _ today: Day) -> Moment? {
    var end = today
    for count in stride(from: moments.count, through: 1, by: -1) {
      let bought = moments[count - 1]
      func isLow(_ day: Day) -> Bool {
        pattern(on: day, count: count).map { asked.thousandths($0) <= asked.atMost } ?? false
      }
      guard isLow(end) else { return moments[count] }  // it was high until the purchase behind, which lowered it
      if !isLow(bought.at.day) {
        var high = bought.at.day
        var low = end
        while low - high > 1 {
          let middle = high + (low - high) / 2
          if isLow(middle) { low = middle } else { high = middle }
        }
        return Moment(at: low.start, seq: bought.seq)
      }
      end = bought.at.day + -1
    }
    return moments[0]
  }
}
