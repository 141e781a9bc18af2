import Vocabulary
import YAML

// Steps and the blocks that hold them.

extension ProcedureReader {
  private static let blocks = ["step", "choice", "parallel", "optional", "repeat"]
  private static let stepKeys = ["step", "title", "event", "where", "by", "notBy", "within"]

  /// A list of items one after the other; a single item may stand for a list of one.
  mutating func sequence(_ node: LocatedNode, _ path: String, depth: Int) -> Block? {
    guard depth <= ConformanceLimit.blockDepth else {
      problems.add(
        Name(
          "blocks nest deeper than \(ConformanceLimit.blockDepth)", "步骤块嵌套超过 \(ConformanceLimit.blockDepth) 层"), path,
        at: node.spot)
      return nil
    }
    if case .object = node.content { return item(node, path, depth: depth) }
    guard case .list(let items) = node.content, !items.isEmpty else {
      refuse(node, path, ProcedureReader.allowedItems)
      return nil
    }
    let parts = items.enumerated().map { number, item in self.item(item, "\(path)[\(number)]", depth: depth) }
    let found = parts.compactMap { $0 }
    guard found.count == parts.count else { return nil }
    return found.count == 1 ? found[0] : .sequence(found)
  }

  private static let allowedItems = Name(
    "a list of steps and blocks, each beginning with one of \(blocks.joined(separator: ", "))",
    "步骤与步骤块的列表，每项以 \(blocks.joined(separator: "、")) 之一开头")

  private mutating func item(_ node: LocatedNode, _ path: String, depth: Int) -> Block? {
    guard case .object(let members) = node.content,
      let word = ProcedureReader.blocks.first(where: { block in members.contains { $0.key == block } })
    else {
      refuse(node, path, ProcedureReader.allowedItems)
      return nil
    }
    if word == "step" { return step(node, path) }
    let keys = word == "repeat" ? ["repeat", "between"] : [word]
    guard let members = object(node, path, keys: keys, required: []), let body = members.node(word) else { return nil }
    let place = path + "." + word
    switch word {
    case "choice": return branches(body, place, depth: depth).map { .choice($0) }
    case "parallel": return branches(body, place, depth: depth).map { .parallel($0) }
    case "optional": return sequence(body, place, depth: depth + 1).map { .optional($0) }
    default:
      let part = sequence(body, place, depth: depth + 1)
      let again = members.node("between")
      let between = again.flatMap { sequence($0, path + ".between", depth: depth + 1) }
      guard let part, again == nil || between != nil else { return nil }
      return .repeated(part, between: between)
    }
  }

  private mutating func branches(_ node: LocatedNode, _ path: String, depth: Int) -> [Block]? {
    guard case .list(let items) = node.content, (2...50).contains(items.count) else {
      refuse(node, path, Name("a list of 2 to 50 branches, each a step, a block or a list of them", "2 至 50 个分支的列表，每个分支为步骤、步骤块或其列表"))
      return nil
    }
    let parts = items.enumerated().map { number, item in sequence(item, "\(path)[\(number)]", depth: depth + 1) }
    let found = parts.compactMap { $0 }
    return found.count == parts.count ? found : nil
  }

  // MARK: One step

  private mutating func step(_ node: LocatedNode, _ path: String) -> Block? {
    guard let members = object(node, path, keys: ProcedureReader.stepKeys, required: ["step", "title", "event"]) else {
      return nil
    }
    guard steps.count < ConformanceLimit.steps else {
      problems.add(
        Name("more than \(ConformanceLimit.steps) steps", "步骤超过 \(ConformanceLimit.steps) 个"), path, at: node.spot)
      return nil
    }
    let id = word(members.node("step"), path + ".step")
    let title = name(members.node("title"), path + ".title")
    let pattern = pattern(members, path)
    let roles = roles(members.node("by"), pattern, path + ".by")
    let limit = members.node("within").flatMap { self.limit($0, path + ".within") }
    let others = members.node("notBy").flatMap { texts($0, path + ".notBy", limit: 20) } ?? []
    guard let id, let title, let pattern else { return nil }
    let spot = members.node("step")?.spot ?? node.spot
    if steps.contains(where: { $0.id == id }) {
      problems.add(
        Name("the step \(id.shortened) stands twice; allowed: each once", "步骤 \(id.shortened) 重复；每个编号只能用一次"),
        path + ".step", at: spot)
    }
    steps.append(
      Procedure.Step(id, title, pattern, roles: roles, notBy: others.map(\.text), limit: limit?.limit))
    spots.append((spot, members.node("event")?.spot ?? spot, limit?.after, others.map(\.spot)))
    return .step(steps.count - 1)
  }

