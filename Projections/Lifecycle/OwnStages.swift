import AccountHistory
import Conditions
public import Projection
import Vocabulary
import Wire

/// What makes a stage beside what ships, in a company's own words.
public struct OwnStage: Hashable, Sendable {
  public let condition: OwnCondition
  /// The stage that holds while the condition does.
  public let stage: Stage

  static let field = Field.list(
    "stages",
    of: .record(OwnCondition.fields + [.code("stage", Stage.self, "Makes this stage", "成立时所处阶段")]),
    "Own conditions of stages", "自定义阶段条件", limit: OwnCondition.limit
  ).optional

  static func list(_ values: JSONObject) -> [OwnStage] {
    values.records("stages").compactMap { values in
      let text = values.text("stage")
      guard let condition = OwnCondition(values, measures: CourseMeasures.vocabulary),
        let stage = Stage.allCases.first(where: { $0.word.text == text })
      else { return nil }
      return OwnStage(condition: condition, stage: stage)
    }
  }
}

extension Course {
  /// Adds the time in which own conditions hold to the stages that they make.
  ///
  /// A condition is judged by whole days: it holds from the midnight at which its first day begins to the one after its
  /// last, and where it holds on the day of judgement, on and on.
  func add<Noting: Trace>(
    _ source: CourseMeasures, to stages: inout [(Stage, [Stretch])], asOf now: Instant, noting trace: inout Noting
  ) {
    let today = now.day
    let moments: [Moment?] = [purchases.first?.moment, touches.first, turns.first?.moment, first, known]
    let start = min(today, moments.compactMap { $0?.at.day }.min() ?? today)
    for own in rules.ownStages {
      let held = own.condition.held
      let days = held.stretches(source, from: start, until: today)
      let began = days.last.flatMap { $0.upperBound == today ? $0.lowerBound : nil }
      if !Noting.isSilent {
        for finding in own.condition.findings(source, on: today, began: began) { trace.note(finding) }
      }
      guard let place = stages.firstIndex(where: { $0.0 == own.stage }) else { continue }
      stages[place].1 += days.map { days in
        let cause = held.when.cause(source, on: days.lowerBound + -held.afterDays) ?? -1
        let ends = days.upperBound == today ? Stretch.open : Moment(at: (days.upperBound + 1).start, seq: cause)
        return Stretch(from: Moment(at: days.lowerBound.start, seq: cause), until: ends)
      }
    }
  }
}
