public import Events
public import Projection
public import Vocabulary
public import Wire

/// What the steps of one contract, or of several, said: the kind in the lowest four bits of an entry, the number above
/// them. Late entries: the entries stand in the order of recording and are sorted when read.
enum ContractSaid: Int64 {
  case drafted = 0
  case signed = 1
  case activated = 2
  case start = 3
  case end = 4
  case newEnd = 5
  case total = 6
  case monthly = 7
  case currency = 8
  case notice = 9
  case autoRenew = 10
  /// The number is the day × 16 + the cause.
  case ended = 11
  /// Which contract the entries that follow are about, where several stand in one series: its number and 1 more.
  case whose = 12
}

extension Series {
  /// Takes a step of a contract.
  /// - Parameter isMixed: contracts of one customer stand here together; each step then says whose it is.
  public mutating func take(
    _ type: Contract, _ event: borrowing Recorded, _ series: inout SeriesStore, isMixed: Bool = false
  ) {
    if isMixed { say(.whose, (event.thing ?? -1) + 1, event.moment, &series) }
    switch type {
    case .drafted: terms(.drafted, event, &series)
    case .signed: terms(.signed, event, &series)
    case .activated: terms(.activated, event, &series)
    case .amended:
      money(event, &series)
      say(.newEnd, event.number(Contract.Fact.endOn), event.moment, &series)
    case .renewed:
      money(event, &series)
      say(.newEnd, event.number(Contract.Fact.newEndOn), event.moment, &series)
    case .ended:
      let day = event.number(Contract.Fact.endedOn) ?? Int64(event.at.day.number)
      say(.ended, day * 16 + (event.number(Contract.Fact.cause) ?? 0), event.moment, &series)
    case .revised, .textFrozen: break  // what is written or frozen binds nobody before it is signed
    case .obligationMet, .breachRecorded, .archived: break
    }
  }

  private mutating func say(_ said: ContractSaid, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &self)
  }

  /// A step that may state all terms.
  private mutating func terms(_ step: ContractSaid, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Contract.Fact
    say(step, 0, event.moment, &series)
    say(.start, event.number(Fact.effectiveOn) ?? event.number(Fact.startOn), event.moment, &series)
    say(.end, event.number(Fact.endOn), event.moment, &series)
    say(.notice, event.number(Fact.noticeDays), event.moment, &series)
    say(.autoRenew, event.number(Fact.autoRenew), event.moment, &series)
    money(event, &series)
  }

  private mutating func money(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    say(.total, event.number(Contract.Fact.total), event.moment, &series)
    say(.monthly, event.number(Contract.Fact.monthly), event.moment, &series)
    say(.currency, event.number(Contract.Fact.currency), event.moment, &series)
  }
}

/// In which state a contract is on a day.
public enum ContractState: UInt8, CodeSet {
  case draft = 1
  case signed = 2
  case inForce = 3
  case lapsed = 4
  case fulfilled = 5
  case expired = 6
  case rescinded = 7
  case terminated = 8
  case cancelled = 9

  public var word: Word {
    switch self {
    case .draft: Word("draft", "Draft", "起草")
    case .signed: Word("signed", "Signed, not yet in force", "已签未生效")
    case .inForce: Word("in-force", "In force", "履行中")
    case .lapsed: Word("lapsed", "Past its end, not closed", "到期未处理")
    case .fulfilled: Word("fulfilled", "Ended: fulfilled", "履行完毕")
    case .expired: Word("expired", "Ended: expired", "到期终止")
    case .rescinded: Word("rescinded", "Ended: rescinded", "解除")
    case .terminated: Word("terminated", "Ended: terminated", "终止")
    case .cancelled: Word("cancelled", "Ended: cancelled", "取消")
    }
  }
}

/// A contract as its steps, taken by business time, describe it.
public struct ContractReading: Sendable {
  public private(set) var drafted: Moment?
  public private(set) var signed: Moment?
  public private(set) var activated: Moment?
  public private(set) var start: (day: Day, seq: Int64)?
  public private(set) var originalEnd: Day?
  public private(set) var end: (day: Day, seq: Int64)?
  public private(set) var extensions = 0
  public private(set) var ended: (day: Day, cause: Contract.Cause?, seq: Int64)?
  public private(set) var total: Int64?
  public private(set) var monthly: Int64?
  public private(set) var currency: Currency?
  public private(set) var notice: Int?
  public private(set) var autoRenew = false
  private var wasMoved = false

