import AccountHistory
import Conditions
import Projection
import Vocabulary
import Wire

/// What own signals may ask of a customer, beside what all rules may.
enum ChurnMeasure: UInt8, CaseIterable {
  case daysSinceContact = 20
  case complaints = 21
  case openComplaints = 22
  case recommendation = 23
  case daysSinceRecommendation = 24
  case satisfaction = 25
  case usage = 26
  case daysSinceUsage = 27
  case grade = 28

  var measure: Measure {
    switch self {
    case .daysSinceContact: Measure(rawValue, "days since last contact", "距上次联络天数", .days, .rising)
    case .complaints: Measure(rawValue, "complaints", "投诉次数", .count, window: .optional, cost: 2)
    case .openComplaints: Measure(rawValue, "open complaints", "待结投诉数", .count, cost: 2)
    case .recommendation: Measure(rawValue, "recommendation score", "推荐分", .score)
    case .daysSinceRecommendation:
      Measure(rawValue, "days since recommendation score", "距上次推荐分天数", .days, .rising)
    case .satisfaction: Measure(rawValue, "satisfaction index", "满意度指数", .score)
    case .usage: Measure(rawValue, "usage", "使用量", .count, window: .always, scale: 1_000, cost: 2)
    case .daysSinceUsage: Measure(rawValue, "days since last usage report", "距上次使用上报天数", .days, .rising)
    case .grade: Measure(rawValue, "grade", "客户等级", .word, words: Grade.allCases.map(\.word))
    }
  }
}

/// A customer's account as conditions ask for it by day.
///
/// The grade is the one of the day of judgement, also when it is asked since when a signal holds.
struct ChurnMeasures: MeasureSource {
  static let vocabulary = AccountMeasure.allCases.map(\.measure) + ChurnMeasure.allCases.map(\.measure)

  private let account: Account
  private let common: AccountMeasures
  private let complaints: Occasions
  private let recommendations: [Account.Scored]
  private let satisfactions: [Account.Scored]
  private let usage: Occasions

  init(_ account: Account) {
    self.account = account
    let today = account.today
    common = AccountMeasures(
      purchases: account.purchases, movements: account.history.movements.filter { $0.moment.at.day <= today },
      terms: account.terms)
    complaints = Occasions(account.marks(.complaintFiled).map(\.moment))
    recommendations = account.marks(.nps)
    satisfactions = account.marks(.csi)
    usage = Occasions(account.reports.map { Moment(at: $0.last.start, seq: $0.moment.seq) })
  }

  func value(of use: MeasureUse, in currency: Currency?, on day: Day) -> Int64? {
    if let measure = AccountMeasure(rawValue: use.measure.id) {
      return common.value(measure, use.window, in: currency, on: day)
    }
    switch ChurnMeasure(rawValue: use.measure.id) {
    case .daysSinceContact: return account.contact.flatMap { $0.at.day <= day ? Int64(day - $0.at.day) : nil }
    case .complaints: return Int64(complaints.within(use.window, on: day).count)
    case .openComplaints: return open(on: day)
    case .recommendation: return latest(recommendations, on: day)?.number
    case .daysSinceRecommendation: return latest(recommendations, on: day).map { Int64(day - $0.moment.at.day) }
    case .satisfaction: return latest(satisfactions, on: day)?.number
    case .usage: return used(use.window, on: day)
    case .daysSinceUsage: return usage.daysSinceLast(on: day)
    case .grade: return Grade.allCases.firstIndex(of: account.grade).map { Int64($0) }
    case nil: return nil
    }
  }

  func changes(of use: MeasureUse, in currency: Currency?) -> [Day] {
    if let measure = AccountMeasure(rawValue: use.measure.id) { return common.changes(measure, use.window) }
    switch ChurnMeasure(rawValue: use.measure.id) {
    case .daysSinceContact: return account.contact.map { [$0.at.day] } ?? []
    case .complaints: return complaints.changes(use.window)
    case .openComplaints: return complaintTurns.map(\.moment.at.day)
    case .recommendation, .daysSinceRecommendation: return recommendations.map(\.moment.at.day)
    case .satisfaction: return satisfactions.map(\.moment.at.day)
    case .usage: return usageDays(use.window)
    case .daysSinceUsage: return usage.changes(nil)
    case .grade, nil: return []
    }
  }

  func evidence(of use: MeasureUse, in currency: Currency?, on day: Day) -> [Int64] {
    if let measure = AccountMeasure(rawValue: use.measure.id) { return common.evidence(measure, use.window, on: day) }
    switch ChurnMeasure(rawValue: use.measure.id) {
    case .daysSinceContact: return account.contact.map { [$0.seq] } ?? []
    case .complaints: return complaints.within(use.window, on: day).suffix(10).map(\.seq)
    case .openComplaints: return complaintTurns.filter { $0.moment.at.day <= day }.suffix(10).map(\.moment.seq)
    case .recommendation, .daysSinceRecommendation:
      return latest(recommendations, on: day).map { [$0.moment.seq] } ?? []
    case .satisfaction: return latest(satisfactions, on: day).map { [$0.moment.seq] } ?? []
    case .usage, .daysSinceUsage: return usage.last(on: day).map { [$0.seq] } ?? []
    case .grade, nil: return []
    }
  }

  private var complaintTurns: [Account.Scored] { account.marks(.complaintTurns) }

  private func open(on day: Day) -> Int64 {
    complaintTurns.reduce(0) { open, turn in
      guard turn.moment.at.day <= day else { return open }
      return max(0, turn.mark == .complaintClosed ? open - 1 : open + 1)
    }
  }

  private func latest(_ answers: [Account.Scored], on day: Day) -> Account.Scored? {
    answers.last { $0.moment.at.day <= day }
  }

  /// Use in the window in thousandths; `nil` before the first report.
  private func used(_ window: Window?, on day: Day) -> Int64? {
    guard let window, usage.first(on: day) != nil else { return nil }
    let last = day + -window.skip
    return Int64(clamping: account.used(from: last + (1 - window.length), to: last))
  }

  /// A report is spread evenly over its days, so that use may change on each of them and a window later.
  private func usageDays(_ window: Window?) -> [Day] {
    guard let window else { return [] }
    return account.reports.flatMap { report -> [Day] in
      let days = (0...max(0, report.last - report.first + 1)).prefix(ChurnMeasures.reportDays).map { report.first + $0 }
      return days.flatMap { [$0 + window.skip, $0 + (window.skip + window.length)] }
    }
  }

  /// Days of a report's period that are looked at one by one: a period longer than a year is no report of use.
  private static let reportDays = 367
}
