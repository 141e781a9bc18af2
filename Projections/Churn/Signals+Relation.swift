import AccountHistory
import Events
import Projection
import Wire

// The signals that lie in talk, people, complaints, contracts and the customer's own business.

extension Account {
  /// Nobody visited or talked to them for as long as their grade allows. Not judged where contacts were never recorded.
  ///
  /// The grade is the one that people set; the rule's default stands in for the rest.
  var contactSilence: Measured? {
    guard let contact, contact.at.day <= today else { return nil }
    let limit = rules.contactDays(grade)
    let days = today - contact.at.day
    let began = Moment(at: (contact.at.day + limit).start, seq: contact.seq)
    return measured(.contactSilence, days, against: limit, began: days >= limit ? began : nil, evidence: [contact.seq])
  }

  /// A decision maker or coach left, and none came since. Value: days since.
  ///
  /// A leaving that does not say how much the contact's word weighed counts if no contact of lesser influence is on record.
  var keyContact: Measured? {
    let people = marks(.contacts)
    let onlyKey = !people.contains { $0.mark == .otherContact } && people.contains { $0.mark == .keyContactCame }
    var left: Moment?
    for person in people {
      if person.mark == .keyContactCame {
        left = nil
      } else if person.mark == .keyContactLeft || (person.mark == .someContactLeft && onlyKey) {
        left = left ?? person.moment
      }
    }
    guard let left else { return people.isEmpty ? nil : measured(.keyContact, 0, against: rules.keyContactDays, began: nil) }
    let days = today - left.at.day
    return measured(
      .keyContact, days, against: rules.keyContactDays, began: days < rules.keyContactDays ? left : nil, evidence: [left.seq]
    )
  }

  /// Several complaints in a short time, or a grave one past its time limit.
  var complaints: Measured? {
    let filed = marks(.complaintFiled)
    guard !filed.isEmpty else { return nil }
    let recent = filed.filter { today - $0.moment.at.day < rules.complaintWindowDays }
    let needed = rules.complaintCount
    let stretches = filed.indices.dropFirst(needed - 1).map { place in
      Stretch(
        from: filed[place].moment, until: Stretch(filed[place - needed + 1].moment, days: rules.complaintWindowDays).until)
    }
    let overdue = overdue
    let began = [stretches.began(on: today), overdue].compactMap { $0 }.min()
    return measured(
      .complaints, recent.count, against: needed, began: began,
      evidence: recent.suffix(10).map(\.moment.seq) + [overdue?.seq])
  }

  /// Since when a major or urgent complaint is past its time.
  ///
  /// Facts do not say which complaint is closed: it counts as open until no complaint of the customer is open any more.
  private var overdue: Moment? {
    var open = 0
    var severe: [(moment: Moment, limit: Int)] = []
    for mark in marks(.complaints) {
      if mark.mark == .complaintSevere {
        let urgent = mark.number == Int64(Complaint.Severity.urgent.rawValue)
        severe.append((mark.moment, urgent ? rules.urgentDays : rules.majorDays))
      } else {
        open = max(0, mark.mark == .complaintClosed ? open - 1 : open + 1)
      }
      if open == 0 { severe = [] }
    }
    return severe.map { Moment(at: ($0.moment.at.day + $0.limit + 1).start, seq: $0.moment.seq) }
      .filter { $0.at.day <= today }.min()
  }