  private mutating func roles(_ node: LocatedNode?, _ pattern: EventPattern?, _ path: String) -> [String] {
    guard let node, let found = texts(node, path, limit: 20) else { return [] }
    let recorders = pattern.flatMap { catalogue.entry(named: $0.type)?.declaration.recorders } ?? []
    let allowed = recorders.isEmpty ? roles : recorders
    for (text, spot) in found where !allowed.contains(where: { $0.word == text }) {
      let words = Name(
        allowed.map { "\($0.word) (\($0.title.en))" }.joined(separator: ", "),
        allowed.map { "\($0.word)（\($0.title.zh)）" }.joined(separator: "、"))
      problems.add(
        Name("\"\(text.shortened)\" may not record this event; allowed: \(words.en)", "“\(text.shortened)”不得记录此事件；可填：\(words.zh)"),
        path, at: spot)
    }
    return found.map(\.text)
  }

  private mutating func limit(_ node: LocatedNode, _ path: String) -> (limit: TimeLimit, after: Spot?)? {
    let units = TimeLimit.Unit.allCases.map(\.rawValue)
    guard let members = object(node, path, keys: units + ["after"], required: []) else { return nil }
    let given = members.filter { units.contains($0.key) }
    guard given.count == 1, let one = given.first, let unit = TimeLimit.Unit(rawValue: one.key) else {
      if members.contains(where: { !units.contains($0.key) && $0.key != "after" }) { return nil }
      refuse(node, path, Name("one of \(units.joined(separator: ", ")) with a number, and perhaps after", "\(units.joined(separator: "、")) 之一及数值，可加 after"))
      return nil
    }
    guard let amount = number(one.value, path + "." + one.key, 1...100_000) else { return nil }
    let after = members.node("after")
    return (TimeLimit(amount, unit, after: after.flatMap { word($0, path + ".after") }), after?.spot)
  }

  // MARK: What only the whole shows

  mutating func checkSteps(_ anytime: [(pattern: EventPattern, spot: Spot)]) {
    let ids = steps.map(\.id)
    for (number, step) in steps.enumerated() {
      let spot = spots[number]
      if let after = step.limit?.after, !ids.contains(after) { refuseStep(after, ids, at: spot.after ?? spot.step, "within.after") }
      for (other, place) in zip(step.notBy, spot.notBy) where !ids.contains(other) || other == step.id {
        refuseStep(other, ids.filter { $0 != step.id }, at: place, "notBy")
      }
    }
    var seen: [(pattern: EventPattern, what: String)] = []
    for (pattern, spot, what) in zip(steps, spots).map({ ($0.pattern, $1.pattern, $0.id) })
      + anytime.map({ ($0.pattern, $0.spot, "anytime") })
    {
      for other in seen {
        let relation = pattern.relation(to: other.pattern)
        guard relation == .mixed || relation == .same && what == "anytime" else { continue }
        problems.add(
          Name(
            "an event could be meant by this and by \(other.what); allowed: conditions that exclude one another, or one within the other",
            "同一事件可能既属于此处，又属于 \(other.what)；条件须互斥，或一方包含另一方"), what, at: spot)
      }
      seen.append((pattern, what))
    }
  }

  private mutating func refuseStep(_ id: String, _ ids: [String], at spot: Spot, _ path: String) {
    let near = id.nearest(among: ids)
    let list = ids.prefix(20).joined(separator: ", ")
    problems.add(
      Name(
        "there is no step \"\(id.shortened)\"" + (near.map { "; perhaps \($0)" } ?? "") + "; allowed: \(list)",
        "没有步骤“\(id.shortened)”" + (near.map { "；是否为 \($0)" } ?? "") + "；可用：\(list)"), path, at: spot)
  }
}