  init() {}

  fileprivate mutating func take(_ entry: SeriesStore.Entry) {
    let number = entry.value >> 4
    let seq = entry.moment.seq
    switch ContractSaid(rawValue: entry.value & 15) {
    case .drafted: drafted = drafted ?? entry.moment
    case .signed: signed = signed ?? entry.moment
    case .activated: activated = activated ?? entry.moment
    case .start: start = (Day(number: Int32(number)), seq)
    case .end:
      // Terms repeated after a change of the end describe the contract as changed; the original end stays.
      if !wasMoved { originalEnd = Day(number: Int32(number)) }
      end = (Day(number: Int32(number)), seq)
    case .newEnd:
      let day = Day(number: Int32(number))
      if let old = end?.day, day > old { extensions += 1 }
      end = (day, seq)
      wasMoved = true
    case .total: total = number
    case .monthly: monthly = number
    case .currency: currency = Currency(number: UInt16(truncatingIfNeeded: number))
    case .notice: notice = Int(number)
    case .autoRenew: autoRenew = number != 0
    case .ended:
      ended = (Day(number: Int32(number >> 4)), Contract.Cause(rawValue: UInt8(number & 15)), seq)
    case .whose, nil: break
    }
  }

  /// The first day of force: of an activated contract, or of a signed one that names it.
  public var inForceFrom: (day: Day, seq: Int64)? {
    if let activated { return start ?? (activated.at.day, activated.seq) }
    return signed == nil ? nil : start
  }

  /// The first day on which it is no longer in force.
  public var inForceUntil: (day: Day, seq: Int64)? {
    guard let ended else { return end }
    guard let end, end.day < ended.day else { return (ended.day, ended.seq) }
    return end
  }

  /// The state on a day, since when, and because of which event. `nil`: nothing is known of it on that day.
  public func state(on day: Day) -> (state: ContractState, since: Instant, because: Int64)? {
    if let ended, ended.day <= day {
      let state: ContractState =
        switch ended.cause {
        case .fulfilled: .fulfilled
        case .expired: .expired
        case .rescinded: .rescinded
        case .cancelled: .cancelled
        case .terminated, nil: .terminated
        }
      return (state, ended.day.start, ended.seq)
    }
    if let from = inForceFrom, from.day <= day {
      if let until = inForceUntil, until.day <= day { return (.lapsed, until.day.start, until.seq) }
      return (.inForce, from.day.start, from.seq)
    }
    if let signed = signed ?? activated { return (.signed, signed.at, signed.seq) }
    guard let said = drafted else { return nil }
    return (.draft, said.at, said.seq)
  }
}

extension Series {
  /// The one contract whose steps stand here, as of an instant.
  public func contract(in series: borrowing SeriesStore, asOf now: Instant) -> ContractReading {
    var reading = ContractReading()
    for entry in series.inOrder(self) where entry.moment.at <= now { reading.take(entry) }
    return reading
  }

  /// The contracts of a customer whose steps stand here together, as of an instant, by their numbers.
  public func contracts(in series: borrowing SeriesStore, asOf now: Instant) -> [ContractReading] {
    numberedContracts(in: series, asOf: now).map(\.reading)
  }

  /// The same with their numbers; `nil` of one that is an account of its own.
  /// - Parameter events: steps by these events are left out.
  public func numberedContracts(
    in series: borrowing SeriesStore, asOf now: Instant, without events: [Int64] = []
  ) -> [(number: Int64?, reading: ContractReading)] {
    series.things(in: self, whose: ContractSaid.whose.rawValue, asOf: now).map { thing in
      var reading = ContractReading()
      for entry in thing.entries where !events.contains(entry.moment.seq) { reading.take(entry) }
      return (thing.number, reading)
    }
  }
}
