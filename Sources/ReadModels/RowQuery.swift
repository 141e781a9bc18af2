public import Projection

/// Some rows of a read model, in an order, a page at a time.
public struct RowQuery: Hashable, Sendable {
  /// What a column must hold.
  public struct Condition: Hashable, Sendable {
    public enum Relation: String, Hashable, Sendable, CaseIterable {
      case equal = "is"
      case atLeast = "min"
      case atMost = "max"
    }
    public let column: String
    public let relation: Relation
    public let value: Value

    /// - Parameter value: `.null` asks for rows in which the column is empty, with `.equal` only.
    public init(_ column: String, _ relation: Relation = .equal, _ value: Value) {
      (self.column, self.relation, self.value) = (column, relation, value)
    }
  }

  /// Where a page begins: behind the row of this subject, which has this value in the column that orders.
  public struct Place: Hashable, Sendable {
    public let value: Value
    public let subject: String

    public init(_ value: Value, _ subject: String) { (self.value, self.subject) = (value, subject) }
  }

  public var conditions: [Condition]
  /// The column by which the rows are ordered; `nil` for the order of the subjects.
  public var order: String?
  public var descends: Bool
  public var after: Place?
  /// At most `Limit.pageRows`.
  public var limit: Int

  public init(
    _ conditions: [Condition] = [], order: String? = nil, descends: Bool = false, after: Place? = nil, limit: Int
  ) {
    (self.conditions, self.order, self.descends, self.after, self.limit) = (conditions, order, descends, after, limit)
  }
}

/// How many rows have a value in a column, and what another column sums to over them.
public struct RowGroup: Hashable, Sendable {
  public let value: Value
  public let count: Int
  /// By the values of a third column, such as the currency: sums of different currencies are not added.
  public let sums: [String: Int64]
}

extension ReadModel {
  /// A page of rows. Rows whose column is empty come last, whichever way the others are ordered.
  ///
  /// Complexity: with an index over the column, or in the order of the subjects, as many rows as are given; else one
  /// pass over the rows, of which never more than a page is held.
  /// - Throws: `badColumn`, `badValue`, `limit`, `damaged` or `io`.
  public func rows(_ query: RowQuery) throws(ReadModelError) -> [ModelRow] {
    guard (0...Limit.pageRows.value).contains(query.limit) else { throw .limit(.pageRows, found: query.limit) }
    let filter = try filter(query.conditions)
    guard let order = query.order else {
      return try page(filter, by: "subject", descends: query.descends, after: query.after.map { [$0.subject] }, query.limit)
    }
    let column = try column(order)
    var rows: [ModelRow] = []
    let isInEmpty = query.after?.value == .null
    if !isInEmpty {
      let behind = query.after.map { [$0.value, .text($0.subject)] }
      let filled = Filter(filter.sql + " AND \"\(column.name)\" IS NOT NULL", filter.arguments)
      rows = try page(filled, ordered: column, descends: query.descends, after: behind, query.limit)
    }
    guard rows.count < query.limit else { return rows }
    let empty = Filter(filter.sql + " AND \"\(column.name)\" IS NULL", filter.arguments)
    let subject = isInEmpty ? query.after.map { [$0.subject] } : nil
    return rows + (try page(empty, by: "subject", descends: false, after: subject, query.limit - rows.count))
  }

  /// How many rows have each value of a column, with the sums of another.
  ///
  /// Complexity: one pass over the rows. - Parameter limit: more values than these are not told; the most frequent are.
  public func groups(
    by name: String, matching conditions: [RowQuery.Condition] = [], summing sum: String? = nil, per unit: String? = nil,
    limit: Int = 200
  ) throws(ReadModelError) -> [RowGroup] {
    let column = try column(name)
    let filter = try filter(conditions)
    let amount = try sum.map { name throws(ReadModelError) in "sum(\"\(try self.column(name).name)\")" } ?? "0"
    let per = try unit.map { name throws(ReadModelError) in "\"\(try self.column(name).name)\"" } ?? "NULL"
    let sql = """
      SELECT "\(column.name)", \(per), count(*), \(amount) FROM "\(layout.name)" WHERE \(filter.sql)
      GROUP BY 1, 2 ORDER BY 3 DESC LIMIT \(limit)
      """
    return try file.run { db throws(ReadModelError) in
      let statement = try db.prepare(sql, filter.arguments)
      let cursor = RowCursor(statement: statement, columns: [column])
      var groups: [RowGroup] = []
      while try statement.step() {
        let value = try cursor.value(0, column.kind)
        let sums = statement.isNull(1) || statement.isNull(3) ? [:] : [try statement.text(1): statement.integer(3)]
        groups.append(RowGroup(value: value, count: Int(statement.integer(2)), sums: sums))
      }
      return groups
    }.merged
  }

