import AccountHistory
import Conditions
public import Projection
import Vocabulary
import Wire

/// A sign that a company watches for beside those that ship, in its own words.
public struct OwnSignal: Hashable, Sendable {
  public let condition: OwnCondition
  /// What it takes from the health.
  public let weight: Int
  /// While it holds, the warning is at least this.
  public let atLeast: Level

  static let field = Field.list(
    "signals",
    of: .record(
      OwnCondition.fields + [
        .score("weight", "Weight", "权重"),
        .code("atLeast", Level.self, "At least this level while it holds", "成立期间的最低预警级别").optional,
      ]), "Own signals", "自定义信号", limit: OwnCondition.limit
  ).optional

  static func list(_ values: JSONObject) -> [OwnSignal] {
    values.records("signals").compactMap { values in
      guard let condition = OwnCondition(values, measures: ChurnMeasures.vocabulary) else { return nil }
      let level = values.text("atLeast")
      return OwnSignal(
        condition: condition, weight: values.number("weight"),
        atLeast: Level.allCases.first { $0.word.text == level } ?? .none)
    }
  }
}

/// An own signal that holds.
struct OwnMeasured {
  let signal: OwnSignal
  let began: Moment
}

extension Account {
  /// The own signals that hold today, in the order of the rule. Each is noted, also where it does not hold.
  func ownSignals<Noting: Trace>(in trace: inout Noting) -> [OwnMeasured] {
    guard !rules.ownSignals.isEmpty else { return [] }
    let source = ChurnMeasures(self)
    let first = firstDay
    var holding: [OwnMeasured] = []
    for signal in rules.ownSignals {
      let began = signal.condition.held.began(source, from: first, on: today)
      for finding in Noting.isSilent ? [] : signal.condition.findings(source, on: today, began: began) {
        trace.note(finding)
      }
      guard let began else { continue }
      let cause = signal.condition.held.when.cause(source, on: began + -signal.condition.held.afterDays)
      holding.append(OwnMeasured(signal: signal, began: Moment(at: began.start, seq: cause ?? -1)))
    }
    return holding
  }

  /// The day of the first thing that is known of the customer.
  private var firstDay: Day {
    let moments: [Moment?] = [
      purchases.first?.moment, terms.map(\.start).min(), reports.map(\.moment).min(), marks.first?.moment, contact,
    ]
    return min(today, moments.compactMap { $0?.at.day }.min() ?? today)
  }
}
