public import Vocabulary
import Wire

// What the envelope of any event must say.

/// Each type names the roles in which it is recorded.
public enum RightRole: Guard {
  public static let id = "role"
  public static let title = Name("Only the roles that a type names record it.", "只有类型所列角色可以入账。")

  public static func concerns(_ declaration: Declaration) -> Bool { !declaration.recorders.isEmpty }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let allowed = wish.declaration.recorders.map(\.word)
    let list = allowed.joined(separator: ", ")
    let remedy = Name("act in one of these roles: --role \(allowed[0])", "请以其中一个角色操作：--role \(allowed[0])")
    guard let role = wish.event.about.role else {
      throw refusal("in which role is not said; it takes \(list)", "未说明角色；须为 \(list)", remedy: remedy)
    }
    guard allowed.contains(role) else {
      throw refusal(
        "role \(role) does not record this; it takes \(list)",
        "角色 \(role) 不能入账此类事件；须为 \(list)", remedy: remedy)
    }
    return []
  }
}

/// Who examines the record does not make it.
public enum AuditorReads: Guard {
  public static let id = "auditor"
  public static let title = Name("An auditor records nothing but what a type names that role for.", "审计员只能入账类型列明由审计员入账的事件。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.recorders.isEmpty }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    guard wish.event.about.role.map({ Role.word(for: $0) }) == Role.auditor.word else { return [] }
    throw refusal(
      "an auditor reads, and does not record this", "审计员只读，不能入账此类事件",
      remedy: Name("let somebody else record it", "请由其他人员入账"))
  }
}

/// Late entries are welcome, and say why they are late.
public enum InTime: Guard {
  public static let id = "late-entry"
  public static let title = Name(
    "Nothing happens after it is recorded; an entry that comes later than the approval rule allows says why.",
    "业务时间不得晚于入账时间；超过审批规则所许天数的补录须写明原因。")

  public static func concerns(_ declaration: Declaration) -> Bool { true }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard event.occurredAt <= wish.now else {
      throw refusal(
        "it is said to have happened at \(event.occurredAt), which is yet to come", "业务时间 \(event.occurredAt) 尚未到来",
        remedy: Name("correct occurredAt, or the clock of this machine", "请更正 occurredAt 或本机时钟"))
    }
    let late = wish.now.day - event.occurredAt.day
    guard late > 0, event.about.reason == nil else { return [] }
    let policy = try Policy.inForce(at: event.occurredAt, given: past)
    guard late > policy.lateDays else { return [] }
    throw refusal(
      "it is recorded \(late) days late; \(policy.label) allows \(policy.lateDays) without a reason",
      "补录晚了 \(late) 天；\(policy.label) 只许 \(policy.lateDays) 天内不写原因",
      remedy: Name("say why, with --reason", "请用 --reason 写明原因"))
  }
}

/// Who has left records nothing any more.
public enum StillEmployed: Guard {
  public static let id = "departed"
  public static let title = Name("Nobody records after their last day.", "离职后不得入账。")

  public static func concerns(_ declaration: Declaration) -> Bool { true }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    guard let actor = wish.event.about.actor, let employee = Subject(kind: .employee, id: actor) else { return [] }
    let events = try past.standing(about: employee)
    guard let left = events.of("employee.departed").last, let lastDay = left.day("lastDay"), wish.now.day > lastDay
    else { return [] }
    throw refusal(
      "\(actor) left on \(lastDay)", "\(actor) 已于 \(lastDay) 离职", because: [left],
      remedy: Name(
        "let somebody record it who works here, and name them with --on-behalf-of",
        "请由在职人员入账，并用 --on-behalf-of 注明"))
  }
}
