import Events
import Projection
import Vocabulary
import Wire

// Records of processing: which personal data are held for what, how long, who asked, who looked (GDPR article 30, PIPL
// articles 51 and 54 to 56). What only people know, such as the controller's name, is not in it and is not invented.

extension ReportDesk {
  func privacy() throws -> ReportContents {
    let people = try records("privacy")
    return ReportContents(
      figures: try privacyFigures(people),
      sections: [
        processed(), try kept(), try requests(people), consents(people), try looked(), try rights(),
      ])
  }

  private func privacyFigures(_ people: [ReportRecord]) throws -> [ReportFigure] {
    let then = try records("privacy", on: before.last)
    func sum(_ records: [ReportRecord], _ column: String) -> Double { Double(records.reduce(0) { $0 + $1.count(column) }) }
    func erased(_ records: [ReportRecord], in period: Period) -> Double {
      Double(records.count { $0.instant("erasedAt").map { period.contains($0.day) } == true })
    }
    return [
      ReportFigure(
        "people", Name("People known", "已知个人"), .count, Double(people.count { $0.text("contact") != nil }),
        before: Double(then.count { $0.text("contact") != nil }), Name("Contacts with a number of their own; names stand nowhere in it.", "有独立编号的联系人；报告中不含姓名。")),
      ReportFigure(
        "open-requests", Name("Requests open", "未办结申请"), .count, sum(people, "openRequests"), before: sum(then, "openRequests"),
        Name("To see, copy, correct, delete or restrict, not answered at the end.", "查阅、复制、更正、删除、限制等，期末未答复者。")),
      ReportFigure(
        "late-requests", Name("Requests late", "逾期申请"), .count, sum(people, "lateRequests"), before: sum(then, "lateRequests"),
        Name("Answered after the limit of the rule on time limits, or still owed.", "超过时限规则期限答复，或仍未答复。")),
      ReportFigure(
        "erased", Name("Erased in the period", "期内擦除"), .count, erased(people, in: period), before: erased(then, in: before),
        Name("People whose keys were destroyed; certificates stand in the data folder.", "已销毁密钥的个人；证书存于数据目录。")),
      ReportFigure(
        "holds", Name("Under a legal hold", "法律保全中"), .count, Double(people.count { $0.count("holds") > 0 }),
        before: Double(then.count { $0.count("holds") > 0 }), Name("Nothing of theirs may be erased.", "其数据不得擦除。")),
    ]
  }

  /// What the declarations of events say: which types hold personal values, of which categories.
  private func processed() -> ReportSection {
    let entries = Catalogue.keshi.entries.filter { !$0.declaration.personalFields.isEmpty }
    let words = PersonalCategory.allCases.map(\.word)
    let rows: [[Cell]] = entries.map { entry in
      let fields = entry.declaration.personalFields
      return [.text(entry.declaration.name), .integer(Int64(fields.count))]
        + PersonalCategory.allCases.map { category in .flag(fields.contains { $0.category == category }) }
    }
    return ReportSection(
      "categories", Name("What is recorded of people, by type of event", "各类事件所记录的个人信息"),
      note: Name("Every such value lies encrypted beside the log, under keys of that person and category.", "所有此类值均加密存于日志之外，密钥按个人与类别区分。"),
      [
        Column("type", .text, "Type of event", "事件类型", words: entries.map { Word($0.declaration.name, "\($0.declaration.title.en) (\($0.declaration.name))", "\($0.declaration.title.zh)（\($0.declaration.name)）") }),
        Column("fields", .integer, "Personal fields", "个人信息字段"),
      ] + words.map { Column("category-\($0.text)", .flag, $0.title.en, $0.title.zh) }, rows)
  }

