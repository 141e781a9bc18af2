import Conformance
import Projection
import Vocabulary
import Wire

/// Versions of procedures as rows.
public struct ProcedureList {
  public static let columns = [
    Column("sop", .text, "Procedure", "流程"), Column("version", .integer, "Version", "版本"),
    Column("title", .text, "Title", "名称"), Column("about", .text, "A case is a", "案例对象"),
    Column("steps", .integer, "Steps", "步骤数"), Column("from", .day, "In use from", "启用日期"),
    Column("until", .day, "Until", "停用日期"), Column("seq", .position, "Event", "事件"),
    Column("author", .text, "Published by", "发布人"), Column("hash", .text, "Hash", "哈希"),
  ]

  public static func rows(_ versions: [ProcedureVersion], in language: Language) -> [[Cell]] {
    versions.map { version in
      let procedure = version.procedure
      return [
        .text(procedure.id), .integer(Int64(procedure.version)), .text(procedure.title[language]), .text(procedure.about),
        .integer(Int64(procedure.steps.count)), version.from.map { .day($0) } ?? .null,
        version.until.map { .day($0) } ?? .null, Cell(version.seq), Cell(version.author), .text(version.hash),
      ]
    }
  }
}

/// The steps of a model, one row each, in the order of its file.
public struct StepRows {
  public static let columns = [
    Column("step", .text, "Step", "步骤"), Column("title", .text, "Title", "名称"), Column("activity", .text, "Recorded as", "记录为"),
    Column("by", .text, "By", "角色"), Column("notBy", .text, "Not by whoever did", "不得与此同人"),
    Column("within", .text, "Within", "时限"), Column("after", .text, "After", "自此步起"),
  ]

  public static func rows(_ procedure: Procedure, in language: Language) -> [[Cell]] {
    procedure.steps.map { step in
      [
        .text(step.id), .text(step.title[language]), .text(step.pattern.activity), .text(step.roles.joined(separator: " ")),
        .text(step.notBy.joined(separator: " ")),
        Cell(step.limit.map { "\($0.amount) \($0.unit.title[language])" }),
        Cell(step.limit.map { $0.after ?? procedure.steps.first?.id ?? "" }),
      ]
    }
  }
}

/// What is known of a net itself: how large it is, and whether work can follow it to its end.
public struct NetAnswer {
  private let model: ProcedureModel
  private let soundness: Soundness

  /// - Complexity: O(markings), at most `ConformanceLimit.markings`.
  public init(_ model: ProcedureModel) { (self.model, soundness) = (model, Soundness(of: model.net)) }

  public static let columns = [
    Column("model", .text, "Model", "模型"), Column("title", .text, "Title", "名称"), Column("about", .text, "A case is a", "案例对象"),
    Column("basis", .text, "After", "依据"), Column("places", .integer, "Places", "库所"),
    Column("transitions", .integer, "Transitions", "变迁"), Column("markings", .integer, "Markings", "标识"),
    Column("shortestRun", .integer, "Events of the shortest run", "最短运行的事件数"), Column("sound", .flag, "Sound", "健全"),
    Column("faults", .text, "Faults", "缺陷"),
  ]

  public func cells(in language: Language) -> [Cell] {
    let procedure = model.procedure
    return [
      .text(procedure.mark), .text(procedure.title[language]), .text(procedure.about),
      procedure.basis.map { .text($0) } ?? .absent,
      .integer(Int64(model.net.places.count)), .integer(Int64(model.net.transitions.count)), .integer(Int64(soundness.markings)),
      .integer(Int64(model.aligner.shortestRun)), soundness.isSound.map { .flag($0) } ?? .null,
      soundness.faults.isEmpty ? .absent : .text(soundness.faults.map { $0.text[language] }.joined(separator: "; ")),
    ]
  }

  /// The net as PNML (ISO/IEC 15909-2), which other tools of process mining read.
  public var pnml: String { model.net.pnml(name: model.procedure.mark) }
}

extension Soundness.Fault {
  fileprivate var text: Name {
    switch self {
    case .unbounded(let place): Name("tokens gather without end in \(place)", "托肯在 \(place) 中无限累积")
    case .stuck(let way): Name("stuck after \(Self.list(way))", "经 \(Self.list(way)) 后停滞")
    case .leftOver(let way): Name("tokens left over after \(Self.list(way))", "经 \(Self.list(way)) 后有残留托肯")
    case .dead(let transition): Name("\(transition) can never fire", "\(transition) 永远无法发生")
    case .noEnd: Name("the end cannot be reached", "无法到达终点")
    }
  }

  private static func list(_ way: [String]) -> String { way.suffix(10).joined(separator: " ") }
}
