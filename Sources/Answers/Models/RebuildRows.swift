import Engine
import Projection
import ReadModels
import Vocabulary
import Wire

extension RebuildStep {
  /// What a rebuild is at, for people.
  public var title: Name {
    switch self {
    case .deriving: Name("Reading the log", "读取日志")
    case .folding: Name("Folding", "归集")
    case .writing(let model): Name("Writing \(model)", "写入 \(model)")
    case .timeline: Name("Timelines", "时间线")
    }
  }
}

extension RebuildReport {
  public static let columns = [
    Column("projection", .text, "Read model", "读模型"), Column("events", .integer, "Events", "事件数"),
    Column("rows", .integer, "Rows", "行数"), Column("changed", .integer, "Changed", "变化"),
    Column("seconds", .integer, "Seconds", "秒"), Column("eventsPerSecond", .integer, "Events/s", "事件/秒"),
    Column("outputHash", .text, "Hash of the rows", "结果哈希"),
  ]

  public var cells: [Cell] {
    [
      .text(projection), .integer(events), .integer(rows), .integer(changed), .decimal(seconds, places: 3),
      .decimal(eventsPerSecond, places: 0), .text(outputHash),
    ]
  }
}

extension RollBackReport {
  public static let columns = [
    Column("projection", .text, "Read model", "读模型"), Column("rows", .integer, "Rows", "行数"),
    Column("changed", .integer, "Changed", "变化"), Column("asOf", .instant, "As of", "截至"),
    Column("position", .position, "Newest event", "最新事件"), Column("rule", .text, "Rule", "规则"),
    Column("outputHash", .text, "Hash of the rows", "结果哈希"),
  ]

  public var cells: [Cell] {
    [
      .text(projection), .integer(Int64(rows)), .integer(Int64(changed)), .instant(provenance.asOf),
      .integer(provenance.position - 1), Cell(provenance.rule?.description), .text(outputHash),
    ]
  }
}

extension DriftReport {
  public static let columns = [
    Column("projection", .text, "Read model", "读模型"), Column("verdict", .text, "Verdict", "结论", words: verdicts),
    Column("rows", .integer, "Rows", "行数"), Column("missing", .integer, "Missing", "缺失"),
    Column("extra", .integer, "Too many", "多余"), Column("changed", .integer, "Changed", "不符"),
    Column("position", .position, "Newest event", "最新事件"), Column("subjects", .text, "Rows concerned", "相关行"),
  ]

  private static let verdicts = [
    Word("sound", "Sound", "一致"), Word("drifted", "Drifted", "已漂移"), Word("outdated", "Outdated", "已过时"),
    Word("absent", "Absent", "不存在"),
  ]

  /// - Parameter asList: the subjects as a list, which JSON has; else in one text.
  public func cells(asList: Bool) -> [Cell] {
    let subjects = comparison.changes.map(\.subject)
    return [
      .text(projection), .text(verdict.rawValue), .integer(Int64(rows)), .integer(Int64(comparison.added)),
      .integer(Int64(comparison.removed)), .integer(Int64(comparison.changed)), Cell(provenance.map { $0.position - 1 }),
      asList ? .json(.array(subjects.map { .string($0) })) : .text(subjects.joined(separator: " ")),
    ]
  }

  /// Whether nothing is wrong: the rows are those that the log gives, or there are none.
  public var isSound: Bool { verdict == .sound || verdict == .absent }
}