  /// The latest answer does not recommend us, or the satisfaction index fell.
  var satisfaction: Measured? {
    let nps = marks(.nps)
    let csi = marks(.csi)
    guard !nps.isEmpty || csi.count > 1 else { return nil }
    var began: [Moment] = []
    // Since the first of the low answers in a row.
    let low = nps.reversed().prefix { $0.number <= Int64(rules.npsAtMost) }
    if let latest = low.first?.moment, let first = low.last?.moment, counts(latest) { began.append(first) }
    if let last = csi.last, let before = csi.dropLast().last, counts(last.moment),
      before.number - last.number >= Int64(rules.csiDrop)
    {
      began.append(last.moment)
    }
    let value = nps.last.map { Int($0.number) } ?? Int(csi[csi.count - 1].number)
    let threshold = nps.isEmpty ? Int(csi[csi.count - 2].number) - rules.csiDrop : rules.npsAtMost
    return measured(
      .satisfaction, value, against: threshold, began: began.min(), evidence: [nps.last?.moment.seq, csi.last?.moment.seq])
  }

  private func counts(_ answer: Moment) -> Bool { today - answer.at.day < rules.satisfactionDays }

  /// A contract comes to its end and nobody has begun to renew it. Value: days to the end.
  var renewal: Measured? {
    let running = terms.filter { $0.start.at.day <= today && !$0.wasEnded && !$0.renewsItself }
    let ends = running.compactMap { term in term.end.map { (term: term, end: $0) } }.filter { $0.end.at.day > today }
    guard let next = ends.min(by: { $0.end.at < $1.end.at }) else { return nil }
    let limit = next.term.noticeDays + rules.renewalDays
    let days = next.end.at.day - today
    // A step that set the present end was the last renewal, not the next.
    let isUnderWay = next.term.renewing.map { $0.seq != next.end.seq } ?? false
    let began = Moment(at: max(next.term.start.at.day, next.end.at.day + (1 - limit)).start, seq: next.end.seq)
    return measured(
      .renewal, days, against: limit, began: days < limit && !isUnderWay ? began : nil, evidence: [next.end.seq])
  }

  /// A delivery came too late. Value: days of the worst delay that still counts.
  var lateDelivery: Measured? {
    let delivered = marks(.delivered)
    guard !delivered.isEmpty else { return nil }
    let late = delivered.filter { $0.number > Int64(rules.lateDeliveryDays) }
    let recent = delivered.filter { today - $0.moment.at.day < rules.lateDeliveryWindowDays }
    return measured(
      .lateDelivery, Int(recent.map(\.number).max() ?? 0), against: rules.lateDeliveryDays,
      began: late.map { Stretch($0.moment, days: rules.lateDeliveryWindowDays) }.began(on: today),
      evidence: recent.filter { $0.number > Int64(rules.lateDeliveryDays) }.suffix(10).map(\.moment.seq))
  }

  /// They are suspended, barred or closed down, or an assessment of them fell. Value: points lost.
  var businessChange: Measured? {
    let standing = marks(.status)
    let assessed = marks(.assessed)
    guard !standing.isEmpty || assessed.count > 1 else { return nil }
    var began: [Moment] = []
    if let first = standing.reversed().prefix(while: { Account.isBad($0.number) }).last?.moment { began.append(first) }
    var worst: (moment: Moment, drop: Int)?
    for (place, assessment) in assessed.enumerated() {
      guard let before = assessed[..<place].last(where: { $0.number & 15 == assessment.number & 15 }) else { continue }
      let drop = Int((before.number >> 4) - (assessment.number >> 4))
      let isLatest = !assessed[(place + 1)...].contains { $0.number & 15 == assessment.number & 15 }
      if isLatest, today - assessment.moment.at.day < rules.assessmentDays, drop > worst?.drop ?? .min {
        worst = (assessment.moment, drop)
      }
    }
    if let worst, worst.drop >= rules.assessmentDrop { began.append(worst.moment) }
    return measured(
      .businessChange, worst?.drop ?? 0, against: rules.assessmentDrop, began: began.min(),
      evidence: [standing.last?.moment.seq, worst?.moment.seq])
  }

  private static func isBad(_ number: Int64) -> Bool {
    switch Customer.Status(rawValue: UInt8(truncatingIfNeeded: number)) {
    case .suspended, .blacklisted, .closed: true
    case .active, .lost, .wonBack, nil: false
    }
  }
}
