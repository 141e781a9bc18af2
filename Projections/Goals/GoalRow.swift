import AccountHistory
import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

public struct GoalRow: NamingRow {
  private let kind: Performance.Target
  private let scope: Int64?
  private let period: Int64?
  private let unit: Int64?
  private let measure: Measure?
  private let state: GoalState
  public let value: Int64
  public let actual: Int64?
  public let attainmentBp: Int64?
  private let elapsedBp: Int64?
  private let isOnTrack: Bool?
  private let parent: Int64?
  private let parts: Int
  private let partsValue: Int64?
  private let partsActual: Int64?
  /// The values of the parts ÷ the value: below 10,000 the parts do not add up to the whole.
  private let coverageBp: Int64?
  private let changes: Int
  private let firstValue: Int64
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("kind", Performance.Target.self, "Kind", "类别"),
    Column("scope", .text, "Whose", "目标对象"),
    Column("period", .text, "Period", "期间"),
    .code("state", GoalState.self, "State", "状态"),
    Column("value", .integer, "Target: minor units, a number, or 0.01 %", "目标值：分、数量或万分之一"),
    Column("unit", .text, "Unit", "单位"),
    .code("measure", Measure.self, "What is counted", "计量口径"),
    Column("actual", .integer, "Reached", "已达成"),
    Column("attainmentBp", .integer, "Attainment (0.01 %)", "达成率（万分之一）"),
    Column("elapsedBp", .integer, "Time passed (0.01 %)", "时间进度（万分之一）"),
    Column("isOnTrack", .flag, "Attainment keeps up with time", "达成不落后于时间进度"),
    Column("parent", .text, "Part of", "上级目标"),
    Column("parts", .integer, "Parts", "下级目标数"),
    Column("partsValue", .integer, "Targets of the parts together", "下级目标值合计"),
    Column("partsActual", .integer, "Reached by the parts together", "下级已达成合计"),
    Column("coverageBp", .integer, "Parts of the whole (0.01 %)", "下级目标覆盖率（万分之一）"),
    Column("changes", .integer, "Times changed", "变更次数"),
    Column("firstValue", .integer, "Target as first set", "初始目标值"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      Value(kind), Value(name: scope, names), Value(name: period, names), Value(state), .integer(value),
      Value(name: unit, names), measure.map { Value($0) } ?? .null, Value(actual), Value(attainmentBp), Value(elapsedBp),
      isOnTrack.map { .flag($0) } ?? .null, Value(.target, parent, names), Value(parts), Value(partsValue),
      Value(partsActual), Value(coverageBp), Value(changes), .integer(firstValue),
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
  public static var outcomes: [Word] { GoalState.allCases.map(\.word) }
}

extension GoalRow {
  init(_ measured: MeasuredGoal, _ tree: GoalTree, _ names: any Names) {
    let (goal, target) = (measured.goal, measured.goal.target)
    (kind, scope, period, unit, measure) = (target.kind, target.scope, target.period, target.unit, goal.measure)
    (state, value, actual) = (measured.state, goal.value, measured.actual)
    (attainmentBp, elapsedBp, isOnTrack) = (measured.attainmentBp, measured.elapsedBp, measured.isOnTrack)
    parent = target.parent
    // Only what adds up is added up: the same measure in the same unit.
    let all = tree.parts(of: measured)
    let alike = all.filter { $0.goal.measure == goal.measure && $0.goal.currency == goal.currency }
    let adds = goal.measure.map { !$0.isShare && $0 != .satisfaction } ?? false
    parts = all.count
    partsValue = adds && !alike.isEmpty ? alike.map(\.goal.value).moneySum : nil
    partsActual = adds && !alike.isEmpty ? alike.compactMap(\.actual).moneySum : nil
    coverageBp = partsValue.flatMap { sum in
      measured.goal.value > 0 ? Int64(clamping: Int128(sum) * 10_000 / Int128(measured.goal.value)) : nil
    }
    (changes, firstValue) = (target.changes, target.firstValue)
    (since, because) = (target.moment.at, target.moment.seq)
  }
}
