import Projection
import Vocabulary
import Wire

/// What a comparison of two versions found, as `keshi rules whatif --format json` says it → the counts that a
/// publication carries, and the hash of the whole report.
public enum ImpactReport {
  public static let byteLimit = 64 << 20
  /// Moves that a publication carries; the report has all of them.
  public static let moveLimit = 200

  /// - Parameters:
  ///   - bytes: the report, at most one more than `byteLimit`.
  ///   - path: where it comes from, as faults name it.
  ///   - hash: of the rule that is published; a report about another is refused.
  /// - Throws: `E-RULE-IMPACT`.
  public static func counts(of bytes: [UInt8], from path: String, kind: String, hash: String) throws -> JSONObject {
    guard bytes.count <= byteLimit else { throw bad(Name("the report is too long", "试算报告过大"), path) }
    let report: JSONObject
    do {
      guard let object = try JSON(parsing: bytes.span).object else { throw bad(Name("it is no object", "不是对象"), path) }
      report = object
    } catch let error as JSONError {
      throw bad(Name("not a report of `keshi rules whatif`: \(error)", "不是 `keshi rules whatif` 的报告：\(error)"), path)
    }
    guard report.text("kind") == kind, let changed = report["moved"]?.int else {
      throw bad(Name("not a report about rule \(kind)", "不是关于规则 \(kind) 的报告"), path)
    }
    guard report["to"]?.object?.text("hash") == hash else {
      throw bad(Name("the report is about another version than this file", "报告针对的版本与此文件不同"), path)
    }
    return counts(of: report, changed: changed, hash: bytes.sha256Text)
  }

  private static func counts(of report: JSONObject, changed: Int64, hash: String) -> JSONObject {
    var impact: JSONObject = ["reportHash": .string(hash), "changed": .int(changed)]
    impact["fromVersion"] = report["from"]?.object?["version"]?.int.map { .int($0) }
    impact["asOf"] = report["asOf"]?.string.map { .string($0) }
    impact["position"] = report["position"]?.int.map { .int($0 + 1) }
    impact["subjects"] = report["subjects"]?.int.map { .int($0) }
    let moves = report.records("matrix").compactMap { cell -> JSON? in
      guard let count = cell["count"]?.int, cell["from"] != cell["to"] else { return nil }
      return [
        "from": .string(cell["from"]?.string ?? "–"), "to": .string(cell["to"]?.string ?? "–"), "count": .int(count),
      ]
    }
    if !moves.isEmpty { impact["moves"] = .array(Array(moves.prefix(moveLimit))) }
    if let money = report.records("money").first, let minor = money["minor"]?.int, let currency = money["cur"]?.string {
      impact["amountMinor"] = .int(minor)
      impact["cur"] = .string(currency)
    }
    return impact
  }

  private static func bad(_ what: Name, _ path: String) -> Trouble {
    Trouble(
      .badInput, "E-RULE-IMPACT", what, at: Name(same: path), unharmed: Unharmed.everything,
      remedy: Name(
        "give what `keshi rules whatif KIND FILE --format json` wrote for this file",
        "请给出 `keshi rules whatif 类别 文件 --format json` 针对此文件的输出"))
  }
}