  /// How many rows a query would give without its limit, counted up to a bound.
  public func count(_ conditions: [RowQuery.Condition], upTo bound: Int) throws(ReadModelError) -> Int {
    let filter = try filter(conditions)
    return try file.run { db throws(ReadModelError) in
      let sql = "SELECT count(*) FROM (SELECT 1 FROM \"\(layout.name)\" WHERE \(filter.sql) LIMIT \(max(0, bound)))"
      return Int(try db.number(sql, filter.arguments))
    }
  }

  private struct Filter {
    let sql: String
    let arguments: [SQLValue]

    init(_ sql: String, _ arguments: [SQLValue]) { (self.sql, self.arguments) = (sql, arguments) }
  }

  private func column(_ name: String) throws(ReadModelError) -> Column {
    if name == "since" { return Column("since", .instant, "", "") }
    guard let column = columns.first(where: { $0.name == name }) else { throw .badColumn(name, model: layout.name) }
    return column
  }

  private func filter(_ conditions: [RowQuery.Condition]) throws(ReadModelError) -> Filter {
    var sql = "1"
    var arguments: [SQLValue] = []
    for condition in conditions {
      let column = try column(condition.column)
      guard column.kind.accepts(condition.value), condition.relation == .equal || condition.value != .null else {
        throw .badValue(subject: "?", column: condition.column, model: layout.name)
      }
      let relation = switch condition.relation { case .equal: "IS"; case .atLeast: ">="; case .atMost: "<=" }
      sql += " AND \"\(column.name)\" \(relation) ?"
      arguments.append(SQLValue(condition.value))
    }
    return Filter(sql, arguments)
  }

  private func page(
    _ filter: Filter, by key: String, descends: Bool, after: [String]?, _ limit: Int
  ) throws(ReadModelError) -> [ModelRow] {
    let behind = after == nil ? "" : " AND \(key) \(descends ? "<" : ">") ?"
    return try page(
      "WHERE \(filter.sql)\(behind) ORDER BY \(key) \(descends ? "DESC" : "ASC") LIMIT \(limit)",
      filter.arguments + (after ?? []).map { .text($0) })
  }

  private func page(
    _ filter: Filter, ordered column: Column, descends: Bool, after: [Value]?, _ limit: Int
  ) throws(ReadModelError) -> [ModelRow] {
    let way = descends ? "DESC" : "ASC"
    let behind = after == nil ? "" : " AND (\"\(column.name)\", subject) \(descends ? "<" : ">") (?, ?)"
    return try page(
      "WHERE \(filter.sql)\(behind) ORDER BY \"\(column.name)\" \(way), subject \(way) LIMIT \(limit)",
      filter.arguments + (after ?? []).map { SQLValue($0) })
  }
}

extension [RowGroup] {
  /// One group for each value, with the sums of all its units.
  fileprivate var merged: [RowGroup] {
    var order: [Value] = []
    var found: [Value: (count: Int, sums: [String: Int64])] = [:]
    for group in self {
      if found[group.value] == nil { order.append(group.value) }
      found[group.value, default: (0, [:])].count += group.count
      found[group.value]?.sums.merge(group.sums) { $0 &+ $1 }
    }
    return order.compactMap { value in found[value].map { RowGroup(value: value, count: $0.count, sums: $0.sums) } }
  }
}
