import CompanyRules
import Conformance
import Engine
import Projection
import Wire

extension ProcessClock {
  /// Working days and hours by the calendar of the rule about time limits that was in force then.
  static func company(_ snapshot: Snapshot, view: View, asOf: Instant) throws -> ProcessClock {
    let book = try snapshot.ruleBook(view)
    let rule = try view.rules["sla"].map { try book.version($0, of: "sla") } ?? book.inForce("sla", at: asOf)
    let calendar = TimeLimitRules(rule.rule.body).calendar
    return ProcessClock(due: { limit, from in
      switch limit.unit {
      case .workingDays: calendar.closing(afterWorkingDays: limit.amount, from: from)
      case .workingHours: calendar.adding(workingMinutes: limit.amount * 60, to: from)
      case .minutes, .hours, .days: ProcessClock.wall.due(limit, from)
      }
    })
  }
}
