import Wire

/// Something that is planned to happen. Grouped as the files are in which it happens.
enum Step: Sendable {
  case acquire(AcquireStep)
  case file(FileStep)
  case deal(DealStep, Deal)
  case order(OrderStep, Purchase)
  case money(MoneyStep, Bill)
  case contract(ContractStep)
  case complaint(ComplaintStep, Case)
  case talk(TalkStep)
  case voice(VoiceStep)
  case decline(DeclineStep)
  /// A seller goes; the customers must be handed over before.
  case sellerLeaves(Int)
}

enum AcquireStep: Sendable {
  case opening, lead, called
  case screened(attempt: Int)
  case converted
}

enum FileStep: Sendable {
  case contact(Int)
  case consent, credit, details, contactLeaves, handover, reassigned, double
  case merged(String)
}

enum DealStep: Sendable { case opened, moved, quoted, closed }

enum OrderStep: Sendable { case due, placed, changed, delivered, installed, returned }

enum MoneyStep: Sendable {
  case invoiced, bounced, paid
  case demanded(Int)
  case refunded, writtenOff
}

enum ContractStep: Sendable {
  case drafted, revised, signed, countersigned, activated, obligation, breached, amendmentDrafted, amended, reminder,
    renewed,
    ended, archived
}

enum ComplaintStep: Sendable { case filed, acknowledged, assessed, escalated, responded, closed, reopened }

enum TalkStep: Sendable {
  case visitPlanned
  case visit(task: String?)
  case call, care
}

enum VoiceStep: Sendable { case nps, csi, csat, usage, points }

enum DeclineStep: Sendable {
  case review, warned, triaged
  case playClosed(String)
  case lost, released, wonBack, closedDown
}

/// A sale in the making.
struct Deal: Sendable {
  var id = ""
  var amount = 0
  var stage = 0
  var quote = ""
  /// The one by which a lead becomes a buyer.
  var isFirst = false
}

/// An order on its way.
struct Purchase: Sendable {
  var id = ""
  /// Which turn of the customer's rhythm it is; an older one has been overtaken and no longer counts.
  var turn = 0
  var deal: Deal?
  var total = 0
  var promisedOn = Day(number: 0)
  var hasPump = false
  /// Days by which it came too late, and pieces that were wrong.
  var daysLate = 0
  var defects = 0
}

/// An invoice to be paid, or a part of it.
struct Bill: Sendable {
  var order = ""
  var invoice = ""
  var net = 0
  var amount = 0
  var dueOn = Day(number: 0)
}

/// A complaint on its way.
struct Case: Sendable {
  var id = ""
  var matter: Matter
  /// 1, a nuisance, to 4, danger.
  var severity = 1
  /// Nobody takes care of it in time.
  var isNeglected = false
  var filedAt = Instant.distantPast
  var reopenings = 0
}
