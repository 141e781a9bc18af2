import CompanyRules
import Events
import Matters
import Projection
import Vocabulary
import Wire

/// Something that took effect and waits for a second person: what it is, and what the approval rule asks for it.
struct Effect {
  let note: Note
  /// What the rule calls it; `nil` where it has no chain for it, and anybody else may decide.
  let matter: ApprovalMatter?
  /// In minor units; `nil` where no money is named.
  let amount: Int64?

  var subject: OwnSubject? { note.subject }
  /// The approval that it names, by its number; −1 for one that the log does not know.
  var approval: Int64? { note.number(SharedFact.approval) }
}

extension Effect {
  /// What of these notes waits for a second person, by business time.
  static func all(in notes: [Note], by rule: ApprovalRules) -> [Effect] {
    var terms: [(subject: OwnSubject?, terms: Terms)] = []
    var effects: [Effect] = []
    for note in notes {
      let before = terms.last { $0.subject == note.subject }?.terms
      if SecondPerson.isAwaited(by: note.type) {
        effects.append(Effect(note: note, matter: matter(of: note, after: before, rule), amount: amount(of: note)))
      }
      if note.type.family == Contract.code { terms.append((note.subject, (before ?? Terms()).after(note))) }
    }
    return effects
  }

  private static func amount(of note: Note) -> Int64? {
    if note.type.family == Contract.code { return note.number(Contract.Fact.total).map { abs($0) } }
    if note.type.family == Payment.code { return note.number(Payment.Fact.amount).map { abs($0) } }
    if Performance(note.type) == .commissionPosted { return note.number(Performance.Fact.amount).map { abs($0) } }
    return nil
  }

  /// The currency of the amount.
  var currency: Currency? {
    if note.type.family == Contract.code { return note.currency(Contract.Fact.currency) }
    if note.type.family == Payment.code { return note.currency(Payment.Fact.currency) }
    return Performance(note.type) == .commissionPosted ? note.currency(Performance.Fact.currency) : nil
  }

  private static func matter(of note: Note, after terms: Terms?, _ rule: ApprovalRules) -> ApprovalMatter? {
    if let contract = Contract(note.type) {
      return contract == .renewed || (terms?.isLarge(note, rule) ?? false) ? .contract : .amendment
    }
    if note.type.family == Payment.code { return .writeOff }
    if note.type.family == Rule.code { return .rule }
    return Performance(note.type) == .commissionPosted ? .payout : nil
  }
}

/// The money and the end of a contract as they stood.
private struct Terms {
  var total: Int64?
  var end: Day?

  func after(_ note: Note) -> Terms {
    typealias Fact = Contract.Fact
    return Terms(total: note.number(Fact.total) ?? total, end: note.day(Fact.newEndOn) ?? note.day(Fact.endOn) ?? end)
  }

  /// Whether a change raises the value or extends the term beyond what the rule lets pass as an amendment.
  func isLarge(_ note: Note, _ rule: ApprovalRules) -> Bool {
    typealias Fact = Contract.Fact
    if let total, total > 0, let new = note.number(Fact.total),
      Double(new) - Double(total) > Double(total) / 10_000 * Double(rule.valueRiseBp)
    {
      return true
    }
    guard let end, let new = note.day(Fact.endOn) else { return false }
    let (a, b) = (end.civil, new.civil)
    let months = (b.year - a.year) * 12 + b.month - a.month
    return months > rule.extensionMonths || months == rule.extensionMonths && b.day > a.day
  }
}

extension ApprovalRules {
  /// The roles of which each must have decided, as events write them; empty where anybody else is enough.
  func roles(for matter: ApprovalMatter?, amount: Int64) -> [String] {
    let band = bands.first { $0.about == matter && $0.upToMinor.map { amount <= $0 } ?? true }
    return (band?.roles ?? []).map { Role.word(for: $0) }
  }
}
