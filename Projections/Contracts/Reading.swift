import Events
import Projection
import Vocabulary
import Wire

/// What a step of a contract said: the kind in the lowest four bits of an entry, the number above them.
enum Said: Int64 {
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
}

extension Contracts.Facts {
  mutating func say(_ said: Said, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &self.said)
  }

  /// A step that may state all terms.
  mutating func terms(_ step: Said, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Contract.Fact
    say(step, 0, event.moment, &series)
    say(.start, event.number(Fact.effectiveOn) ?? event.number(Fact.startOn), event.moment, &series)
    say(.end, event.number(Fact.endOn), event.moment, &series)
    say(.notice, event.number(Fact.noticeDays), event.moment, &series)
    say(.autoRenew, event.number(Fact.autoRenew), event.moment, &series)
    money(event, &series)
  }

  mutating func money(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    say(.total, event.number(Contract.Fact.total), event.moment, &series)
    say(.monthly, event.number(Contract.Fact.monthly), event.moment, &series)
    say(.currency, event.number(Contract.Fact.currency), event.moment, &series)
  }
}

/// A contract as its steps, taken by business time, describe it.
struct Reading {
  var drafted: Moment?
  var signed: Moment?
  var activated: Moment?
  var start: (day: Day, seq: Int64)?
  var originalEnd: Day?
  var end: (day: Day, seq: Int64)?
  var extensions = 0
  var ended: (day: Day, cause: Contract.Cause?, seq: Int64)?
  var total: Int64?
  var monthly: Int64?
  var currency: Currency?
  var notice: Int?
  var autoRenew = false
  private var wasMoved = false

  init() {}

  mutating func take(_ entry: SeriesStore.Entry) {
    let number = entry.value >> 4
    let seq = entry.moment.seq
    switch Said(rawValue: entry.value & 15) {
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
    case nil: break
    }
  }

  /// The first day of force: of an activated contract, or of a signed one that names it.
  var inForceFrom: (day: Day, seq: Int64)? {
    if let activated { return start ?? (activated.at.day, activated.seq) }
    return signed == nil ? nil : start
  }

  /// The first day on which it is no longer in force.
  var inForceUntil: (day: Day, seq: Int64)? {
    guard let ended else { return end }
    guard let end, end.day < ended.day else { return (ended.day, ended.seq) }
    return end
  }

  /// The state on a day, since when, and because of which event. `nil`: nothing is known of it on that day.
  func state(on day: Day) -> (state: ContractState, since: Instant, because: Int64)? {
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

extension Reading {
  /// Notes why the contract is, or is not, in force on that day.
  func note(_ state: ContractState, on day: Day, in trace: inout some Trace) {
    trace.note(
      Finding(
        "start", Name("First day in force", "生效首日"), value: inForceFrom?.day.description ?? "–",
        threshold: "≤ \(day)", holds: inForceFrom.map { $0.day <= day } ?? false, evidence: [inForceFrom?.seq]))
    trace.note(
      Finding(
        "end", Name("First day no longer in force", "失效首日"), value: inForceUntil?.day.description ?? "–",
        threshold: "> \(day)", holds: inForceUntil.map { $0.day > day } ?? true, evidence: [inForceUntil?.seq]))
    trace.note(
      Finding(
        "extension", Name("Original end", "原到期日"), value: originalEnd?.description ?? "–", threshold: "≤ \(day)",
        holds: state == .inForce && (originalEnd.map { $0 <= day } ?? false), evidence: [end?.seq]))
  }
}

extension ContractRow {
  /// The notice that a register gives of ends that come near.
  static let dueDays = 90

  init(_ reading: Reading, _ state: ContractState, on day: Day, since: Instant, because: Int64) {
    self.state = state
    startOn = reading.inForceFrom?.day ?? reading.start?.day
    originalEndOn = reading.originalEnd
    endOn = reading.inForceUntil?.day
    extensions = reading.extensions
    movedEarlier =
      reading.originalEnd.map { original in (reading.inForceUntil?.day).map { $0 < original } ?? false } ?? false
    byExtension = state == .inForce && (reading.originalEnd.map { $0 <= day } ?? false)
    daysToEnd = state == .inForce ? (reading.inForceUntil?.day).map { $0 - day } : nil
    dueWithin90 = daysToEnd.map { $0 <= ContractRow.dueDays } ?? false
    noticeDays = reading.notice
    autoRenew = reading.autoRenew
    totalMinor = reading.total
    mrrMinor = reading.monthly
    currency = reading.currency
    self.since = since
    self.because = because
  }
}
