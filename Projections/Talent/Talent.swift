import AccountHistory
public import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// Who works here in which post, what they may sell, what they still have to read, whether they are ready for the next
/// step, and what those who left have not handed over?
///
/// A row for each person, and for the company and each team how many came and went.
public enum Talent: Census {
  public typealias Source = Staff
  public typealias Rules = TalentRules
  public static let name = "talent"
  public static let shape = 1
  public static let title = Name("People", "人才")
  public static let about = "employee, team, company"
  public static let ruleKind: String? = "talent"
  public static let shippedRules = TalentRules.shipped

  public static func report(
    _ facts: Staff.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<TalentRules>, asOf now: Instant,
    to returns: inout TalentHearing
  ) {
    let career = facts.career(in: series, asOf: now)
    guard career.joined != nil || !career.posts.isEmpty || career.departure != nil || !career.trainings.isEmpty else { return }
    returns.people.append((key, career))
  }

  public static let witnesses: [Witness<Talent>] = [
    Witness(Procedures.self) { facts, series, key, rule, now, heard in
      guard let id = rule.names.id(.process, Int64(key)) else { return }
      heard.take(facts.procedure(in: series, asOf: now), id: id, on: now.day)
    },
    Witness(Dossier.self) { facts, series, _, _, now, heard in
      guard !facts.holdings.isEmpty, let holding = facts.holdings.all(in: series, asOf: now).leading else { return }
      if let holder = holding.holder { heard.owned[holder, default: []].append(holding.since) }
    },
  ]

  public static func conclude(
    _ returns: TalentHearing, by rule: Ruled<TalentRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<TalentRow>] {
    let people = returns.people.map { key, career in
      let name = rule.names.id(.employee, Int64(key)).flatMap { rule.names.number($0) }
      return Person(
        key: key, career: career, owned: name.flatMap { returns.owned[$0] } ?? [], readings: returns.readings, by: rule,
        on: now.day)
    }
    var rows = people.map { person in
      person.note(by: rule, in: &trace)
      return CensusRow(person.subject, TalentRow(person))
    }
    for (subject, body) in headcounts(people, by: rule, on: now.day) {
      body.note(about: subject, in: &trace)
      rows.append(CensusRow(subject, TalentRow(body)))
    }
    return rows
  }

  private static func headcounts(
    _ people: [Person], by rule: Ruled<TalentRules>, on today: Day
  ) -> [(CensusSubject, Headcount)] {
    var tally = Tally<Headcount>()
    for person in people {
      let team = person.post?.team.flatMap { rule.names.text($0) }
      for name in ["company:all"] + (team.map { ["team:\($0)"] } ?? []) {
        let none = Headcount(from: today + -rule.body.turnoverDays, to: today)
        tally.update(CensusSubject(.fixed(name)), from: none) { $0.take(person) }
      }
    }
    return tally.all.map { ($0.subject, $0.sum) }
  }
}

/// What people say of the rest of the company that concerns them.
public struct TalentHearing: Hearing {
  var people: [(key: Int, career: Career)] = []
  /// What must be read on the day of judgement.
  var readings: [RequiredReading] = []
  /// By the number of a name: since when customers have been theirs.
  var owned: [Int64: [Moment]] = [:]

  public init(about subject: CensusSubject?) {}

  mutating func take(_ procedure: Procedure, id: String, on today: Day) {
    guard let version = procedure.inForce(on: today), version.kind != .contractTemplate else { return }
    readings.append(RequiredReading(id: id, version: version))
  }
}

/// A version of a document that people must have read and signed.
struct RequiredReading {
  let id: String
  let version: Procedure.Version

  var name: String { "\(id) v\(version.number)" }

  /// Whether a training is the reading of this version: the document by its id or its whole name, the version by its
  /// number, or with a v before it.
  func isRead(by training: Career.Training, _ names: any Names) -> Bool {
    guard training.kind == .readAndSign, training.passed else { return false }
    let item = training.item.flatMap { names.text($0) }
    let text = training.version.flatMap { names.text($0) }
    return (item == id || item == "sop:\(id)") && (text == "\(version.number)" || text == "v\(version.number)")
  }
}
