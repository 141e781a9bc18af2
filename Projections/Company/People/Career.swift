public import Events
public import Projection
public import Vocabulary
public import Wire

/// One who works here, as events by business time tell of them. Texts are numbers of names.
public struct Career: Sendable {
  /// From when somebody has a post.
  public struct Post: Hashable, Sendable {
    public let moment: Moment
    /// The day from which it holds.
    public let from: Day
    /// `nil` of the first post.
    public let move: People.Move?
    public internal(set) var position: Int64?
    public internal(set) var team: Int64?
    public internal(set) var manager: Int64?
  }
  public struct Departure: Hashable, Sendable {
    public let moment: Moment
    /// The last day of work.
    public let lastDay: Day
    public internal(set) var accessRevokedAt: Instant?
    /// Numbers among employees.
    public internal(set) var handoverTo: [Int64] = []
  }
  public struct Training: Hashable, Sendable {
    public let moment: Moment
    public let kind: People.Training
    public internal(set) var item: Int64?
    public internal(set) var version: Int64?
    public internal(set) var passed = false
    public internal(set) var validUntil: Day?

    /// Passed by that day, and not expired on it.
    public func holds(on day: Day) -> Bool { passed && moment.at.day <= day && (validUntil.map { day <= $0 } ?? true) }
  }
  /// A score as it was locked, or revised after.
  public struct Score: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
      public let kpi: Int64
      public internal(set) var score: Int64?
      public internal(set) var weightBp: Int64?
    }
    public let moment: Moment
    public let total: Int64
    public internal(set) var period: Int64?
    public internal(set) var grade: Performance.Grade?
    /// 0 is the locked score.
    public internal(set) var revision: Int64 = 0
    public internal(set) var ruleVersion: Int64?
    public internal(set) var items: [Item] = []
  }
  /// Commission as it was posted.
  public struct Posting: Hashable, Sendable {
    public let moment: Moment
    public let amount: Int64
    public internal(set) var period: Int64?
    public internal(set) var entry: Performance.Entry?
    public internal(set) var currency: Currency?

    /// What it adds to what the person has: a clawback takes away, however it is signed.
    public var credit: Int64 { entry == .clawback ? -abs(amount) : amount }
  }

  public private(set) var joined: Moment?
  public private(set) var probationEndsOn: Day?
  /// By the days from which they hold.
  public private(set) var posts: [Post] = []
  public private(set) var departure: Departure?
  public private(set) var trainings: [Training] = []
  public private(set) var scores: [Score] = []
  public private(set) var postings: [Posting] = []

  init(_ events: [[Saying<Staff.Said>]]) {
    for event in events { take(event) }
    posts.sort { ($0.from, $0.moment) < ($1.from, $1.moment) }
    carryOver()
  }
}

extension Career {
  private mutating func take(_ event: [Saying<Staff.Said>]) {
    guard let first = event.first else { return }
    let said = { (kind: Staff.Said) in event.first { $0.kind == kind }?.number }
    let moment = first.moment
    switch first.kind {
    case .joined:
      joined = joined ?? moment
      probationEndsOn = probationEndsOn ?? said(.probation).map { Day(number: Int32(truncatingIfNeeded: $0)) }
      posts.append(Post(moment: moment, from: moment.at.day, move: nil, position: said(.position), team: said(.team)))
    case .moved:
      let from = said(.effectiveOn).map { Day(number: Int32(truncatingIfNeeded: $0)) } ?? moment.at.day
      posts.append(
        Post(
          moment: moment, from: from, move: People.Move(rawValue: UInt8(truncatingIfNeeded: first.number)),
          position: said(.position), team: said(.team), manager: said(.manager)))
    case .departed:
      var departure = Departure(moment: moment, lastDay: Day(number: Int32(truncatingIfNeeded: first.number)))
      departure.accessRevokedAt = said(.accessRevokedAt).map { Instant(microseconds: $0) }
      departure.handoverTo = event.filter { $0.kind == .handover }.map(\.number)
      self.departure = departure
    case .trained:
      guard let kind = People.Training(rawValue: UInt8(truncatingIfNeeded: first.number)) else { return }
      trainings.append(
        Training(
          moment: moment, kind: kind, item: said(.item), version: said(.itemVersion), passed: said(.passed) == 1,
          validUntil: said(.validUntil).map { Day(number: Int32(truncatingIfNeeded: $0)) }))
    case .scored: scores.append(Score(first, event))
    case .posted:
      postings.append(
        Posting(
          moment: moment, amount: first.number, period: said(.period),
          entry: said(.entry).flatMap { Performance.Entry(rawValue: UInt8(truncatingIfNeeded: $0)) },
          currency: said(.currency).map { Currency(number: UInt16(truncatingIfNeeded: $0)) }))
    default: break
    }
  }

  /// A move that says no team leaves it as it was.
  private mutating func carryOver() {
    for place in posts.indices.dropFirst() {
      posts[place].team = posts[place].team ?? posts[place - 1].team
      posts[place].position = posts[place].position ?? posts[place - 1].position
      posts[place].manager = posts[place].manager ?? posts[place - 1].manager
    }
  }

  /// The post held on a day; `nil` before the first.
  public func post(on day: Day) -> Post? { posts.last { $0.from <= day } }

  /// Whether they work here on a day: from the day of joining to the last day of work. Who never joined on record, but
  /// is named by other events of theirs, has always been here.
  public func works(on day: Day) -> Bool {
    (joined.map { $0.at.day <= day } ?? true) && (departure.map { day <= $0.lastDay } ?? true)
  }
}

extension Career.Score {
  fileprivate init(_ first: Saying<Staff.Said>, _ event: [Saying<Staff.Said>]) {
    (moment, total) = (first.moment, first.number)
    for saying in event.dropFirst() {
      switch saying.kind {
      case .period: period = saying.number
      case .grade: grade = Performance.Grade(rawValue: UInt8(truncatingIfNeeded: saying.number))
      case .revision: revision = saying.number
      case .ruleVersion: ruleVersion = saying.number
      case .kpi: items.append(Item(kpi: saying.number))
      case .kpiScore: if !items.isEmpty { items[items.count - 1].score = saying.number }
      case .kpiWeight: if !items.isEmpty { items[items.count - 1].weightBp = saying.number }
      default: break
      }
    }
  }
}

extension Staff.Facts {
  /// The career as of an instant. Complexity: O(n log n) in the events about the person.
  public func career(in series: borrowing SeriesStore, asOf now: Instant) -> Career {
    let events = said.events(in: series, asOf: now) { $0.begins }
    return Career(events.sorted { $0[0].moment < $1[0].moment })
  }
}
