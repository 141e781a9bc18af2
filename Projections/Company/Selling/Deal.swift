public import AccountHistory
public import Events
public import Projection
public import Vocabulary
public import Wire

/// An opportunity as its steps, taken by business time, describe it.
public struct Deal: Sendable {
  /// The time in which it stood in one stage.
  public struct Stay: Hashable, Sendable {
    /// A name.
    public let stage: Int64
    public let since: Moment
    /// What ended it: the next stage, or the closing; `nil` while it lasts.
    public internal(set) var until: Moment?
  }
  public let subject: OwnSubject
  /// The first step of any kind: an opportunity may be known only from its progress.
  public private(set) var first: Moment
  public private(set) var opened: Moment?
  public private(set) var closed: (moment: Moment, outcome: Opportunity.Outcome)?
  /// Stages in the order in which it stood in them.
  public private(set) var stays: [Stay] = []
  public private(set) var amount: Int64?
  public private(set) var final: Int64?
  public private(set) var currency: Currency?
  public private(set) var probability: Int64?
  public private(set) var closeOn: Day?
  /// How often the day on which it was to close was moved later.
  public private(set) var postponements = 0
  public private(set) var category: Opportunity.Category?
  /// Names.
  public private(set) var product: Int64?
  private var ownRegion: Int64?
  public private(set) var team: Int64?
  public private(set) var competitors: [Int64] = []
  public private(set) var reasons: [Int64] = []
  public private(set) var winner: Int64?
  /// Changes of who answers for it alone; `nil` for the pool.
  private var owners: [(name: Int64?, since: Moment)] = []
  /// What answered for the customer, and where they are, where nothing is said of the opportunity itself.
  private let holdings: [Holding]
  private let customerRegion: Int64?

  /// - Returns: `nil` where nothing was said but who answers for it.
  init?(_ subject: OwnSubject, _ said: [Saying<Said>], _ holdings: [Holding], region: Int64?) {
    let steps = said.filter { [.opened, .progressed, .closed].contains($0.kind) }
    guard let start = steps.first else { return nil }
    self.subject = subject
    self.holdings = holdings
    (first, customerRegion) = (start.moment, region)
    for saying in said { take(saying) }
    if let end = closed?.moment, let last = stays.indices.last, stays[last].until == nil { stays[last].until = end }
  }

  private mutating func take(_ saying: Saying<Said>) {
    let (number, moment) = (saying.number, saying.moment)
    switch saying.kind {
    case .owner: owners.append((number < 0 ? nil : number, moment))
    case .opened: opened = opened ?? moment
    case .closed:
      if let outcome = Opportunity.Outcome(rawValue: UInt8(truncatingIfNeeded: number)) { closed = (moment, outcome) }
    case .stage: enter(number, moment)
    case .amount: amount = number
    case .currency: currency = Currency(number: UInt16(truncatingIfNeeded: number))
    case .probability: probability = number
    case .closeOn:
      let day = Day(number: Int32(truncatingIfNeeded: number))
      if let before = closeOn, day > before { postponements += 1 }
      closeOn = day
    case .category: category = Opportunity.Category(rawValue: UInt8(truncatingIfNeeded: number))
    case .final: final = number
    case .product: product = number
    case .region: ownRegion = number
    case .team: team = number
    case .competitor: if !competitors.contains(number) { competitors.append(number) }
    case .winner: winner = number
    case .reason: if !reasons.contains(number) { reasons.append(number) }
    case .whose, .progressed, .created, .source, .campaign, .screened, .converted, .intoOpportunity, .intoCustomer: break
    }
  }

  private mutating func enter(_ stage: Int64, _ moment: Moment) {
    if let last = stays.indices.last {
      guard stays[last].stage != stage else { return }
      stays[last].until = moment
    }
    stays.append(Stay(stage: stage, since: moment))
  }
}

extension Deal {
  public var isOpen: Bool { closed == nil }
  public var isWon: Bool { closed?.outcome == .won }
  public var isLost: Bool { closed?.outcome == .lost }
  /// When the pursuit began: the opening, or the first that is known of it.
  public var began: Moment { opened ?? first }
  /// Expected while open, final once closed, in minor units.
  public var value: Int64? { isOpen ? amount : final ?? amount }
  /// Days from the opening to the closing.
  public var cycleDays: Int? { closed.flatMap { closed in opened.map { closed.moment.at.day - $0.at.day } } }
  /// A name: its own region, or the customer's.
  public var region: Int64? { ownRegion ?? customerRegion }
  /// Of an open one: amount × probability, rounded towards zero.
  public var weighted: Int64? {
    guard isOpen, let amount, let probability else { return nil }
    // Without the overflow of the product.
    return amount / 10_000 * probability + amount % 10_000 * probability / 10_000
  }

  /// Who answered for it at an instant: who was named for it, or else who led the relation with the customer. A name;
  /// `nil` for the pool, and where nobody was named.
  public func owner(at now: Instant) -> Int64? {
    if let own = owners.last(where: { $0.since.at <= now }) { return own.name }
    return holdings.leader(at: now)
  }

  /// Who answers for it as of `now`, or answered when it was closed.
  public func owner(asOf now: Instant) -> Int64? { owner(at: closed?.moment.at ?? now) }
}

extension [Holding] {
  /// Who led the relation at an instant: the owner, and where there was none, who was responsible for the account.
  public func leader(at now: Instant) -> Int64? {
    for role in [Owner.Role.owner, .account] {
      if let holding = last(where: { $0.role == role && $0.lasts(at: now) }) { return holding.holder }
    }
    return nil
  }
}

extension Selling.Facts {
  /// The opportunities as of an instant, in the order in which they were first recorded.
  public func deals(in series: borrowing SeriesStore, asOf now: Instant) -> [Deal] {
    let holdings = holdings.all(in: series, asOf: now)
    return sayings(in: series, asOf: now).compactMap { Deal($0.subject, $0.said, holdings, region: region) }
  }
}
