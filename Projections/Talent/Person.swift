import CompanyHistory
import Events
import Projection
import Vocabulary
import Wire

enum EmployeeState: UInt8, CodeSet {
  case probation = 1
  case active = 2
  case leaving = 3
  case left = 4
  case notYet = 5

  var word: Word {
    switch self {
    case .probation: Word("probation", "On probation", "试用期")
    case .active: Word("active", "Active", "在职")
    case .leaving: Word("leaving", "Leaving", "待离职")
    case .left: Word("left", "Left", "已离职")
    case .notYet: Word("not-yet", "Not yet here", "未入职")
    }
  }
}

/// One criterion of the next step, with what was found.
struct Criterion {
  let id: String
  let title: Name
  let value: String
  let threshold: String
  let holds: Bool
  let evidence: [Int64]
}

/// One who works here, judged on a day.
struct Person {
  let key: Int
  let career: Career
  let today: Day
  let state: EmployeeState
  let post: Career.Post?
  /// Certificates that are valid, one for each item: the one that is valid longest.
  let certificates: [Career.Training]
  /// Those that end soon.
  let expiring: [Career.Training]
  /// What they must still read, and by when.
  let unread: [(reading: RequiredReading, dueOn: Day)]
  let step: TalentRules.Step?
  let criteria: [Criterion]
  /// Since when customers have been theirs.
  let owned: [Moment]

  var subject: CensusSubject { CensusSubject(.key(key)) }
  var overdue: [(reading: RequiredReading, dueOn: Day)] { unread.filter { $0.dueOn < today } }
  /// Customers that still belong to somebody who has left.
  var isGap: Bool { state == .left && !owned.isEmpty }
  var isAccessOpen: Bool { state == .left && career.departure?.accessRevokedAt == nil }

  init(
    key: Int, career: Career, owned: [Moment], readings: [RequiredReading], by rule: Ruled<TalentRules>, on today: Day
  ) {
    (self.key, self.career, self.today, self.owned) = (key, career, today, owned)
    state = Person.state(of: career, on: today)
    post = career.post(on: today)
    let valid = Person.certificates(of: career, on: today)
    certificates = valid
    expiring = valid.filter { $0.validUntil.map { $0 - today <= rule.body.renewWithinDays } ?? false }
    let position = post?.position.flatMap { rule.names.text($0) }
    let mustRead = state != .left && state != .notYet && (rule.body.readers.isEmpty || position.map { rule.body.readers.contains($0) } ?? false)
    unread = mustRead ? Person.unread(career, readings, by: rule) : []
    step = state == .left ? nil : rule.body.step(from: position)
    criteria = step.map { Person.criteria($0, career, valid, on: today, rule.names) } ?? []
  }

  private static func state(of career: Career, on today: Day) -> EmployeeState {
    if let joined = career.joined, joined.at.day > today { return .notYet }
    if let departure = career.departure { return today > departure.lastDay ? .left : .leaving }
    if let end = career.probationEndsOn, today <= end { return .probation }
    return .active
  }

  private static func certificates(of career: Career, on today: Day) -> [Career.Training] {
    var valid: [Career.Training] = []
    for training in career.trainings where training.kind == .certificate && training.holds(on: today) {
      let far = Instant.distantFuture.day
      if let place = valid.firstIndex(where: { $0.item == training.item }) {
        if training.validUntil ?? far >= valid[place].validUntil ?? far { valid[place] = training }
      } else {
        valid.append(training)
      }
    }
    return valid
  }

  /// The days count from the first on which the version was in use and they worked here.
  private static func unread(
    _ career: Career, _ readings: [RequiredReading], by rule: Ruled<TalentRules>
  ) -> [(reading: RequiredReading, dueOn: Day)] {
    readings.filter { reading in !career.trainings.contains { reading.isRead(by: $0, rule.names) } }.map { reading in
      let from = max(reading.version.effectiveOn, career.joined?.at.day ?? reading.version.effectiveOn)
      return (reading, from + rule.body.readWithinDays)
    }
  }

