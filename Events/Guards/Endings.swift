public import Vocabulary
import Wire

/// What has ended goes on only by the types that are made for it.
public enum NotEnded: Guard {
  public static let id = "ended"
  public static let title = Name("What has ended goes on only by what is made for that.", "已结束之事，只能以专门的事件继续。")

  /// How one kind of thing ends, and what of its own may follow.
  private struct Ending: Sendable {
    let kind: EntityKind
    let ends: @Sendable (Event) -> Bool
    let resumes: String?
    let follow: [String]
  }

  private static let endings: [Ending] = [
    Ending(
      kind: .contract, ends: { $0.type == "contract.ended" }, resumes: nil,
      follow: ["contract.archived", "contract.obligation_met", "contract.breach_recorded"]),
    Ending(kind: .opportunity, ends: { $0.type == "opportunity.closed" }, resumes: nil, follow: []),
    Ending(kind: .lead, ends: { $0.type == "lead.converted" }, resumes: nil, follow: []),
    Ending(kind: .dispute, ends: { $0.type == "dispute.resolved" }, resumes: nil, follow: []),
    Ending(kind: .task, ends: { $0.type == "task.completed" && $0.text("result") == "done" }, resumes: nil, follow: []),
    Ending(kind: .improvement, ends: { $0.type == "improvement.closed" }, resumes: nil, follow: []),
    Ending(kind: .risk, ends: { $0.type == "risk.treated" && $0.data["closed"] == true }, resumes: nil, follow: []),
    Ending(
      kind: .complaint, ends: { $0.type == "complaint.closed" }, resumes: "complaint.reopened",
      follow: ["complaint.reopened"]),
    Ending(kind: .approval, ends: { $0.type == "approval.withdrawn" }, resumes: nil, follow: []),
  ]

  public static func concerns(_ declaration: Declaration) -> Bool {
    endings.contains { ending in
      declaration.subjects == [ending.kind] && !ending.follow.contains(declaration.name)
    }
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let ending = endings.first(where: { $0.kind.word == event.subject.kind }) else { return [] }
    let events = try past.standing(about: event.subject)
    guard let last = events.lastIndex(where: ending.ends), !wish.declaration.opensSubject else { return [] }
    if let resumes = ending.resumes, events[last...].contains(where: { $0.type == resumes }) { return [] }
    let follow = ending.follow.isEmpty ? "" : ending.follow.joined(separator: ", ")
    throw refusal(
      "\(event.subject) has ended", "\(event.subject) 已结束", because: [events[last]],
      remedy: follow.isEmpty
        ? Name("open another, or correct the end with event.corrected", "请另立一项，或用 event.corrected 更正结束事件")
        : Name("what may still follow: \(follow)", "其后只能是：\(follow)"))
  }
}
