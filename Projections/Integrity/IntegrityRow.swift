import Events
public import Projection
public import Vocabulary
public import Wire

enum IntegrityMatter: UInt8, CodeSet {
  case rule = 1
  case report = 2
  case rebuild = 3
  case company = 4

  var word: Word {
    switch self {
    case .rule: Word("rule", "Version of a rule", "规则版本")
    case .report: Word("report", "Paper that went out", "已签发文件")
    case .rebuild: Word("rebuild", "Read model rebuilt", "读模型重建")
    case .company: Word("company", "All together", "合计")
    }
  }
}

public struct IntegrityRow: NamingRow {
  private let matter: IntegrityMatter
  private var ruleKind: Rule.Kind?
  private var version: Int64?
  private var effective: Instant?
  private var until: Instant?
  private var isInForce: Bool?
  private var approvedBy: Int64?
  private var proposedBy: Int64?
  private var reportKind: Report.Kind?
  private var count: Int?
  private var reportRule: Int64?
  private var ruleFrom: Int64?
  private var ruleTo: Int64?
  private var asOf: Instant?
  private var position: Int64?
  private var bytes: Int64?
  private var changed: Int64?
  private var milliseconds: Int64?
  private var codeVersion: Int64?
  private var hash: Int64?
  private var isSame: Bool?
  private var waiting: Int?
  private var rejected: Int?
  private var reports: Int?
  private var rebuilds: Int?
  private var recovered: Int?
  private var repaired: Int?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("kind", IntegrityMatter.self, "Kind", "类别"),
    .code("ruleKind", Rule.Kind.self, "Kind of rule", "规则类别"),
    Column("version", .integer, "Version", "版本"),
    Column("effective", .instant, "In force from", "生效起"),
    Column("until", .instant, "Until", "至"),
    Column("isInForce", .flag, "In force", "生效中"),
    Column("approvedBy", .text, "Approved by", "批准人"),
    Column("proposedBy", .text, "Proposed by", "提出人"),
    .code("reportKind", Report.Kind.self, "Kind of report", "报告类别"),
    Column("times", .integer, "Times", "次数"),
    Column("reportRule", .text, "Rule it speaks of", "所述规则"),
    Column("ruleFrom", .text, "Rule before", "原规则"),
    Column("ruleTo", .text, "Rule after", "新规则"),
    Column("stateOf", .instant, "State as of", "数据截至"),
    Column("restsOn", .position, "Newest event on which it rests", "所依据的最新事件"),
    Column("bytes", .integer, "Bytes", "字节数"),
    Column("changed", .integer, "Rows or subjects changed", "变化数"),
    Column("milliseconds", .integer, "Milliseconds", "毫秒数"),
    Column("codeVersion", .text, "Version of the program", "程序版本"),
    Column("hash", .text, "Hash, first 13 digits", "哈希（前 13 位）"),
    Column("isSame", .flag, "Issued again with the same hash", "再次签发哈希一致"),
    Column("waiting", .integer, "Proposals that wait", "待复核提案数"),
    Column("rejected", .integer, "Proposals rejected", "驳回提案数"),
    Column("reports", .integer, "Papers that went out", "已签发文件数"),
    Column("rebuilds", .integer, "Rebuilds", "重建次数"),
    Column("recovered", .integer, "Log recovered after a crash", "日志崩溃恢复次数"),
    Column("repaired", .integer, "Log repaired from a copy", "日志由副本修复次数"),
  ]

  public func values(_ names: any Names) -> [Value] {
    [
      Value(matter), ruleKind.map { Value($0) } ?? .null, Value(version), Value(effective), Value(until),
      isInForce.map { .flag($0) } ?? .null, Value(name: approvedBy, names), Value(name: proposedBy, names),
      reportKind.map { Value($0) } ?? .null, Value(count.map { Int64($0) }), Value(name: reportRule, names),
      Value(name: ruleFrom, names), Value(name: ruleTo, names), Value(asOf), Value(position), Value(bytes), Value(changed),
      Value(milliseconds), Value(name: codeVersion, names), IntegrityRow.text(ofHash: hash).map { .text($0) } ?? .null,
      isSame.map { .flag($0) } ?? .null, Value(waiting.map { Int64($0) }), Value(rejected.map { Int64($0) }),
      Value(reports.map { Int64($0) }), Value(rebuilds.map { Int64($0) }), Value(recovered.map { Int64($0) }),
      Value(repaired.map { Int64($0) }),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []

  /// The first 13 hexadecimal digits, as facts hold them.
  static func text(ofHash bits: Int64?) -> String? {
    guard let bits, bits >= 0 else { return nil }
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: max(0, 13 - digits.count)) + digits
  }
}

extension IntegrityRow {
  init(_ version: PublishedVersion, at now: Instant) {
    matter = .rule
    (since, because) = (version.effective, version.moment.seq)
    (ruleKind, self.version, effective, until) = (version.kind, version.number, version.effective, version.until)
    isInForce = version.isInForce(at: now)
    (approvedBy, proposedBy, hash) = (version.approvedBy, version.proposedBy, version.hash)
  }

  init(_ report: IssuedReports.Facts) {
    matter = .report
    (since, because) = (report.first.at, report.first.seq)
    (reportKind, count) = (Report.Kind(rawValue: report.kind), Int(report.issues))
    (reportRule, ruleFrom, ruleTo) = (report.ruleKind, report.ruleFrom, report.ruleTo)
    asOf = report.asOf == .min ? nil : Instant(microseconds: report.asOf)
    position = report.position < 0 ? nil : report.position
    bytes = report.bytes < 0 ? nil : report.bytes
    changed = report.changed < 0 ? nil : report.changed
    (hash, isSame) = (report.hash, report.issues > 1 ? report.hash == report.lastHash : nil)
  }

  init(_ rebuild: Rebuilds.Facts) {
    matter = .rebuild
    (since, because) = (rebuild.last.at, rebuild.last.seq)
    (count, hash, codeVersion) = (Int(rebuild.count), rebuild.hash, rebuild.codeVersion)
    position = rebuild.position < 0 ? nil : rebuild.position
    changed = rebuild.changed < 0 ? nil : rebuild.changed
    milliseconds = rebuild.milliseconds < 0 ? nil : rebuild.milliseconds
  }

  init(_ history: RuleHistory, _ heard: IntegrityHearing, at now: Instant) {
    matter = .company
    (since, because) = (heard.last?.at, heard.last?.seq)
    count = history.versions.count
    (waiting, rejected) = (history.waiting.count, history.rejected)
    reports = heard.reports.count
    rebuilds = heard.rebuilds.reduce(0) { $0 + Int($1.rebuild.count) }
    (recovered, repaired) = (Int(heard.recovered.count), Int(heard.repaired.count))
  }
}
