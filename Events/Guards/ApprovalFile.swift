import Vocabulary
import Wire

/// What approvals say of one thing: who asked for what, and who decided.
struct ApprovalFile {
  let subject: Subject
  let request: Event
  /// The last decision of each person at each step, oldest first.
  let decisions: [Event]
  let withdrawal: Event?

  /// `nil` where nothing was asked for under that number.
  init?(_ subject: Subject, given past: some Past) throws {
    let events = try past.standing(about: subject)
    guard let request = events.of("approval.requested").first else { return nil }
    self.subject = subject
    self.request = request
    withdrawal = events.of("approval.withdrawn").last
    var last: [String: Event] = [:]
    for event in events.of("approval.decided") {
      last["\(PersonName.plain(event.about.actor ?? "")) \(event.data["step"]?.int ?? 0)"] = event
    }
    decisions = events.of("approval.decided").filter { event in last.values.contains { $0.seq == event.seq } }
  }

  var refused: Event? { decisions.last { $0.text("verdict") != "approve" } }
  var approvals: [Event] { decisions.filter { $0.text("verdict") == "approve" } }

  /// Those who must not decide: who asked, for whom they asked, and who benefits.
  var parties: [(who: String, as: Name)] {
    let named = [
      (request.about.actor, Name("asked for it", "是申请人")), (request.about.onBehalfOf, Name("asked for it", "是申请人")),
      (request.data["beneficiary"]?.string, Name("benefits from it", "是受益人")),
      (Subject(request.text("about")).flatMap { ApprovalFile.person($0) }, Name("benefits from it", "是受益人")),
    ]
    return named.compactMap { who, role in who.map { ($0, role) } }
  }

  /// Those who gain by an event: whose place, score, pay, target or access it is, and whom the request names.
  func beneficiaries(of event: Event) -> [String] {
    let named = [
      ApprovalFile.person(event.subject), Subject(event.text("scope")).flatMap(ApprovalFile.person),
      event.data["employee"]?.string, request.data["beneficiary"]?.string,
    ]
    return named.compactMap { $0 }
  }

  /// The person that a subject is.
  static func person(_ subject: Subject) -> String? { subject.kind == EntityKind.employee.word ? subject.id : nil }
}
