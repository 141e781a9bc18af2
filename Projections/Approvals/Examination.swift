import CompanyRules
import Events
import Matters
import Projection
import Vocabulary
import Wire

/// One thing that is wrong, with what it was measured against and the events that show it.
struct Flaw {
  let objection: Objection
  let value: String
  let threshold: String
  let evidence: [Int64]

  init(_ objection: Objection, _ value: String, _ threshold: String, _ evidence: [Int64]) {
    (self.objection, self.value, self.threshold, self.evidence) = (objection, value, threshold, evidence)
  }

  var finding: Finding {
    Finding(
      objection.word.text, objection.word.title, value: value, threshold: threshold, holds: true, evidence: evidence)
  }
}

/// The approvals of an account held against the rule, and against what took effect by them.
struct Examination {
  struct File {
    let subject: OwnSubject?
    let course: ApprovalCourse
    /// What took effect by it.
    var uses: [Effect] = []
  }
  /// An effect with what is wrong about it; the events that show it.
  struct Bypass {
    let effect: Effect
    let objections: [Flaw]
  }
  let rule: ApprovalRules
  let names: any Names
  private(set) var files: [File]
  private(set) var bypasses: [Bypass] = []

  init(_ facts: DecisionBook.Facts, _ series: borrowing SeriesStore, by rule: ApprovalRules, asOf now: Instant, _ names: any Names) {
    (self.rule, self.names) = (rule, names)
    files = facts.approvals.all(in: series, asOf: now).bySubject.compactMap { subject, notes in
      ApprovalCourse(notes).map { File(subject: subject, course: $0) }
    }
    for effect in Effect.all(in: facts.effects.all(in: series, asOf: now), by: rule) { examine(effect) }
  }

  private mutating func examine(_ effect: Effect) {
    // A rule is proposed by one and approved by another in its own words.
    if effect.note.type.family == Rule.code, isAdopted(effect.note) { return }
    guard let place = file(of: effect) else {
      bypasses.append(
        Bypass(effect: effect, objections: [Flaw(.noDecision, "–", "a second person", [effect.note.seq])]))
      return
    }
    let found = objections(to: effect, files[place])
    files[place].uses.append(effect)
    if !found.isEmpty { bypasses.append(Bypass(effect: effect, objections: found)) }
  }

  private func isAdopted(_ note: Note) -> Bool {
    let author = note.number(Rule.Fact.proposedBy) ?? note.actor
    guard let approver = note.number(Rule.Fact.approvedBy), let author else { return false }
    return names.text(approver)?.lowercased() != names.text(author)?.lowercased()
  }

  /// The approval that it names; where it names none, the last that was given for such an event about the same thing and
  /// is not used.
  private func file(of effect: Effect) -> Int? {
    if let named = effect.approval {
      return files.firstIndex { $0.subject.map { Int64($0.ordinal) == named } ?? false }
    }
    let type = SecondPerson.name(of: effect.note.type)
    return files.lastIndex { file in
      file.course.about == effect.subject && file.course.about != nil && file.uses.isEmpty
        && file.course.requested < effect.note.moment && file.course.eventType.flatMap { names.text($0) } == type
    }
  }
}

extension Examination {
  /// Those who must not decide about an effect: who asked, who benefits, who records it, whom it is about.
  private func barred(_ effect: Effect, _ course: ApprovalCourse) -> [Int64] {
    let person = effect.subject.flatMap { names.name(of: $0) }.flatMap { name in
      name.hasPrefix("employee:") ? names.number(String(name.dropFirst("employee:".count))) : nil
    }
    return [course.by, course.beneficiary, effect.note.actor, person].compactMap { $0 }
  }

  private func objections(
    to effect: Effect, _ file: File
  ) -> [Flaw] {
    let (course, note) = (file.course, effect.note)
    let barred = barred(effect, course)
    let given = course.decisions.filter { $0.verdict == .approve }
    let free = given.filter { !($0.by.map(barred.contains) ?? true) && !($0.onBehalfOf.map(barred.contains) ?? false) }
    let inTime = free.filter { $0.moment.at.day <= note.moment.at.day }
    let evidence = [course.requested.seq] + given.map(\.moment.seq) + [note.seq]
    var found: [Flaw] = []
    if course.state == .rejected || course.state == .returned || course.state == .withdrawn || given.isEmpty {
      found.append(Flaw(.notApproved, course.state.word.text, "approved", evidence))
    } else if free.isEmpty {
      found.append(Flaw(.concerned, people(given), "somebody else", evidence))
    } else if inTime.isEmpty {
      found.append(Flaw(.decidedAfter, "\(free[0].moment.at)", "≤ \(note.moment.at.day)", evidence))
    }
    let needed = rule.roles(for: effect.matter, amount: effect.amount ?? course.amount ?? 0)
    let missing = needed.filter { role in !inTime.contains { $0.role.flatMap { names.text($0) } == role } }
    if !missing.isEmpty, !inTime.isEmpty {
      found.append(Flaw(.rolesMissing, missing.joined(separator: ", "), needed.joined(separator: ", "), evidence))
    }
    if let amount = effect.amount, let approved = course.amount, amount > abs(approved) {
      found.append(Flaw(.aboveApproved, "\(amount)", "≤ \(approved)", evidence))
    }
    if let earlier = file.uses.first {
      found.append(Flaw(.usedTwice, "\(file.uses.count + 1)", "1", [earlier.note.seq, note.seq]))
    }
    return found
  }

  func people(_ decisions: [ApprovalCourse.Decision]) -> String {
    decisions.map { decision in
      let who = decision.by.flatMap { names.text($0) } ?? "?"
      return decision.role.flatMap { names.text($0) }.map { "\($0) \(who)" } ?? who
    }.joined(separator: "; ")
  }
}

extension Examination {
  /// What is wrong with an approval in itself.
  func objections(
    to course: ApprovalCourse, asOf now: Instant
  ) -> [Flaw] {
    var found: [Flaw] = []
    let barred = [course.by, course.beneficiary].compactMap { $0 }
    for decision in course.decisions {
      if decision.by.map(barred.contains) ?? false || decision.onBehalfOf.map(barred.contains) ?? false {
        found.append(Flaw(.concerned, people([decision]), "somebody else", [course.requested.seq, decision.moment.seq]))
      }
      guard let step = course.steps.first(where: { $0.number == decision.step ?? 1 }) else { continue }
      if decision.verdict == .approve, let limit = step.limit, let amount = course.amount, abs(amount) > limit {
        found.append(Flaw(.overLimit, "\(amount)", "≤ \(limit)", [course.requested.seq, decision.moment.seq]))
      }
      if let role = step.role.flatMap({ names.text($0) }), decision.role.flatMap({ names.text($0) }) != Role.word(for: role) {
        found.append(Flaw(.wrongRole, people([decision]), role, [course.requested.seq, decision.moment.seq]))
      }
    }
    for (step, clock) in course.clocks(by: rule) {
      let reading = clock.reading(asOf: now, in: .always)
      guard reading.state.isBreach else { continue }
      let hours = ((clock.stop?.at ?? now).microseconds - clock.start.at.microseconds) / 3_600_000_000
      found.append(
        Flaw(.late, "step \(step.number): \(hours) h", "≤ \(rule.decideWithinHours) h", [clock.start.seq] + [clock.stop?.seq].compactMap { $0 }))
    }
    return found
  }
}
