import Wire

/// What goes wrong in the company on purpose, each once, so that audits have something to find.
///
/// Everything else in the story satisfies the guards of `Events/Guards`; `keshi guards --all` shows these and nothing
/// else. Which guard objects to which event:
///
/// | plant | what happens | event | guard |
/// |---|---|---|---|
/// | `ownDecision` | an accountant decides about the credit note that they asked for | `approval.decided` | impartial |
/// | | … and it is booked on that decision | `receivable.adjusted` | four-eyes |
/// | `overLimit` | a manager approves a renewal above the limit of their step | `approval.decided` | impartial |
/// | `afterLock` | a locked score is raised with no second person | `kpi.scored` | four-eyes |
/// | `otherText` | a customer's signature is put to another text than the frozen one | `contract.signed` | frozen-text |
/// | | … and the contract takes effect | `contract.activated` | signed-by-all |
/// | `noAssent` (three times) | an amendment is booked without proof that the customer agreed | `contract.amended` | assent |
/// | `ghost` | somebody records a visit after their last day | `visit.logged` | departed |
/// | `lateWithoutReason` | a visit of weeks ago is entered with no word about why | `visit.logged` | late-entry |
/// | `unanswered` | a complaint is closed without an answer | `complaint.closed` | complaint-steps |
/// | `unwanted` | a campaign addresses somebody who took back their consent | `interaction.logged` | restricted-person |
/// | `wrongRole` | a sales rep sets a customer's standing, which is not theirs to set | `customer.status_changed` | role |
///
/// No guard refuses a sale by somebody whose certificate has lapsed; `lapsed` sellers sell on, and each such sale stands
/// beside a deviation from `sales-certificate`, as the guard itself would record it.
enum Plant: Int, CaseIterable, Sendable {
  case ownDecision, overLimit, afterLock, otherText, noAssent, ghost, lateWithoutReason, unanswered, unwanted
  case wrongRole

  /// Days after the first day of the story from which it waits for its opportunity.
  fileprivate var after: Int {
    [470, 590, 610, 300, 330, 0, 420, 560, 450, 350][rawValue]
  }

  fileprivate var times: Int { self == .noAssent ? 3 : 1 }
}

/// Which of them are still to come.
struct Plants: Sendable {
  private let start: Day
  private var left = Plant.allCases.map(\.times)

  init(from start: Day) { self.start = start }

  /// Whether this is the opportunity; it is taken then.
  mutating func takes(_ plant: Plant, on day: Day) -> Bool {
    guard left[plant.rawValue] > 0, day >= start + plant.after + (plant.times - left[plant.rawValue]) * 150 else { return false }
    left[plant.rawValue] -= 1
    return true
  }
}
