import AccountHistory
import Projection
import Vocabulary
import Wire

extension ContractReading {
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

  init(_ reading: ContractReading, _ state: ContractState, on day: Day, since: Instant, because: Int64) {
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
