import Conformance
import Projection
import Vocabulary
import Wire

// Cases, what was done otherwise in each, and one case step by step.

extension ProcessCheck {
  private static let standings = CaseConformance.Standing.allCases.map { Word($0.rawValue, $0.title.en, $0.title.zh) }
  private static let kinds = CaseMove.Kind.allCases.map { Word($0.rawValue, $0.title.en, $0.title.zh) }

  public static let caseColumns = [
    Column("case", .text, "Case", "案例"), Column("model", .text, "Model", "模型"),
    Column("standing", .text, "State", "状态", words: standings), Column("begunAt", .instant, "Begun", "开始"),
    Column("lastAt", .instant, "Last event", "最近事件"), Column("events", .integer, "Events", "事件数"),
    Column("cost", .integer, "Cost", "代价"), Column("fitness", .integer, "Fitness", "拟合度"),
    Column("tokenFitness", .integer, "By tokens", "托肯拟合度"), Column("deviations", .integer, "Deviations", "偏差数"),
    Column("next", .text, "May come next", "下一步"), Column("dueAt", .instant, "Due", "时限"), Column("refused", .text, "Not judged", "未判断"),
  ]

  public func caseRows(in language: Language) -> [[Cell]] {
    results.indices.map { place in
      let head: [Cell] = [.text(cases[place].subject.description), .text(marks[place])]
      let times = [Cell(cases[place].first), Cell(cases[place].last), .integer(Int64(cases[place].events.count))]
      switch results[place] {
      case .failure(let refusal):
        return head + [.null] + times + [.null, .null, .null, .null, .null, .null, .text(refusal.message(in: language))]
      case .success(let one):
        return head + [.text(one.standing.rawValue)] + times + [
          .integer(Int64(one.alignment.cost)), ProcessCheck.share(one.alignment.fitness),
          ProcessCheck.share(one.replay?.fitness), .integer(Int64(one.deviations.count)),
          Cell(one.next.isEmpty ? nil : one.next.map(\.step.id).joined(separator: " ")), Cell(one.next.compactMap(\.due).min()),
          .absent,
        ]
      }
    }
  }

  public static let deviationColumns = [
    Column("case", .text, "Case", "案例"), Column("model", .text, "Model", "模型"),
    Column("deviation", .text, "Deviation", "偏差", words: Deviation.words), Column("step", .text, "Step", "步骤"),
    Column("title", .text, "Title", "名称"), Column("seq", .position, "Event", "事件"), Column("type", .text, "Type", "类型"),
    Column("at", .instant, "When", "时间"), Column("actor", .text, "Who", "办理人"), Column("role", .text, "As", "角色"),
    Column("training", .text, "Training", "培训", words: TrainingState.words), Column("trainingDetail", .text, "In words", "培训说明"),
    Column("dueAt", .instant, "Due", "时限"), Column("message", .text, "What", "说明"),
  ]

  public func deviationRows(in language: Language) -> [[Cell]] {
    results.indices.flatMap { place -> [[Cell]] in
      guard case .success(let one) = results[place] else { return [] }
      return one.deviations.map { deviation in
        let event = deviation.event
        return [
          .text(one.subject.description), .text(one.procedure), .text(deviation.code), Cell(deviation.step?.id),
          Cell(deviation.step?.title[language]), Cell(event?.seq), Cell(event?.type), Cell(event?.at), Cell(event?.actor),
          Cell(event?.role), .text(deviation.training.code), .text(deviation.training.title[language]), Cell(deviation.due),
          .text(deviation.message(in: language)),
        ]
      }
    }
  }

  public static let moveColumns = [
    Column("move", .text, "Move", "比对", words: kinds), Column("step", .text, "Step", "步骤"), Column("title", .text, "Title", "名称"),
    Column("seq", .position, "Event", "事件"), Column("type", .text, "Type", "类型"), Column("at", .instant, "When", "时间"),
    Column("actor", .text, "Who", "办理人"), Column("role", .text, "As", "角色"),
    Column("training", .text, "Training", "培训", words: TrainingState.words), Column("deviations", .text, "Deviations", "偏差"),
  ]

  /// A case beside its procedure, in order. `nil` where nothing was judged.
  public func moveRows(in language: Language) throws(CaseRefusal) -> [[Cell]] {
    guard let result = results.first else { return [] }
    let one = try result.get()
    return one.moves.map { move in
      let event = move.event
      let own = one.deviations.filter { move.isMeant(by: $0) }.map(\.code)
      let titles = own.map { code in Deviation.words.first { $0.text == code }?.title[language] ?? code }
      return [
        .text(move.kind.rawValue), Cell(move.step?.id), Cell(move.step?.title[language] ?? event.map { title(of: $0.type, in: language) }),
        Cell(event?.seq), Cell(event?.type), Cell(event?.at), Cell(event?.actor), Cell(event?.role), .text(move.training.code),
        Cell(titles.isEmpty ? nil : titles.joined(separator: ", ")),
      ]
    }
  }
}

extension CaseMove {
  fileprivate func isMeant(by deviation: Deviation) -> Bool {
    switch deviation.kind {
    case .skipped: kind == .skipped && step == deviation.step
    case .overdue: false
    default: kind != .skipped && event == deviation.event
    }
  }
}

extension Deviation {
  fileprivate var due: Instant? {
    switch kind {
    case .late(let due), .overdue(let due): due
    default: nil
    }
  }
}
