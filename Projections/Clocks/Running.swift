import AccountHistory
import CompanyRules
import Events
import Matters
import Projection
import Vocabulary
import Wire

extension ClockBook.Facts {
  /// Every clock of the account that somebody could ask for, done or not.
  func running(in series: borrowing SeriesStore, asOf now: Instant, by rule: Ruled<TimeLimitRules>) -> [Running] {
    let notes = others.all(in: series, asOf: now)
    let claims = claims.all(in: series, asOf: now)
    return complaintClocks(complaints.all(in: series, asOf: now), rule.body, now)
      + taskClocks(tasks.all(in: series, asOf: now), rule.body)
      + approvalClocks(approvals.all(in: series, asOf: now), rule)
      + obligationClocks(notes, rule.names)
      + renewalClocks(series, notes, rule.body, now)
      + invoiceClocks(series, notes, claims, rule, now)
      + churnClocks(notes, rule.body)
      + disputeClocks(notes + claims, rule)
      + requestClocks(notes, rule.body)
  }

  private func complaintClocks(_ notes: [Note], _ rule: TimeLimitRules, _ now: Instant) -> [Running] {
    notes.bySubject.flatMap { subject, notes -> [Running] in
      guard let course = ComplaintCourse(notes), course.closed == nil else { return [] }
      // Of the solutions only that of the present round runs.
      return course.clocks(by: rule, asOf: now).filter { $0.clock.stop == nil }.map { step, clock in
        Running(matter: .complaint, subject: subject, part: step.word.text, clock: clock, person: course.owner)
      }
    }
  }

  private func taskClocks(_ notes: [Note], _ rule: TimeLimitRules) -> [Running] {
    typealias Fact = Task.Fact
    return notes.bySubject.compactMap { subject, notes in
      let steps = notes.of(Task.self)
      guard let assigned = steps.last(where: { $0.type(in: Task.self) == .assigned }) else { return nil }
      let done = steps.last { $0.type(in: Task.self) == .completed }
      let isHandoff = assigned.code(Fact.kind, of: Task.Kind.self) == .handoff
      let named =
        assigned.instant(Fact.dueAt).map { TimeLimit.at($0) } ?? assigned.day(Fact.dueOn).map { TimeLimit.through($0) }
      let clock = Clock(
        start: assigned.moment, limit: named ?? (isHandoff ? rule.limit(of: .handoff) : nil),
        stop: done.map(\.moment).flatMap { assigned.moment < $0 ? $0 : nil })
      return Running(
        matter: isHandoff ? .handoff : .task, subject: subject, part: "due", clock: clock,
        person: assigned.number(Fact.to))
    }
  }

  /// By the approval rule's hours, which the time limits are handed beside their own.
  private func approvalClocks(_ notes: [Note], _ rule: Ruled<TimeLimitRules>) -> [Running] {
    notes.bySubject.compactMap { subject, notes in
      guard let course = ApprovalCourse(notes), let next = course.next else { return nil }
      let limit = rule.body.decideWithinHours.map { TimeLimit.minutes($0 * 60) }
      return Running(
        matter: .approval, subject: subject, part: "step-\(next.number)", clock: Clock(start: next.began, limit: limit),
        role: next.role)
    }
  }

  private func obligationClocks(_ notes: [Note], _ names: any Names) -> [Running] {
    notes.of(Contract.self).bySubject.flatMap { subject, notes -> [Running] in
      if notes.contains(where: { $0.type(in: Contract.self) == .ended }) { return [] }
      let currency = notes.compactMap { $0.currency(Contract.Fact.currency) }.last
      return ContractPapers(notes).obligations.map { obligation in
        let clock = Clock(
          start: obligation.moment, limit: obligation.dueOn.map { .through($0) }, stop: obligation.met)
        return Running(
          matter: .obligation, subject: subject, part: "obligation/\(names.text(obligation.id) ?? "?")", clock: clock,
          person: obligation.who, money: obligation.amount.flatMap { amount in currency.map { (amount, $0) } })
      }
    }
  }

  /// The notice that must be given before a contract in force ends, or renews by itself.
  private func renewalClocks(
    _ series: borrowing SeriesStore, _ notes: [Note], _ rule: TimeLimitRules, _ now: Instant
  ) -> [Running] {
    guard let lead = rule.renewalLeadDays else { return [] }
    let contracts = notes.of(Contract.self).bySubject
    return terms.numberedContracts(in: series, asOf: now).compactMap { number, reading in
      guard let end = reading.inForceUntil, let state = reading.state(on: now.day), state.state == .inForce,
        reading.ended == nil
      else { return nil }
      let last = end.day + -(reading.notice ?? 0)
      let start = Moment(at: (last + -lead).start, seq: end.seq)
      guard start.at <= now else { return nil }
      let subject = contracts.first { $0.subject.map { Int64($0.ordinal) } == number }?.subject
      return Running(
        matter: .renewal, subject: subject, part: "renewal", clock: Clock(start: start, limit: .through(last)),
        money: reading.total.flatMap { total in reading.currency.map { (total, $0) } })
    }
  }

