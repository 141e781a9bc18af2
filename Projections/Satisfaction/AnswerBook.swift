import AccountHistory
import Events
public import Projection
public import Vocabulary
import Wire

/// What a customer answered when asked, and the grade that people gave them.
public enum AnswerBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Survey.self, Complaint.self, Rule.self]

  public struct Facts: BitwiseCopyable, Sendable {
    /// What was asked in the lowest four bits, the answer in hundredths above them.
    var answers = Series()
    var grades = Grades()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Survey.self) {
      switch type {
      case .answered: facts.answer(event, &series)
      }
    } else if let type = event.type(in: Complaint.self) {
      switch type {
      case .closed:
        guard let satisfaction = event.number(Complaint.Fact.satisfaction) else { return }
        series.append(event.moment, satisfaction * 100 << 4 | Asked.closing.rawValue, to: &facts.answers)
      case .filed, .acknowledged, .assessed, .escalated, .responded, .reopened, .paused, .resumed: break
      }
    } else if let type = event.type(in: Rule.self) {
      facts.grades.take(type, event, &series)
    }
  }
}

/// What was asked.
enum Asked: Int64 {
  case recommendation = 1
  case satisfaction = 2
  case index = 3
  case effort = 4
  case pulse = 5
  /// When a complaint was closed.
  case closing = 6
}

/// One answer.
struct Answer {
  let asked: Asked
  /// In hundredths of the scale on which it was asked.
  let hundredths: Int64
  let moment: Moment

  /// The answer on its scale, where it is a whole one.
  var whole: Int? { hundredths % 100 == 0 ? Int(clamping: hundredths / 100) : nil }
}

extension AnswerBook.Facts {
  /// The kinds of survey have the numbers of `Asked`.
  fileprivate mutating func answer(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let kind = event.number(Survey.Fact.kind), let score = event.number(Survey.Fact.score) else { return }
    let index = kind == Asked.index.rawValue ? Self.index(of: event) : nil
    series.append(event.moment, (index ?? score * 100) << 4 | kind, to: &answers)
  }

  /// The mean of the items' scores by their weights, in hundredths; alike where a weight is missing. `nil` where no item
  /// is told, and the overall score says it.
  private static func index(of event: borrowing Recorded) -> Int64? {
    typealias Fact = Survey.Fact
    var (weighted, weights, plain, count): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    var hasAll = true
    event.forEachRecord(Fact.answers) { item in
      guard let score = item.number(Fact.answer) else { return }
      if item.number(Fact.weight) == nil { hasAll = false }
      let weight = item.number(Fact.weight) ?? 0
      (weighted, weights, plain, count) = (weighted + weight * score, weights + weight, plain + score, count + 1)
    }
    guard count > 0 else { return nil }
    return hasAll && weights > 0 ? (weighted * 200 / weights + 1) / 2 : (plain * 200 / count + 1) / 2
  }

  /// The answers given by `now`, by business time.
  func answers(in series: borrowing SeriesStore, asOf now: Instant) -> [Answer] {
    series.inOrder(answers).compactMap { entry in
      guard entry.moment.at <= now, let asked = Asked(rawValue: entry.value & 15) else { return nil }
      return Answer(asked: asked, hundredths: entry.value >> 4, moment: entry.moment)
    }
  }
}
