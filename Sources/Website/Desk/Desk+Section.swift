import Answers
import Engine
import Pages
import Projection
import ReadModels
import Vocabulary
import Wire

// Parts of the composed pages: some rows of one model, counts of another.

extension Desk {
  /// A few rows of a model, with the way to all of them. Nothing where this program has no such model, or lacks one of
  /// the columns.
  func section(
    _ model: String, _ caption: Name, columns: [String], where conditions: [RowQuery.Condition] = [], by order: String? = nil,
    descends: Bool = false, limit: Int = 12, nothing: Name, chart: Bool = false
  ) throws -> [Block] {
    guard has(model) else { return [] }
    let projection = try snapshot.projection(model)
    let names = Set(projection.columns.map(\.name))
    let kept = conditions.filter { names.contains($0.column) }
    guard kept.count == conditions.count else { return [] }
    let query = RowQuery(kept, order: order.flatMap { names.contains($0) ? $0 : nil }, descends: descends, limit: limit)
    let page = try self.page(model, query)
    var table = try table(page, columns: columns, caption: "\(caption[language]) (\(counted(page)))")
    table.heads = table.heads.map { SiteTable.Head($0.title, isNumber: $0.isNumber, isShort: $0.isShort) }  // ordered by links of the whole table only
    table.nothing = nothing[language]
    table.note = lagging(page.shelved.behind) ?? ""
    if chart { table.chart = columns.first.flatMap { first in page.columns.first { $0.name == first } }.flatMap { column in table.heads.firstIndex { $0.title == column.title[language] } } }
    table.links = page.lines.isEmpty ? [] : [Link(say("All of them", "查看全部"), modelLink(model, conditions, order, descends))]
    return [.table(table)]
  }

  private func counted(_ page: ModelPage) -> String {
    (page.matching.isAtLeast ? "> " : "") + Int64(page.matching.count).grouped
  }

  func modelLink(_ model: String, _ conditions: [RowQuery.Condition] = [], _ order: String? = nil, _ descends: Bool = false) -> String {
    var query = conditions.map { ($0.relation.rawValue + "." + $0.column, Cell($0.value).plain) }
    if let order { query.append(("sort", (descends ? "-" : "") + order)) }
    let kept = asking.query.pairs.filter { Asking.kept.contains($0.name) }.map { ($0.name, $0.value) }
    return Address("/models/" + model, query + kept).text
  }

  /// How many rows have a value, as a number that leads to them. `nil` where there is no such model.
  func tile(
    _ model: String, _ title: Name, where conditions: [RowQuery.Condition], note: String = "", isUrgent: Bool = false, href: String? = nil
  ) throws -> Tile? {
    guard has(model) else { return nil }
    let shelved = try self.model(model)
    guard conditions.allSatisfy({ condition in shelved.model.columns.contains { $0.name == condition.column } }) else { return nil }
    let count = try shelf.count(of: shelved.model, conditions)
    return Tile(
      title[language], Int64(count).grouped, note: note, href: href ?? modelLink(model, conditions), isUrgent: isUrgent && count > 0)
  }

  /// How many rows have each word of a column, with sums of money, as a table with bars.
  func breakdown(
    _ model: String, by name: String, _ caption: Name, summing sum: String? = nil, where conditions: [RowQuery.Condition] = []
  ) throws -> [Block] {
    guard has(model) else { return [] }
    let shelved = try self.model(model)
    guard let column = shelved.model.columns.first(where: { $0.name == name }) else { return [] }
    let hasUnit = shelved.model.columns.contains { $0.name == "cur" }
    let groups = try shelf.groups(of: shelved.model, by: name, matching: conditions, summing: sum, per: sum != nil && hasUnit ? "cur" : nil)
    let all = max(1, groups.reduce(0) { $0 + $1.count })
    let words = column.words.map { Value.text($0.text) }
    let ordered = words.isEmpty ? groups : words.compactMap { word in groups.first { $0.value == word } } + groups.filter { !words.contains($0.value) }
    let rows = ordered.prefix(40).map { group -> [SiteCell] in
      let isNone = group.value == .null
      let title = isNone ? say("none", "无") : Cell(group.value).text(in: column, language)
      let share = Double(group.count) / Double(all)
      let money = group.sums.sorted { $0.key < $1.key }.map { "\($0.value.asMoney) \($0.key)" }.joined(separator: " · ")
      let row = [
        SiteCell(title, href: isNone ? "" : modelLink(model, conditions + [RowQuery.Condition(name, .equal, group.value)])),
        SiteCell(Int64(group.count).grouped), SiteCell((share * 100).fixed(1) + " %", share: share),
      ]
      return sum == nil ? row : row + [SiteCell(money)]
    }
    let heads = [
      SiteTable.Head(column.title[language]), .init(say("Number", "数量"), isNumber: true), .init(say("Share", "占比")),
    ]
    return [
      .table(
        SiteTable(
          caption[language], sum == nil ? heads : heads + [.init(say("Amount", "金额"), isNumber: true)], Array(rows),
          nothing: say("No rows.", "没有行。")))
    ]
  }
}
