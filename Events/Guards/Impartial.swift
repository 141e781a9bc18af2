public import Vocabulary
import Wire

/// Whoever decides is neither who asked nor who benefits, and has the role and the limit of their step.
public enum Impartial: Guard {
  public static let id = "impartial"
  public static let title = Name(
    "Whoever decides has neither asked nor benefits, and has the role and the limit of the step; who asked withdraws.",
    "审批人不得是申请人或受益人，并须具备该步骤的角色与权限；只有申请人可以撤回。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    ["approval.decided", "approval.withdrawn"].contains(declaration.name)
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let file = try ApprovalFile(event.subject, given: past) else {
      throw refusal(
        "nothing was asked for under \(event.subject)", "\(event.subject) 下没有申请",
        remedy: Name("record approval.requested first", "请先入账 approval.requested"))
    }
    if event.type == "approval.withdrawn" { return try checkWithdrawal(event, of: file) }
    guard let actor = event.about.actor else {
      throw refusal("who decides is not said", "未说明审批人", remedy: Name("name them with --actor", "请用 --actor 注明"))
    }
    let deciders = [actor, event.data["delegatedFrom"]?.string, event.about.onBehalfOf].compactMap { $0 }
    if let (who, role) = file.parties.first(where: { party in deciders.contains { PersonName.same($0, party.who) } }) {
      throw refusal(
        "\(who) \(role.en) and cannot decide about it", "\(who) \(role.zh)，不能审批", because: [file.request],
        remedy: Name("let somebody else decide", "请由他人审批"))
    }
    if let refused = file.refused {
      throw refusal(
        "it was refused already", "此前已被驳回或退回", because: [refused],
        remedy: Name("ask again under a new number", "请以新编号重新提交"))
    }
    let earlier = file.decisions.first {
      PersonName.same($0.about.actor ?? "", actor) && $0.data["step"] == event.data["step"]
    }
    if let same = earlier {
      throw refusal(
        "\(actor) has decided already", "\(actor) 已作出决定", because: [same],
        remedy: Name("nothing is left to do", "无需再办"))
    }
    try checkStep(event, file)
    return []
  }

  private static func checkWithdrawal(_ event: Event, of file: ApprovalFile) throws -> [Event] {
    let asked = [file.request.about.actor, file.request.about.onBehalfOf].compactMap { $0 }
    if asked.isEmpty || asked.contains(where: { PersonName.same($0, event.about.actor ?? "") }) { return [] }
    throw refusal(
      "it was \(asked[0]) who asked", "申请人是 \(asked[0])", because: [file.request],
      remedy: Name("let them withdraw it, or decide against it", "请由其本人撤回，或作出驳回决定"))
  }

  private static func checkStep(_ event: Event, _ file: ApprovalFile) throws {
    let steps = (file.request.data["steps"]?.array ?? []).compactMap(\.object)
    guard !steps.isEmpty else { return }
    let number = Int(event.data["step"]?.int ?? 0)
    guard (1...steps.count).contains(number) else {
      throw refusal(
        "the request has steps 1 to \(steps.count)", "该申请有第 1 至 \(steps.count) 步", because: [file.request],
        remedy: Name("name the step with --step", "请用 --step 指明步骤"))
    }
    let step = steps[number - 1]
    if let role = step["role"]?.string, event.about.role != role {
      throw refusal(
        "step \(number) is decided by \(role)", "第 \(number) 步由 \(role) 审批", because: [file.request],
        remedy: Name("let somebody in that role decide", "请由该角色审批"))
    }
    let amount = file.request.data["amountMinor"]?.int ?? 0
    guard event.text("verdict") == "approve", let limit = step["limitMinor"]?.int, amount > limit else { return }
    throw refusal(
      "\(amount) is above the limit of step \(number), \(limit)", "\(amount) 超出第 \(number) 步的权限 \(limit)",
      because: [file.request], remedy: Name("ask somebody with a higher limit", "请提交更高权限者"))
  }
}
