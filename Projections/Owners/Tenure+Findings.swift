import AccountHistory
import CompanyRules
import Projection
import Vocabulary
import Wire

extension Tenure {
  /// Notes who holds the customer, and each clock against its limit.
  func note(in trace: inout some Trace, _ names: any Names) {
    trace.note(
      Finding(
        "owner", Name("Somebody answers for them", "有负责人"), value: owner.flatMap { names.text($0) } ?? "–", threshold: "–",
        holds: owner != nil, evidence: [leading?.since.seq]))
    if let quietDays {
      trace.note(
        Finding(
          "quiet", Name("Days without follow-up", "未跟进天数"), value: "\(quietDays)",
          threshold: "\(rules.releaseAfterQuietDays)", holds: quietDays >= rules.releaseAfterQuietDays,
          evidence: [quiet?.seq]))
    }
    if let daysWithoutDeal {
      trace.note(
        Finding(
          "no-deal", Name("Days without a deal", "未成交天数"), value: "\(daysWithoutDeal)",
          threshold: "\(rules.releaseAfterDaysWithoutDeal)", holds: daysWithoutDeal >= rules.releaseAfterDaysWithoutDeal,
          evidence: [dealless?.seq]))
    }
    noteWhatKeeps(in: &trace)
    if let releaseOn {
      trace.note(
        Finding(
          "reminder", Name("Days to release, reminded so many before", "距退回天数与提前提醒天数"), value: "\(releaseOn - today)",
          threshold: rules.remindDaysBefore.map { "\($0)" }.joined(separator: ", "),
          holds: state == .reminded || state == .due, evidence: [release?.since.seq]))
    }
    if let barred {
      trace.note(
        Finding(
          "reclaim", Name("The owner before may not claim them yet", "原归属人暂不可领回"), value: names.text(barred.owner) ?? "–",
          threshold: "\(barred.until)", holds: true, evidence: [leading?.since.seq]))
    }
  }

  private func noteWhatKeeps(in trace: inout some Trace) {
    if owner != nil {
      trace.note(
        Finding(
          "contract", Name("A contract in force keeps them", "有在履合同不退回"),
          value: contract.map { $0.end.map { "\($0)" } ?? "∞" } ?? "–", threshold: rules.keepsCustomersInContract ? "> \(today)" : "–",
          holds: isKept, evidence: [contract?.seq]))
    }
    if let protectedUntil {
      trace.note(
        Finding(
          "protection", Name("Protected since they were claimed, until", "领取后保护期至"), value: "\(protectedUntil)",
          threshold: "> \(today)", holds: today < protectedUntil, evidence: [leading?.since.seq]))
    }
  }
}
