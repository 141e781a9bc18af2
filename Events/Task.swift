public import Vocabulary

/// What someone is asked to do for a customer, and that it was done.
public enum Task: UInt8, Family {
  case assigned = 1
  case completed = 2

  public static let code: UInt8 = 15
  public static let title = Name("Tasks", "任务")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case dueAt = 2
    case dueOn = 3
    case result = 4
    case to = 5
  }

  public enum Kind: UInt8, CodeSet {
    case todo = 1
    case visit = 2
    case handoff = 3
    case playStep = 4

    public var word: Word {
      switch self {
      case .todo: Word("todo", "To do", "待办")
      case .visit: Word("visit", "Visit plan", "拜访计划")
      case .handoff: Word("handoff", "Handover", "交接")
      case .playStep: Word("play-step", "Step of a retention play", "挽留方案步骤")
      }
    }
  }

  public enum Result: UInt8, CodeSet {
    case done = 1
    case rejected = 2

    public var word: Word {
      switch self {
      case .done: Word("done", "Done", "完成")
      case .rejected: Word("rejected", "Rejected", "拒收")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .assigned:
      Declaration(
        "task.assigned", "Task assigned", "任务下达", on: .task,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .text("title", "Title", "任务名称", limit: 500).optional,
          .text("to", "Assigned to", "受派人", limit: 200).optional.fact(Fact.to),
          .instant("dueAt", "Due at", "截止时间").optional.fact(Fact.dueAt),
          .day("dueOn", "Due on", "截止日期").optional.fact(Fact.dueOn),
          .text("place", "Place", "地点", limit: 500).optional,
          .text("purpose", "Purpose", "目的", limit: 1_000).optional,
          .list("criteria", of: .text(limit: 500), "Acceptance criteria", "验收标准", limit: 50).optional,
        ]
      ).tellingActor.clocked.opening
        .meaning(
          "Somebody was asked to do something.",
          "请某人办理某事。")
    case .completed:
      Declaration(
        "task.completed", "Task completed", "任务完成", on: .task,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("result", Result.self, "Result", "结果").fact(Fact.result),
          .text("proof", "Proof", "凭证", limit: 1_000).optional,
          .text("note", "Note", "备注").optional,
        ]
      ).clocked
        .meaning(
          "What was asked for was done, or refused.",
          "所请之事已完成或被拒收。")
    }
  }
}
