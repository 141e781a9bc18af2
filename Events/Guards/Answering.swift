public import Vocabulary
import Wire

/// What answers a request, or ends what another event began, names that event, and does so once.
public enum Answering: Guard {
  public static let id = "answer"
  public static let title = Name(
    "What answers a request or releases a hold names it, once; nobody approves the erasure that they asked for.",
    "答复申请、解除保全须指明原事件且只作一次；不得批准自己提出的擦除。")

  /// Which type answers which other, and the field that holds its number.
  private static let answers: [(type: String, to: String, field: String)] = [
    ("privacy.fulfilled", "privacy.requested", "request"), ("erasure.approved", "erasure.requested", "request"),
    ("erasure.executed", "erasure.requested", "request"), ("hold.released", "hold.placed", "hold"),
  ]

  public static func concerns(_ declaration: Declaration) -> Bool { answers.contains { $0.type == declaration.name } }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let (type, asked, field) = answers.first(where: { $0.type == event.type }), let seq = event.data[field]?.int
    else { return [] }
    let file = try past.standing(about: event.subject)
    guard let request = file.first(where: { $0.type == asked && $0.seq == seq }) else {
      throw refusal(
        "\(event.subject) has no event \(seq) of the type \(asked)", "\(event.subject) 没有序号为 \(seq) 的 \(asked) 事件",
        remedy: Name("`keshi history \(event.subject)` shows the numbers", "用 `keshi history \(event.subject)` 查看序号"))
    }
    if let answer = file.last(where: { $0.type == type && $0.data[field]?.int == seq && $0.text("decision") != "partly" }) {
      throw refusal(
        "event \(seq) is answered already", "事件 \(seq) 已有答复", because: [request, answer],
        remedy: Name("nothing is left to do", "无需再办"))
    }
    guard type == "erasure.approved", PersonName.same(request.about.actor ?? "", event.about.actor ?? "") else { return [] }
    throw refusal(
      "\(event.about.actor ?? "?") asked for it and cannot approve it", "\(event.about.actor ?? "？") 是申请人，不能批准",
      because: [request], remedy: Name("let somebody else approve it", "请由他人批准"))
  }
}
