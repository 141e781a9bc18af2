import Events
import Projection
import Vocabulary
public import Wire

/// What was reached by whom in which periods, added up from customers one by one.
///
/// First it is said which spans are wanted, then customers are heard. Money and visits count for who led the relation
/// with the customer at that time, and for the team in which that person was at the end of that month.
public struct Attainment: Sendable {
  /// Somebody's doing in a period.
  public struct Span: Hashable, Sendable {
    public let scope: Scope
    public let period: Period

    public init(_ scope: Scope, _ period: Period) { (self.scope, self.period) = (scope, period) }
  }
  /// A customer counts as kept where they bought within so many days.
  public static let activeDays = 365

  public let now: Instant
  private(set) var spans: [Span] = []
  private(set) var cells: [Reached] = []
  private var places: [Span: Int] = [:]
  /// Places of the spans of a scope by month.
  private var byMonth: [Scope: [Int: [Int]]] = [:]
  /// Every period that a span has, once.
  private(set) var periods: [Period] = []
  let measures: [Measure]
  let keepsEvidence: Bool
  /// By the number of a person's name.
  let careers: [Int64: Career]
  /// By account, where regions or customers are scopes.
  var wheres: [Int: Place] = [:]
  let asksWhere: Bool
  /// The answer to the last question of `places(…)`.
  private var memo: (key: MemoKey, places: [Int])?

  struct Place {
    let region: Int64?
    let customer: String?
  }
  private struct MemoKey: Hashable {
    let owner: Int64?
    let month: Int
    let account: Int
  }

  /// - Parameters:
  ///   - spans: what is wanted.
  ///   - measures: what of it; others are not counted.
  ///   - careers: by the number of the person's name.
  ///   - locks: the positions of the events by which spans were locked.
  public init(
    _ spans: [Span], _ measures: [Measure], careers: [Int64: Career], locks: [Span: Int64] = [:], asOf now: Instant,
    keepsEvidence: Bool
  ) {
    (self.measures, self.careers, self.now, self.keepsEvidence) = (measures, careers, now, keepsEvidence)
    asksWhere = spans.contains { span in
      switch span.scope {
      case .region, .customer: true
      case .company, .employee, .team: false
      }
    }
    for span in spans where places[span] == nil {
      places[span] = self.spans.count
      self.spans.append(span)
      cells.append(Reached(lockedAt: locks[span] ?? .max))
      if !periods.contains(span.period) { periods.append(span.period) }
      let first = Attainment.month(of: span.period.first)
      for month in first..<first + Int(span.period.length.rawValue) {
        byMonth[span.scope, default: [:]][month, default: []].append(self.spans.count - 1)
      }
    }
    takeTrainings()
  }

  public subscript(_ span: Span) -> Reached { places[span].map { cells[$0] } ?? Reached() }
  public func wants(_ measure: Measure) -> Bool { measures.contains(measure) }
  public var isEmpty: Bool { spans.isEmpty }

  static func month(of day: Day) -> Int {
    let civil = day.civil
    return civil.year * 12 + civil.month - 1
  }
}

extension Attainment {
  /// The team of a person on a day: a name.
  func team(of person: Int64?, on day: Day) -> Int64? { person.flatMap { careers[$0]?.post(on: day)?.team } }

  private func scopes(of owner: Int64?, on day: Day, account: Int) -> [Scope] {
    var scopes: [Scope] = [.company]
    if let owner { scopes.append(.employee(owner)) }
    if let team = team(of: owner, on: day) { scopes.append(.team(team)) }
    if let place = wheres[account] {
      if let region = place.region { scopes.append(.region(region)) }
      if let customer = place.customer { scopes.append(.customer(customer)) }
    }
    return scopes
  }

  /// The places of the spans in which a day counts for an owner and an account. Who changes teams within a month counts
  /// for the team of its last day.
  private mutating func places(on day: Day, _ owner: Int64?, _ account: Int) -> [Int] {
    let month = Attainment.month(of: day)
    let key = MemoKey(owner: owner, month: month, account: account)
    if let memo, memo.key == key { return memo.places }
    let found = scopes(of: owner, on: Period(.month, of: day).last, account: account).flatMap { byMonth[$0]?[month] ?? [] }
    memo = (key, found)
    return found
  }

  mutating func add(
    _ measure: Measure, at moment: Moment, _ owner: Int64?, _ account: Int, _ change: (inout Reached) -> Void
  ) {
    for place in places(on: moment.at.day, owner, account) {
      change(&cells[place])
      cells[place].note(measure, moment, keeps: keepsEvidence)
    }
  }

  /// Changes the spans of one period that count for an owner and an account on a day of it.
  mutating func update(_ period: Period, on day: Day, _ owner: Int64?, _ account: Int, _ change: (inout Reached) -> Void) {
    for scope in scopes(of: owner, on: day, account: account) {
      if let place = places[Span(scope, period)] { change(&cells[place]) }
    }
  }

  /// Courses, exams and certificates; to have read a document is no training of this kind.
  private mutating func takeTrainings() {
    guard wants(.training) else { return }
    for (person, career) in careers.sorted(by: { $0.key < $1.key }) {
      for training in career.trainings where training.kind != .readAndSign {
        add(.training, at: training.moment, person, -1) {
          $0.trainingsTaken += 1
          if training.passed { $0.trainingsPassed += 1 }
        }
      }
    }
  }
}
