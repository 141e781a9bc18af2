import Foundation
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

/// Rows whose columns hold few values, so that many are alike, and some nothing.
private struct Table {
  static let columns = [
    Column("level", .text, "Level", "级别", words: [Word("red", "Red", "红"), Word("none", "None", "无")]), Column("score", .integer, "Score", "得分"),
    Column("paid", .money, "Paid", "已付"), Column("cur", .text, "Currency", "币种"),
  ]
  let folder: Folder
  let rows: [ModelRow]
  let model: ReadModel

  init(seed: UInt64, count: Int = 120, indices: [String] = []) throws {
    folder = try Folder()
    var state = seed
    func roll(_ sides: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % sides)
    }
    rows = (0..<count).map { number in
      let score: Value = roll(5) == 0 ? .null : .integer(roll(6) - 2)
      let values: [Value] = [.text(roll(3) == 0 ? "red" : "none"), score, .integer(roll(100)), .text(roll(2) == 0 ? "CNY" : "USD")]
      return ModelRow(subject: "customer:" + String(1_000 + number), values: values, since: roll(4) == 0 ? nil : Instant(microseconds: roll(3) * 1_000_000))
    }
    _ = try folder.store.write(Sample.provenance(), columns: Table.columns, rows: rows, options: BuildOptions(indices: indices))
    model = try folder.store.open("lifecycle")
  }

  /// What a query should give, computed from the rows by hand.
  func expected(_ place: Int, descends: Bool) -> [String] {
    let filled = rows.filter { $0.values[place] != .null }.sorted { a, b in
      guard case .integer(let left) = a.values[place], case .integer(let right) = b.values[place] else { return false }
      return descends ? (right, b.subject) < (left, a.subject) : (left, a.subject) < (right, b.subject)
    }
    return (filled + rows.filter { $0.values[place] == .null }).map(\.subject)
  }
}

@Suite struct `A query of a read model` {
  @Test(arguments: [UInt64(1), 2, 3, 4], [true, false])
  func `gives every row once, page by page, in the order of a column`(seed: UInt64, descends: Bool) throws {
    let all = try Table(seed: seed, indices: seed % 2 == 0 ? ["score"] : [])
    for limit in [1, 7, 50, 120, 121] {
      var seen: [String] = []
      var query = RowQuery(order: "score", descends: descends, limit: limit)
      while true {
        let page = try all.model.rows(query)
        seen += page.map(\.subject)
        guard page.count == limit, let last = page.last else { break }
        query.after = RowQuery.Place(last.values[1], last.subject)
      }
      #expect(seen == all.expected(1, descends: descends), "seed \(seed), limit \(limit)")
    }
  }

  @Test func `orders by the subject, and by since when`() throws {
    let all = try Table(seed: 5)
    #expect(try all.model.rows(RowQuery(limit: 500)).map(\.subject) == all.rows.map(\.subject))
    #expect(try all.model.rows(RowQuery(descends: true, limit: 500)).map(\.subject) == all.rows.reversed().map(\.subject))
    let bySince = try all.model.rows(RowQuery(order: "since", limit: 500))
    let filled = bySince.prefix { $0.since != nil }
    #expect(filled.count == all.rows.count { $0.since != nil } && bySince.count == all.rows.count)
    #expect(zip(filled, filled.dropFirst()).allSatisfy { ($0.since ?? .distantPast) <= ($1.since ?? .distantPast) })
  }

  @Test func `narrows by what a column holds`() throws {
    let all = try Table(seed: 6)
    let conditions = [RowQuery.Condition("level", .equal, .text("red")), RowQuery.Condition("score", .atLeast, .integer(1)), RowQuery.Condition("paid", .atMost, .integer(60))]
    let wanted = all.rows.filter { row in
      guard case .integer(let score) = row.values[1], case .integer(let paid) = row.values[2] else { return false }
      return row.values[0] == .text("red") && score >= 1 && paid <= 60
    }
    #expect(try all.model.rows(RowQuery(conditions, limit: 500)).map(\.subject) == wanted.map(\.subject))
    #expect(!wanted.isEmpty && wanted.count < all.rows.count)
    #expect(try all.model.count(conditions, upTo: 1_000) == wanted.count)
    #expect(try all.model.count(conditions, upTo: 2) == 2)
    #expect(try all.model.count([RowQuery.Condition("score", .equal, .null)], upTo: 1_000) == all.rows.count { $0.values[1] == .null })
  }

  @Test func `counts by value, with sums that keep their units apart`() throws {
    let all = try Table(seed: 7)
    let groups = try all.model.groups(by: "level", summing: "paid", per: "cur")
    #expect(groups.reduce(0) { $0 + $1.count } == all.rows.count)
    for group in groups {
      let rows = all.rows.filter { $0.values[0] == group.value }
      #expect(group.count == rows.count)
      for unit in ["CNY", "USD"] {
        let sum = rows.filter { $0.values[3] == .text(unit) }.reduce(Int64(0)) { if case .integer(let paid) = $1.values[2] { $0 + paid } else { $0 } }
        #expect(group.sums[unit] == sum)
      }
    }
    #expect(try all.model.groups(by: "score").contains { $0.value == .null })
  }

  @Test func `refuses what the model has not`() throws {
    let model = try Table(seed: 8, count: 3).model
    #expect(code { () throws(ReadModelError) in try model.rows(RowQuery(order: "nope", limit: 1)) } == "E-MODEL-COLUMN")
    #expect(code { () throws(ReadModelError) in try model.rows(RowQuery(order: "score\" --", limit: 1)) } == "E-MODEL-COLUMN")
    #expect(code { () throws(ReadModelError) in try model.groups(by: "nope") } == "E-MODEL-COLUMN")
    #expect(code { () throws(ReadModelError) in try model.groups(by: "level", summing: "1); DROP") } == "E-MODEL-COLUMN")
    let wrong = RowQuery([RowQuery.Condition("score", .equal, .text("a"))], limit: 1)
    #expect(code { () throws(ReadModelError) in try model.rows(wrong) } == "E-MODEL-VALUE")
    let open = RowQuery([RowQuery.Condition("score", .atLeast, .null)], limit: 1)
    #expect(code { () throws(ReadModelError) in try model.rows(open) } == "E-MODEL-VALUE")
    #expect(code { () throws(ReadModelError) in try model.rows(RowQuery(limit: Limit.pageRows.value)) } == nil)
    #expect(code { () throws(ReadModelError) in try model.rows(RowQuery(limit: Limit.pageRows.value + 1)) } == "E-MODEL-LIMIT")
  }
}
