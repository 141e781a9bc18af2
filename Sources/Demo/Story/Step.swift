import Vocabulary
import Wire

/// Something that is planned to happen. Grouped as the files are in which it happens.
enum Step: Sendable {
  case acquire(AcquireStep)
  case file(FileStep)
  case deal(DealStep, Deal)
  case order(OrderStep, Purchase)
  case money(MoneyStep, Bill)
  case contract(ContractStep)
  case dispute(DisputeStep)
  case complaint(ComplaintStep, Case)
  case talk(TalkStep)
  case voice(VoiceStep)
  case decline(DeclineStep)
  /// What is done for people and their data.
  case care(CareStep)
  case handoff(HandoffStep, Handoff)
  /// What was entered wrongly, and is put right.
  case amiss(AmissStep)
  case house(HouseStep)
  case desk(DeskStep)
  /// A step that waited for a decision, with the number of the approval.
  indirect case approved(Step, by: String)

  func naming(_ approval: String) -> Step { .approved(self, by: approval) }
}

enum AcquireStep: Sendable {
  case opening, lead, called
  case screened(attempt: Int)
  case converted
}

enum FileStep: Sendable {
  case contact(Int)
  case credit, registration, site, sustainability, details, contactLeaves, handover, reassigned, double, graded
  case merged(String)
}

enum DealStep: Sendable { case opened, moved, quoted, quoteApproved, closed }

enum OrderStep: Sendable { case due, placed, changed, delivered, installed, returned }

enum MoneyStep: Sendable, Equatable {
  case invoiced, bounced, paid
  case demanded(Int)
  case creditAsked, credited, writeOffAsked, writtenOff
}

enum ContractStep: Sendable {
  case drafted, revised, checked, asked, frozen, signed, countersigned, activated
  case obligation(Int)
  case breached
  case amendmentDrafted, amendmentAsked, amended, amendmentRefused
  case reminder, renewalAsked, renewalRefused, renewed, ended, archived
}

enum DisputeStep: Sendable { case opened, stepped, resolved, released }

enum ComplaintStep: Sendable {
  case filed, acknowledged, assessed, paused, resumed, escalated, responded, closed, reopened
}

enum TalkStep: Sendable {
  case visitPlanned
  case visit(task: String?)
  case postponed(task: String)
  case call, care
}

enum VoiceStep: Sendable { case nps, csi, csat, usage, points, checkUp }

enum DeclineStep: Sendable {
  case review, warned, triaged
  case playClosed(String)
  case lost, released, claimed, wonBack, closedDown
}

enum CareStep: Sendable {
  case consent
  case requested
  case fulfilled(request: Int64, right: String)
}

enum HandoffStep: Sendable { case given, answered }

enum AmissStep: Sendable {
  /// One of the life's mistakes is seen.
  case seen(Int)
  case misbooked
}

/// What the company does within its own walls. Numbers are places: of employees, sellers, documents.
enum HouseStep: Sendable {
  case opening
  /// Their customers are told that somebody else will come.
  case sellerLeaves(Int)
  case monthEnds(Day)
  case training(TrainingStep)
  case staff(StaffStep)
  case goals(GoalStep)
  case market(MarketStep)
  case process(ProcessStep)
  case guardians(GuardianStep)
}

enum TrainingStep: Sendable {
  case course(Int)
  case exam(Int, line: Int, attempt: Int)
  case certificate(Int, line: Int)
  case reading(Int, document: Int, version: Int)
  case yearly(Int)
}

enum StaffStep: Sendable {
  case joins(Int), leaves(Int), promotions, moved
  case meeting(Int), coaching(Int), retrospective(Int), recognition, culture
  case taskDone(String, by: Int)
  /// What is long overdue is looked at.
  case tidied
}

enum GoalStep: Sendable {
  case forecast(Int), companyForecast(Day)
  case score(Int, Day), rescored(Int, Day, isFair: Bool)
  case commission(Int, Day)
  case targets(year: Int, quarter: Int?)
}

enum MarketStep: Sendable {
  case insight
  case campaign(Int)
  case wave(id: String, title: Name)
  case care(year: Int)
  case strategy(year: Int, version: Int)
  case decision(Int), review(Int)
}

enum ProcessStep: Sendable {
  case publication(document: Int, version: Int)
  case deviation
  case audit(Int)
  case improvement(Int), improved(Int)
}

enum GuardianStep: Sendable {
  case grant(Int), revoke(Int)
  case look(isExport: Bool)
  case review(Int)
  case risk(Int), treated(Int)
  case compliance(year: Int)
  case proposal(Int), rejection(Int), publication(Int)
  case disposal
}
