import Backtest
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// What a churn warning was to foretell.
public enum ChurnOutcome: String, CaseIterable, Sendable {
  /// No purchase within the horizon.
  case silence
  /// Not lost on the day, and in lifecycle stage Lost at the end of the horizon.
  case lost
  /// A contract in force on the day, and none at the end of the horizon.
  case ended

  public var title: Name {
    switch self {
    case .silence: Name("no purchase within the horizon", "观察期内没有购买")
    case .lost: Name("lifecycle stage Lost at the end of the horizon", "观察期末生命周期阶段为流失客户")
    case .ended: Name("no contract in force any more at the end of the horizon", "观察期末已无在履合同")
    }
  }

  /// - Parameter purchases: the rule of `purchasing`.
  func outcome(_ purchases: RuleVersion, in snapshot: Snapshot) throws -> Aftermath {
    let purchasing = Asked(ProjectionCatalogue.purchasing, by: purchases)
    switch self {
    case .silence:
      return Aftermath(purchasing, isPossible: { Buyer($0).lastOn != nil }) { after, horizon in
        guard let last = after.flatMap({ Buyer($0).lastOn }) else { return horizon.end }
        return last <= horizon.asOf ? horizon.end : nil
      }
    case .lost:
      let lifecycle = try snapshot.projection("lifecycle")
      let stage = lifecycle.columns.firstIndex { $0.name == "stage" } ?? 0
      return Aftermath(Asked(lifecycle), isPossible: { $0.values[stage] != .text("lost") }) { after, horizon in
        guard let after, after.values[stage] == .text("lost") else { return nil }
        return max(horizon.asOf, after.since?.day ?? horizon.end)
      }
    case .ended:
      return Aftermath(purchasing, isPossible: { Buyer($0).inForce }) { after, horizon in
        guard let after = after.map({ Buyer($0) }), !after.inForce else { return nil }
        return max(horizon.asOf, after.ended?.day ?? horizon.end)
      }
    }
  }
}

/// From which level on a customer counts as warned of.
public enum WarningLevel: String, CaseIterable, Sendable {
  case yellow, orange, red

  /// The levels that count.
  var words: Set<String> {
    switch self {
    case .yellow: ["yellow", "orange", "red"]
    case .orange: ["orange", "red"]
    case .red: ["red"]
    }
  }
}

extension Warning {
  /// The churn warning from a level on. The risk is what is missing from full health.
  static func churn(_ asked: Asked, from level: WarningLevel) -> Warning {
    let columns = asked.projection.columns
    let place = columns.firstIndex { $0.name == "level" } ?? 0
    let score = columns.firstIndex { $0.name == "score" } ?? 0
    let words = level.words
    return Warning(asked) { row in
      if case .text(let word) = row.values[place] { words.contains(word) } else { false }
    } risk: { row in
      if case .integer(let health) = row.values[score] { Double(100 - health) } else { 0 }
    }
  }
}
