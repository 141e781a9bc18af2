import Answers
import Engine
import Log
import Projection
import Vocabulary

/// Where to look in a demonstration: commands with real subjects, each chosen because something happened to it.
struct DemoGuide {
  private struct Hint {
    let what: Name
    let command: String
  }
  private var hints: [Hint] = []
  private let events: Int64

  init(_ store: Store) throws {
    events = Int64(store.head.size)
    let red = try DemoGuide.first(in: "churn", of: store) { $0["level"] == .text("red") }
    let lost = try DemoGuide.first(in: "lifecycle", of: store) { $0["stage"] == .text("lost") }
    let extended = try DemoGuide.first(in: "contracts", of: store) { ($0["extensions"]?.number ?? 0) > 0 }
    add(Name("All read models", "全部读模型"), "show")
    add(Name("Who may leave", "谁可能流失"), "show churn")
    if let red { add(Name("Why \(red) is urgent", "\(red) 为何紧急"), "explain churn \(red)") }
    if let red { add(Name("Everything about \(red)", "\(red) 的全部经过"), "history \(red)") }
    if let lost { add(Name("How \(lost) was lost", "\(lost) 如何流失"), "explain lifecycle \(lost)") }
    if let extended { add(Name("A contract that was extended", "一份延期的合同"), "history \(extended)") }
    if let lost { add(Name("The same a year before", "一年前的情形"), "show lifecycle \(lost) --as-of 2025-10-31") }
    add(Name("The sales review of a quarter", "季度销售回顾"), "report sales --period 2026Q3 --page sales.html")
    add(Name("The company's own version of a rule, and whom it moves", "企业自定的规则版本及其影响"), "rules diff churn 1 2")
    add(Name("What the record holds against its own guards", "与守则相悖的记录"), "guards --all")
    add(Name("The rules behind it", "背后的规则"), "rules show churn")
    if let red { add(Name("Proof for an outsider", "给外人的证明"), "prove \(red) --out \(red.replacing(":", with: "-")).proof") }
    add(Name("Is every byte still there?", "每个字节都还在吗？"), "verify")
  }

  private mutating func add(_ what: Name, _ command: String) { hints.append(Hint(what: what, command: command)) }

  /// The first subject of a read model whose row has it.
  private static func first(in name: String, of store: Store, where matches: ([String: Value]) -> Bool) throws -> String? {
    guard let columns = store.projections.first(where: { $0.name == name })?.columns else { return nil }
    var found: String?
    try store.rows(of: name) { line in
      guard found == nil else { return }
      let row = Dictionary(zip(columns.map(\.name), line.values), uniquingKeysWith: { first, _ in first })
      if matches(row) { found = line.subject }
    }
    return found
  }

  func give(in session: Session) throws {
    let folder = session.options.data.map { " --data \($0)" } ?? ""
    session.console.remark(
      Name("\(events) events are in \(session.dataPath). Where to look:\n", "\(session.dataPath) 中有 \(events) 个事件。可以这样看：\n"))
    let rows = session.rows([Column("what", .text, "What", "内容"), Column("command", .text, "Command", "命令")])
    for hint in hints { try rows.write([.text(hint.what[session.language]), .text("keshi \(hint.command)\(folder)")]) }
    try rows.finish()
  }
}

extension Value {
  fileprivate var number: Int64? { if case .integer(let number) = self { number } else { nil } }
}
