import Projection
import Statistics
import Vocabulary
import Wire

// What is open at the end of a period, and what it and the months to come may bring.

extension ReportDesk {
  /// Open amounts by the quarter in which they are expected to close.
  func openDeals(_ deals: [ReportDeal], _ currency: String?) -> ReportSection {
    let open = deals.filter { $0.isOpen && $0.currency == currency }
    let groups = Dictionary(grouping: open) { deal in
      deal.record.day("expectedOn").map { $0 < last ? "–" : Period(.month, of: $0).description } ?? ""
    }
    let rows: [[Cell]] = groups.sorted { $0.key < $1.key }.map { month, deals in
      [
        .text(month), .count(deals.count), .integer(deals.reduce(0) { $0 + $1.value }),
        .integer(deals.reduce(0) { $0 + ($1.record.number("weightedMinor") ?? 0) }),
        .count(deals.reduce(0) { $0 + ($1.record.count("postponements") > 0 ? 1 : 0) }),
      ]
    }
    return ReportSection(
      "open", Name("Open opportunities by the month in which they are expected to close", "在途商机：按预计成交月份"),
      note: Name("–: the expected day has passed; empty: none was said.", "–：预计日期已过；空：未说明。"),
      [
        Column("month", .text, "Expected in", "预计月份"), Column("open", .integer, "Open", "在途"),
        .money("openMinor", Name("Amount", "金额"), currency), .money("weightedMinor", Name("By probability", "加权金额"), currency),
        Column("postponed", .integer, "Postponed before", "曾推迟"),
      ], rows, chart: ReportChart(.columns, "openMinor", by: "month"))
  }

  /// The days that a pipeline forecast looks ahead.
  static let pipelineDays = 92
  private static let seed: UInt64 = 20_261_127

  /// The forecast that models the time to close, beside the classical weighted pipeline.
  func pipeline(_ deals: [ReportDeal], _ currency: String?) throws -> ReportSection {
    let columns = [
      Column("figure", .text, "Figure", "指标", words: ReportDesk.pipelineWords), .money("minor", Name("Money", "金额"), currency),
      .money("lowerMinor", Name("From", "下限"), currency), .money("upperMinor", Name("To", "上限"), currency),
    ]
    let heading = Name("What the open opportunities may bring in \(ReportDesk.pipelineDays) days", "在途商机未来 \(ReportDesk.pipelineDays) 天的预期")
    do {
      let model = try PipelineModel(deals.compactMap(\.statistics), asOf: Int(last.number), value: .meanWon)
      let order = try PipelineForecast.Order(level: 0.9, draws: 500, seed: ReportDesk.seed)
      let forecast = try PipelineForecast(model, within: ReportDesk.pipelineDays, spread: order)
      let track = try? PipelineTrack.realised(deals.compactMap(\.statistics), last, ReportDesk.pipelineDays)
      return ReportSection(
        "pipeline", heading,
        note: Name(
          "By the age at which opportunities like these were won (competing risks, Aalen-Johansen), valued by the mean won; interval of 90 % by bootstrap (\(order.draws) draws, seed \(order.seed)). The weighted pipeline has no date: it says what would come if every open one closed.",
          "按同类商机在各时龄的赢单情况（竞争风险，Aalen-Johansen）估计，以平均赢单金额计值；90 % 区间由自助法得出（\(order.draws) 次，种子 \(order.seed)）。加权管道没有日期：它假定所有在途商机都会结案。")
          + (track ?? Name("", "")),
        columns,
        [
          [
            .text("forecast"), .money(forecast.money), .money(forecast.spread?.money.lower), .money(forecast.spread?.money.upper),
          ], [.text("weighted"), .money(forecast.weighted), .null, .null],
        ])
    } catch {
      return ReportSection("pipeline", heading, note: ReportDesk.refusal(error), columns, [])
    }
  }

  private static let pipelineWords = [
    Word("forecast", "Expected wins, by age", "按时龄的预期赢单"), Word("weighted", "Weighted pipeline", "加权管道"),
  ]

  static func refusal(_ error: FigureRefusal) -> Name {
    switch error {
    case .tooFew(let count, let needed):
      Name("Not forecast: \(needed) closed opportunities are needed, there are \(count).", "未作预测：至少需要 \(needed) 个已结商机，现有 \(count) 个。")
    default: Name("Not forecast: \(error).", "未作预测：\(error)。")
    }
  }
}

// MARK: The months to come

extension ReportDesk {
  private static let steps = 3

  /// Won amounts of the next months, by the model that missed least before, with its errors.
  func revenueForecast(_ deals: [ReportDeal], _ currency: String?) throws -> ReportSection {
    let won = deals.filter { $0.state == "won" && $0.closed.map { $0 <= last } == true }
    let newest = Period(.month, of: last)
    let isOver = newest.last == last
    var history: [Double] = []
    if let first = won.compactMap(\.closed).min() {
      var month = Period(.month, of: first).advanced(by: 1)  // the first month may have begun before the record
      while month < newest || (isOver && month == newest) {
        history.append(Double(won.filter { $0.isWon(in: month) }.reduce(0) { $0 + $1.value }))
        month = month.advanced(by: 1)
      }
    }
    let columns = [
      Column("month", .text, "Month", "月份"), .money("wonMinor", Name("Won, or forecast", "赢单或预测"), currency),
      .money("lowerMinor", Name("From", "下限"), currency), .money("upperMinor", Name("To", "上限"), currency),
    ]
    let heading = Name("Won amounts of the next months", "未来数月赢单金额预测")
    do {
      let forecast = try SeriesForecast(history, season: 12, steps: ReportDesk.steps)
      let firstAhead = isOver ? newest.advanced(by: 1) : newest
      let shown = min(13, history.count)
      let past: [[Cell]] = (0..<shown).map { place in
        [.text(firstAhead.advanced(by: place - shown).description), .money(history[history.count - shown + place]), .null, .null]
      }
      let ahead: [[Cell]] = forecast.points.enumerated().map { step, point in
        let band = forecast.intervals.indices.contains(step) ? forecast.intervals[step] : nil
        return [
          .text(firstAhead.advanced(by: step).description + "*"), .money(point), .money(band.map { max(0, $0.lower) }), .money(band?.upper),
        ]
      }
      return ReportSection(
        "next-months", heading, note: Name("Months with * are forecast. ", "带 * 的月份为预测。") + forecast.note, columns, past + ahead,
        chart: ReportChart(.line, "wonMinor", by: "month", bounds: ("lowerMinor", "upperMinor")))
    } catch {
      return ReportSection("next-months", heading, note: SeriesForecast.refusal(error), columns, [])
    }
  }
}
