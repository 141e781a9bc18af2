public import Vocabulary
import Wire

/// A complaint is closed after it was assessed and answered.
public enum ComplaintSteps: Guard {
  public static let id = "complaint-steps"
  public static let title = Name(
    "A complaint is closed when assessed and answered, an urgent one with a follow-up; it waits and resumes in turn.",
    "投诉须经分级与答复方可结案，紧急投诉还须定回访日期；暂停与恢复须交替。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    ["complaint.closed", "complaint.reopened", "complaint.paused", "complaint.resumed"].contains(declaration.name)
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let events = try past.standing(about: event.subject)
    let waiting = events.of("complaint.paused", "complaint.resumed").last.map { $0.type == "complaint.paused" } ?? false
    switch event.type {
    case "complaint.closed": try close(event, events)
    case "complaint.reopened":
      let last = events.of("complaint.closed", "complaint.reopened").last
      guard last?.type == "complaint.closed" else {
        throw refusal(
          "it is open", "该投诉尚未结案", because: [last].compactMap { $0 },
          remedy: Name("nothing is left to do", "无需再办"))
      }
    case "complaint.paused" where waiting, "complaint.resumed" where !waiting:
      throw refusal(
        waiting ? "it waits for the customer already" : "it does not wait for the customer",
        waiting ? "该投诉已在等待客户" : "该投诉并未等待客户", because: events.of("complaint.paused", "complaint.resumed").suffix(1),
        remedy: Name("nothing is left to do", "无需再办"))
    default: break
    }
    return []
  }

  private static func close(_ event: Event, _ events: [Event]) throws {
    guard event.text("outcome") != "withdrawn" else { return }
    let assessment = events.of("complaint.assessed").last
    guard let assessment else {
      throw refusal(
        "it was never assessed",
        "该投诉未经分级", remedy: Name("record complaint.assessed first", "请先入账 complaint.assessed"))
    }
    let reopened = events.lastIndex { $0.type == "complaint.reopened" } ?? 0
    guard events[reopened...].contains(where: { $0.type == "complaint.responded" }) else {
      throw refusal(
        "the customer was not answered", "尚未答复客户", because: events[reopened...].of("complaint.reopened"),
        remedy: Name("record complaint.responded first", "请先入账 complaint.responded"))
    }
    guard assessment.text("severity") != "urgent" || event.data["followUpOn"] != nil else {
      throw refusal(
        "an urgent complaint needs a day of follow-up", "紧急投诉须定回访日期", because: [assessment],
        remedy: Name("give it with --follow-up-on", "请用 --follow-up-on 给出"))
    }
  }
}

extension ArraySlice<Event> {
  fileprivate func of(_ types: String...) -> [Event] { filter { types.contains($0.type) } }
}
