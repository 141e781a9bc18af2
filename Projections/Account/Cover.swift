public import Events
public import Projection
public import Wire

/// The steps of a customer's contracts, of which a judgement about the customer asks only: in force, from when, to when.
///
/// Late entries: the steps stand in the order of recording and are sorted when read.
public struct ContractSteps: BitwiseCopyable, Sendable {
  var steps = Series()

  public init() {}

  public var isEmpty: Bool { steps.count == 0 }

  /// Asks for what a judgement will read.
  public func willRead(in series: borrowing SeriesStore) { series.willRead(steps) }

  public mutating func take(_ type: Contract, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Contract.Fact
    let notice = event.number(Fact.noticeDays)
    let renews = event.flag(Fact.autoRenew) ?? false
    let step: ContractStep? =
      switch type {
      case .drafted, .signed: ContractStep(.terms, end: event.day(Fact.endOn), notice: notice, renews: renews)
      case .activated:
        ContractStep(
          .activated, start: event.day(Fact.effectiveOn) ?? event.day(Fact.startOn), end: event.day(Fact.endOn),
          notice: notice, renews: renews)
      case .amended: event.day(Fact.endOn).map { ContractStep(.amended, end: $0) }
      case .renewed: event.day(Fact.newEndOn).map { ContractStep(.renewed, end: $0) }
      case .revised: event.code(Fact.purpose, of: Contract.Purpose.self) == .renewal ? ContractStep(.renewing) : nil
      case .ended: ContractStep(.ended, end: event.day(Fact.endedOn))
      case .textFrozen, .obligationMet, .breachRecorded, .archived: nil
      }
    if let step { series.append(event.moment, step.packed, to: &steps) }
  }
}

/// One step, packed into the 64 bits of an entry: 24 bits each for two days, 12 for the notice, 3 for the kind, 1 flag.
struct ContractStep {
  enum Kind: UInt8 {
    case terms = 0
    case activated = 1
    case amended = 2
    case renewed = 3
    case renewing = 4
    case ended = 5
  }
  var kind: Kind
  var start: Day?
  var end: Day?
  var notice: Int
  var renews: Bool

  init(_ kind: Kind, start: Day? = nil, end: Day? = nil, notice: Int64? = nil, renews: Bool = false) {
    self.kind = kind
    self.start = start
    self.end = end
    self.notice = Int(notice ?? 0)
    self.renews = renews
  }

  /// Days of the years 1…9999 lie within ±2²², so that the lowest number of 24 bits can stand for none.
  private static let none: Int32 = -8_388_608

  var packed: Int64 {
    let start = Int64((start?.number ?? ContractStep.none) & 0xFF_FFFF)
    let end = Int64((end?.number ?? ContractStep.none) & 0xFF_FFFF)
    return (start << 40) | (end << 16) | (Int64(notice & 0xFFF) << 4) | (Int64(kind.rawValue) << 1) | (renews ? 1 : 0)
  }

  init(packed: Int64) {
    func day(_ shift: Int64) -> Day? {
      let number = (Int32(truncatingIfNeeded: packed >> shift) << 8) >> 8
      return number == ContractStep.none ? nil : Day(number: number)
    }
    self.init(
      Kind(rawValue: UInt8((packed >> 1) & 7)) ?? .renewing, start: day(40), end: day(16), notice: (packed >> 4) & 0xFFF,
      renews: packed & 1 == 1)
  }
}

/// One contract of a customer as the steps tell of it.
public struct Term: Hashable, Sendable {
  public let start: Moment
  /// The first instant at which it is no longer in force, and the event that set it; `nil` while none is known.
  public var end: Moment?
  public var noticeDays: Int
  public var renewsItself: Bool
  /// It was ended by an event; what its text says no longer counts.
  public var wasEnded = false
  /// The latest step towards a renewal.
  public var renewing: Moment?

  public func isInForce(at now: Instant) -> Bool { start.at <= now && end.map { now < $0.at } ?? true }
}

extension ContractSteps {
  /// A customer's contracts by the steps taken until `now`.
  ///
  /// The facts of a customer do not say which contract a step belongs to. With one contract at a time the reading is
  /// exact. With several at once, a renewal or an amended end is given to the contract that ends next, and an ending to
  /// the one that was to end on that day, else to the one that ends next; terms of a draft or signature are those of
  /// the next activation that names none.
  public func terms(in series: borrowing SeriesStore, asOf now: Instant = .distantFuture) -> [Term] {
    guard steps.count > 0 else { return [] }
    var terms: [Term] = []
    var drafted: ContractStep?
    for entry in series.inOrder(steps) where entry.moment.at <= now {
      let step = ContractStep(packed: entry.value)
      let moment = entry.moment
      switch step.kind {
      case .terms:
        // A signature often repeats only part of what the draft said.
        drafted = ContractStep(
          .terms, end: step.end ?? drafted?.end, notice: Int64(max(step.notice, drafted?.notice ?? 0)), renews: step.renews)
      case .activated:
        terms.append(Term(step, drafted, moment))
        drafted = nil
      case .renewed: terms.renew(until: step.end, moment)
      case .amended: terms.next(at: moment.at).map { terms[$0].end = step.end.map { Moment(at: $0.start, seq: moment.seq) } }
      case .renewing: terms.next(at: moment.at).map { terms[$0].renewing = moment }
      case .ended: terms.end(on: step.end, moment)
      }
    }
    return terms
  }
}

extension Term {
  fileprivate init(_ step: ContractStep, _ drafted: ContractStep?, _ moment: Moment) {
    start = Moment(at: step.start?.start ?? moment.at, seq: moment.seq)
    end = (step.end ?? drafted?.end).map { Moment(at: $0.start, seq: moment.seq) }
    noticeDays = step.notice > 0 ? step.notice : drafted?.notice ?? 0
    renewsItself = step.renews || drafted?.renews ?? false
  }
}

extension [Term] {
  /// The contract in force that ends next; one without an end comes last.
  fileprivate func next(at now: Instant) -> Int? {
    indices.filter { !self[$0].wasEnded && (self[$0].end.map { now < $0.at } ?? true) }
      .min { (self[$0].end?.at ?? .distantFuture) < (self[$1].end?.at ?? .distantFuture) }
  }

  /// A renewal in time carries the contract on; one after its end begins a new stretch, as nothing was in force between.
  fileprivate mutating func renew(until day: Day?, _ moment: Moment) {
    let end = day.map { Moment(at: $0.start, seq: moment.seq) }
    if let place = next(at: moment.at) {
      self[place].end = end
      self[place].renewing = moment
    } else if let last {
      var term = Term(start: moment, end: end, noticeDays: last.noticeDays, renewsItself: last.renewsItself)
      term.renewing = moment
      append(term)
    }
  }

  fileprivate mutating func end(on day: Day?, _ moment: Moment) {
    let end = Moment(at: day?.start ?? moment.at, seq: moment.seq)
    let open = indices.filter { !self[$0].wasEnded }
    guard let place = open.first(where: { self[$0].end?.at == end.at }) ?? next(at: Swift.min(end.at, moment.at)) else {
      return
    }
    self[place].end = end
    self[place].wasEnded = true
  }
}