  private func churnClocks(_ notes: [Note], _ rule: TimeLimitRules) -> [Running] {
    typealias Fact = Churn.Fact
    let steps = notes.of(Churn.self)
    var running: [Running] = []
    let raised = steps.last { $0.type(in: Churn.self) == .warningRaised }
    let triaged = steps.last { $0.type(in: Churn.self) == .warningTriaged }
    let closed = steps.last { $0.type(in: Churn.self) == .playClosed }
    if let raised {
      let stop = [triaged, closed].compactMap { $0?.moment }.filter { raised.moment < $0 }.min()
      running.append(
        Running(
          matter: .warning, subject: nil, part: "warning",
          clock: Clock(start: raised.moment, limit: rule.limit(of: .warning), stop: stop)))
    }
    if let triaged, triaged.code(Fact.verdict, of: Churn.Verdict.self) == .intervene {
      let stop = closed.map(\.moment).flatMap { triaged.moment < $0 ? $0 : nil }
      let limit = triaged.day(Fact.dueOn).map { TimeLimit.through($0) }
      running.append(
        Running(
          matter: .play, subject: nil, part: "play", clock: Clock(start: triaged.moment, limit: limit, stop: stop),
          person: triaged.number(Fact.owner)))
    }
    return running
  }

  private func disputeClocks(_ notes: [Note], _ rule: Ruled<TimeLimitRules>) -> [Running] {
    notes.of(Dispute.self).bySubject.flatMap { subject, own -> [Running] in
      guard let course = DisputeCourse(own) else { return [] }
      let money = course.claim.flatMap { claim in claim.currency.map { (claim.minor, $0) } }
      let next = course.nextStep(by: rule.body).map {
        Running(matter: .dispute, subject: subject, part: "next-step", clock: $0, money: money)
      }
      let limitation = course.limitation(notes, by: rule.body, rule.names).map {
        Running(matter: .limitation, subject: subject, part: "limitation", clock: $0.clock, money: money)
      }
      return [next, limitation].compactMap { $0 }
    }
  }

  private func requestClocks(_ notes: [Note], _ rule: TimeLimitRules) -> [Running] {
    PersonalMatters(notes).requests.map { request in
      let isErasure = if case .erasure = request.kind { true } else { false }
      return Running(
        matter: isErasure ? .erasure : .request, subject: request.subject,
        part: "\(isErasure ? "erasure" : "request")-\(request.moment.seq)", clock: request.clock(by: rule))
    }
  }
}

extension ClockBook.Facts {
  /// Two of each invoice that is not paid: until it must be, and after that until it can be claimed.
  private func invoiceClocks(
    _ series: borrowing SeriesStore, _ notes: [Note], _ claims: [Note], _ rule: Ruled<TimeLimitRules>, _ now: Instant
  ) -> [Running] {
    let demands = claims.demands
    let contracts = notes.of(Contract.self).bySubject
    return bills.ledgers(in: series, asOf: now).flatMap { ledger in
      ledger.items.filter(\.isOpen).flatMap { item -> [Running] in
        guard let invoice = item.invoice else { return [] }
        let issued = claims.first { $0.type == TypeCode(Order.invoiced) && $0.subject.map { Int64($0.ordinal) } == invoice }
        let subject = rule.names.subject(.invoice, invoice)
        let money = (item.open, ledger.currency)
        var running = [
          Running(
            matter: .payment, subject: subject, part: "payment",
            clock: Clock(start: item.moment, limit: .through(item.due)), money: money)
        ]
        let known = Moment(at: rule.body.calendar.end(of: item.due), seq: item.moment.seq)
        guard let limits = rule.body.limitation, known.at <= now else { return running }
        let kind = issued.flatMap { $0.reference(Order.Fact.contract) }.flatMap { contract in
          contracts.first { $0.subject.map { Int64($0.ordinal) } == contract }?.notes.compactMap {
            $0.number(Contract.Fact.kind)
          }.last
        }
        let limitation = Limitation(
          known: known, kind: kind.flatMap { rule.names.text($0) }, events: item.restarts(demands), over: nil, by: limits,
          in: rule.body.calendar)
        running.append(
          Running(matter: .limitation, subject: subject, part: "limitation", clock: limitation.clock, money: money))
        return running
      }
    }
  }
}

extension Ledger.Item {
  /// What may count the time anew in which it can be claimed: delivered demands that name it, or name none, and money
  /// that settled a part of it.
  fileprivate func restarts(_ demands: [DeliveredDemand]) -> [(by: LimitationRestart, moment: Moment)] {
    let named = demands.filter { $0.invoices.isEmpty || $0.invoices.contains { $0 == invoice } }
    let paid = isPaid && isOpen ? settledBy : nil
    return named.map { (.demand, $0.delivered) } + [paid].compactMap { $0 }.map { (.partPayment, $0) }
  }
}
