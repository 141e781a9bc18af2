import Conformance
import Projection
import Vocabulary
import Wire

// How a procedure was followed, over all cases: fitness by both methods with both averages, and what was found.

extension ProcessCheck {
  private static let methods = [
    Word("alignment", "Optimal alignment", "最优对齐"), Word("replay", "Token replay", "托肯重放"),
  ]

  /// A row for each method: of each version that judged cases, and, where there are several, of all together. The
  /// averages speak of the cases that are over.
  public static let summaryColumns = [
    Column("model", .text, "Model", "模型"), Column("method", .text, "Method", "方法", words: methods),
    Column("cases", .integer, "Cases over", "已结束案例"), Column("fitting", .integer, "Fit", "完全符合"),
    Column("meanTraceFitness", .integer, "Mean of cases", "案例均值"),
    Column("logFitness", .integer, "Whole log", "日志整体"),
    Column("totalCost", .integer, "Cost", "代价"), Column("running", .integer, "Running", "进行中"),
    Column("abandoned", .integer, "Abandoned", "已中止"), Column("conforming", .integer, "Flawless", "无偏差"),
    Column("refused", .integer, "Not judged", "未判断"), Column("asOf", .instant, "As of", "截至"),
    Column("position", .position, "Newest event", "最新事件"),
  ]

  public var summaryRows: [[Cell]] {
    let used = procedures.map(\.mark).filter(Set(marks).contains)
    let versions = used.count < 2 ? [] : used.flatMap { mark in
      rows(of: ConformanceSummary(results.indices.filter { marks[$0] == mark }.map { results[$0] }), mark)
    }
    return versions + rows(of: summary, mark)
  }

  private func rows(of summary: ConformanceSummary, _ mark: String) -> [[Cell]] {
    [("alignment", summary.alignment), ("replay", summary.replay)].map { method, fitness in
      let isAlignment = method == "alignment"
      return [
        .text(mark), .text(method), .integer(Int64(fitness.cases)), .integer(Int64(fitness.fitting)),
        ProcessCheck.share(fitness.meanTraceFitness), ProcessCheck.share(fitness.logFitness),
        isAlignment ? .integer(Int64(fitness.totalCost)) : .null, .integer(Int64(summary.running)),
        .integer(Int64(summary.abandoned)), .integer(Int64(summary.conforming)), .integer(Int64(fitness.refused)),
        .instant(asOf), .integer(position - 1),
      ]
    }
  }

  static func share(_ fitness: Double?) -> Cell { fitness.map { .decimal($0, places: 6) } ?? .null }

  public static let findingColumns = [
    Column("deviation", .text, "Deviation", "偏差", words: Deviation.words), Column("step", .text, "Step", "步骤"),
    Column("title", .text, "Title", "名称"), Column("count", .integer, "How often", "次数"),
    Column("cases", .integer, "Cases", "案例数"), Column("untrained", .integer, "Of these untrained", "其中未经培训"),
  ]

  /// The most frequent first.
  public func findingRows(in language: Language) -> [[Cell]] {
    summary.findings.map { finding in
      [
        .text(finding.code), Cell(finding.step?.id), Cell(finding.step?.title[language]), .integer(Int64(finding.count)),
        .integer(Int64(finding.cases)), .integer(Int64(finding.untrained)),
      ]
    }
  }

  /// What a reader should know beside the rows.
  public var notes: [Name] {
    let summary = summary
    var notes: [Name] = []
    if cases.isEmpty { notes.append(Name("No case of \(mark) is seen from there.", "从该时点看不到 \(mark) 的任何案例。")) }
    if summary.running > 0 {
      notes.append(
        Name(
          "\(summary.running) running cases are not in the averages: what they still lack may come.",
          "\(summary.running) 个进行中的案例未计入平均：其所缺步骤仍可能发生。"))
    }
    if summary.refused > 0 {
      notes.append(
        Name("\(summary.refused) cases passed a limit and were not judged; --by case says which.", "\(summary.refused) 个案例超出上限，未作判断；--by case 可查看。"))
    }
    return notes
  }
}