  private static func criteria(
    _ step: TalentRules.Step, _ career: Career, _ valid: [Career.Training], on today: Day, _ names: any Names
  ) -> [Criterion] {
    var all: [Criterion] = []
    let since = career.posts.last { $0.from <= today && $0.move != .duty }
    let months = since.map { monthsBetween($0.from, today) } ?? 0
    all.append(
      Criterion(
        id: "months", title: Name("Months in the position", "任职月数"), value: "\(months)", threshold: "\(step.monthsInPost)",
        holds: months >= step.monthsInPost, evidence: [since?.moment.seq].compactMap { $0 }))
    for certificate in step.certificates {
      let held = valid.first { $0.item.flatMap { names.text($0) } == certificate }
      all.append(
        Criterion(
          id: "certificate", title: Name("Certificate \(certificate)", "认证 \(certificate)"),
          value: held.map { $0.validUntil.map { "until \($0)" } ?? "yes" } ?? "no", threshold: "valid", holds: held != nil,
          evidence: [held?.moment.seq].compactMap { $0 }))
    }
    if let least = step.averageScore {
      let scores = Array(career.latestScores(names).suffix(step.scores))
      let mean = scores.isEmpty ? nil : Double(scores.reduce(0) { $0 + $1.total }) / Double(scores.count)
      all.append(
        Criterion(
          id: "score", title: Name("Mean of the last \(step.scores) scores", "近 \(step.scores) 期平均分"),
          value: mean.map { "\(tenths($0)) of \(scores.count)" } ?? "–", threshold: "\(least)",
          holds: scores.count == step.scores && (mean.map { $0 >= Double(least) } ?? false),
          evidence: scores.map(\.moment.seq)))
    }
    return all
  }

  /// With one decimal, rounded down.
  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded(.down))
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Whole months from one day to another.
  static func monthsBetween(_ from: Day, _ to: Day) -> Int {
    guard from <= to else { return 0 }
    let (a, b) = (from.civil, to.civil)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
  }
}

extension Career {
  /// The last revision of each period's score, in the order of the periods.
  func latestScores(_ names: any Names) -> [Score] {
    var latest: [(period: Period, score: Score)] = []
    for score in scores {
      guard let period = score.period.flatMap({ names.text($0) }).flatMap({ Period($0) }) else { continue }
      if let place = latest.firstIndex(where: { $0.period == period }) {
        if (score.revision, score.moment) > (latest[place].score.revision, latest[place].score.moment) { latest[place].score = score }
      } else {
        latest.append((period, score))
      }
    }
    return latest.sorted { $0.period < $1.period }.map(\.score)
  }
}

extension Person {
  /// Positions that a finding names at most.
  private static let evidenceLimit = 10

  func note(by rule: Ruled<TalentRules>, in trace: inout some CensusTrace) {
    let names = rule.names
    trace.note(
      subject,
      Finding(
        "state", Name("State", "状态"), value: state.word.text, threshold: career.departure.map { "\($0.lastDay)" } ?? "–",
        holds: true, evidence: [(career.departure?.moment ?? post?.moment ?? career.joined)?.seq]))
    for certificate in certificates {
      let item = certificate.item.flatMap { names.text($0) } ?? "?"
      trace.note(
        subject,
        Finding(
          "certificate", Name("May sell \(item)", "可销售 \(item)"), value: certificate.validUntil.map { "\($0)" } ?? "–",
          threshold: "\(today)", holds: true, evidence: [certificate.moment.seq]))
    }
    for (reading, dueOn) in unread {
      trace.note(
        subject,
        Finding(
          "to-read", Name("To read and sign: \(reading.name)", "待阅签：\(reading.name)"), value: "\(today)",
          threshold: "\(dueOn)", holds: dueOn < today, evidence: [reading.version.moment.seq]))
    }
    for criterion in criteria {
      trace.note(
        subject,
        Finding(
          criterion.id, criterion.title, value: criterion.value, threshold: criterion.threshold, holds: criterion.holds,
          evidence: criterion.evidence))
    }
    guard state == .left || state == .leaving else { return }
    trace.note(
      subject,
      Finding(
        "handover", Name("Customers still theirs", "仍在名下的客户"), value: "\(owned.count)", threshold: "0",
        holds: isGap, evidence: owned.sorted().suffix(Person.evidenceLimit).map(\.seq)))
  }
}