  private func kept() throws -> ReportSection {
    let groups = Dictionary(grouping: try records("retention")) { $0.text("class") ?? "–" }
    let states = try words("retention", "state")
    return ReportSection(
      "retention", Name("How long records are kept", "保管期限"), note: Name("By the rule on retention in force at the end of the period.", "依期末有效的保管规则。"),
      [
        Column("class", .text, "Class of records", "档案类别"), Column("months", .integer, "Kept for months", "保管月数"),
        Column("then", .text, "Then", "到期处置", words: try words("retention", "then")), Column("basis", .text, "Because of", "依据"),
        Column("accounts", .integer, "Accounts", "账户数"),
      ] + states.map { Column("state-\($0.text)", .integer, $0.title.en, $0.title.zh) },
      groups.sorted { $0.key < $1.key }.map { name, records in
        [.text(name), Cell(records[0].number("months")), Cell(records[0].text("then")), Cell(records[0].text("basis")), .count(records.count)]
          + states.map { state in .count(records.count { $0.text("state") == state.text }) }
      })
  }

  private func requests(_ people: [ReportRecord]) throws -> ReportSection {
    let open = people.filter { $0.count("openRequests") > 0 || $0.count("lateRequests") > 0 || $0.flag("restricted") }
    return ReportSection(
      "requests", Name("Requests that are open or late, and restrictions", "未办结或逾期的申请与限制处理"),
      [
        Column("person", .text, "Person", "个人"), Column("requests", .text, "State", "状态", words: try words("privacy", "requests")),
        Column("open", .integer, "Open", "未办结"), Column("nextDueAt", .instant, "Due", "时限"), Column("late", .integer, "Late", "逾期"),
        Column("restricted", .flag, "Use restricted", "限制处理"),
      ],
      open.map {
        [
          .text($0.subject), Cell($0.text("requests")), .count($0.count("openRequests")), Cell($0.instant("nextDueAt")), .count($0.count("lateRequests")),
          .flag($0.flag("restricted")),
        ]
      })
  }

  private func consents(_ people: [ReportRecord]) -> ReportSection {
    var purposes: [String: (allowed: Int, withdrawn: Int)] = [:]
    func purposesIn(_ text: String?) -> [String] {
      (text ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }).map { String($0.drop { $0 == " " }) }
    }
    for person in people {
      for purpose in purposesIn(person.text("allowed")) { purposes[purpose, default: (0, 0)].allowed += 1 }
      for purpose in purposesIn(person.text("withdrawn")) { purposes[purpose, default: (0, 0)].withdrawn += 1 }
    }
    return ReportSection(
      "purposes", Name("Purposes to which people consented", "经同意的处理目的"),
      [
        Column("purpose", .text, "Purpose", "目的"), Column("allowed", .integer, "Consent in force", "同意有效"),
        Column("withdrawn", .integer, "Taken back", "已撤回"),
      ], purposes.sorted { $0.key < $1.key }.map { [.text($0.key), .count($0.value.allowed), .count($0.value.withdrawn)] })
  }

  /// Who looked at, printed or took out records in the months of the period.
  private func looked() throws -> ReportSection {
    let months = try records("access").filter { $0.text("month").flatMap { Period($0) }.map { period.contains($0) } == true }
    let people = Dictionary(grouping: months) { $0.text("person") ?? "–" }
    let columns = try columns("access").filter { !["person", "month"].contains($0.name) }
    return ReportSection(
      "access", Name("Who looked at personal and sensitive records", "敏感信息查阅与导出"), [Column("person", .text, "Person", "人员")] + columns,
      people.sorted { $0.key < $1.key }.map { person, records in
        [.text(person)] + columns.map { column in .integer(records.reduce(0) { $0 + ($1.number(column.name) ?? 0) }) }
      })
  }

  private func rights() throws -> ReportSection {
    let rights = try records("access-rights")
    let states = try words("access-rights", "state")
    return ReportSection(
      "rights", Name("Rights of access", "访问授权"), [Column("state", .text, "State", "状态", words: states), Column("rights", .integer, "Rights", "授权数")],
      rights.isEmpty ? [] : states.map { state in [.text(state.text), .count(rights.count { $0.text("state") == state.text })] })
  }
}
