import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of those who work here: posts, training, scores that were locked, commission that was posted.
///
/// Talent, score sheets, commission and goals are judged by it; it is gathered once for all of them.
public enum Staff: Gathering {
  public static let key = Key.subject(.employee)
  public static let families: [any Family.Type] = [People.self, Performance.self]

  public struct Facts: BitwiseCopyable, Sendable {
    var said = Sayings<Said>()
  }
  public static let initial = Facts()

  /// The first six begin what one event says.
  enum Said: Int64, SaidKind {
    static let bits: Int64 = 5

    case joined = 0
    /// The kind of move.
    case moved = 1
    /// The last day.
    case departed = 2
    /// The kind of training.
    case trained = 3
    /// The total.
    case scored = 4
    /// The amount of a posting.
    case posted = 5
    case position = 6
    case team = 7
    case manager = 8
    case effectiveOn = 9
    case probation = 10
    /// An employee's number, of a list.
    case handover = 11
    case item = 12
    case itemVersion = 13
    case passed = 14
    case validUntil = 15
    case period = 16
    case grade = 17
    case revision = 18
    case ruleVersion = 19
    /// Begins an item of a score.
    case kpi = 20
    case kpiScore = 21
    case kpiWeight = 22
    case entry = 23
    case currency = 24
    case accessRevokedAt = 25

    var begins: Bool { rawValue <= Said.posted.rawValue }
  }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: People.self) {
      facts.take(type, event, &series)
    } else if let type = event.type(in: Performance.self) {
      facts.take(type, event, &series)
    }
  }
}

extension Staff.Facts {
  fileprivate mutating func take(_ type: People, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = People.Fact
    let moment = event.moment
    switch type {
    case .joined:
      said.say(.joined, 0, moment, &series)
      said.say(.probation, event.number(Fact.probationEndsOn), moment, &series)
    case .positionChanged:
      said.say(.moved, event.number(Fact.move), moment, &series)
      said.say(.manager, event.number(Fact.manager), moment, &series)
      said.say(.effectiveOn, event.number(Fact.effectiveOn), moment, &series)
    case .departed:
      said.say(.departed, event.number(Fact.lastDay), moment, &series)
      said.say(.accessRevokedAt, event.number(Fact.accessRevokedAt), moment, &series)
      event.forEach(Fact.handoverTo) { said.say(.handover, $0, moment, &series) }
    case .trainingCompleted:
      said.say(.trained, event.number(Fact.training), moment, &series)
      said.say(.item, event.number(Fact.item), moment, &series)
      said.say(.itemVersion, event.number(Fact.itemVersion), moment, &series)
      said.say(.passed, event.number(Fact.passed), moment, &series)
      said.say(.validUntil, event.number(Fact.validUntil), moment, &series)
    case .activityHeld: return  // a team has a history of its own
    }
    said.say(.position, event.number(Fact.position), moment, &series)
    said.say(.team, event.number(Fact.team), moment, &series)
  }

  fileprivate mutating func take(_ type: Performance, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Performance.Fact
    let moment = event.moment
    switch type {
    case .targetSet: return  // a target has a history of its own
    case .kpiScored:
      said.say(.scored, event.number(Fact.total), moment, &series)
      said.say(.grade, event.number(Fact.grade), moment, &series)
      said.say(.revision, event.number(Fact.revision), moment, &series)
      said.say(.ruleVersion, event.number(Fact.ruleVersion), moment, &series)
      event.forEachRecord(Fact.items) { item in
        said.say(.kpi, item.number(Fact.kpi), moment, &series)
        said.say(.kpiScore, item.number(Fact.score), moment, &series)
        said.say(.kpiWeight, item.number(Fact.weight), moment, &series)
      }
    case .commissionPosted:
      said.say(.posted, event.number(Fact.amount), moment, &series)
      said.say(.entry, event.number(Fact.entry), moment, &series)
      said.say(.currency, event.number(Fact.currency), moment, &series)
    }
    said.say(.period, event.number(Fact.period), moment, &series)
  }
}
