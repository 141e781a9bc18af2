public import Vocabulary
import Wire

/// A score that somebody was told is changed in the open only.
public enum LockedScore: Guard {
  public static let id = "locked-score"
  public static let title = Name(
    "The first score of a person for a period is locked; each change of it is the next revision, and says why.",
    "某人某期的首次得分即为锁定；此后每次变更须用下一修订号并写明原因。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "kpi.scored" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let scores = try past.standing(about: event.subject).of("kpi.scored").filter { $0.data["period"] == event.data["period"] }
    let last = scores.max { revision($0) < revision($1) }
    let next = last.map { revision($0) + 1 } ?? 0
    guard revision(event) == next else {
      throw refusal(
        last == nil ? "the first score of a period has the revision 0" : "the score is locked; a change of it is revision \(next)",
        last == nil ? "一期的首次得分修订号为 0" : "得分已锁定；变更须用修订号 \(next)", because: [last].compactMap { $0 },
        remedy: Name("record it with --revision \(next)", "请用 --revision \(next) 入账"))
    }
    guard next == 0 || event.about.reason != nil else {
      throw refusal(
        "a locked score is changed for a reason", "变更已锁定的得分须写明原因", because: [last].compactMap { $0 },
        remedy: Name("say why, with --reason", "请用 --reason 写明原因"))
    }
    return []
  }

  private static func revision(_ event: Event) -> Int64 { event.data["revision"]?.int ?? 0 }
}
