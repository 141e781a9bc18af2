import Pages
import Vocabulary

/// A part of the site that stands in the navigation.
struct Section {
  let path: String
  let title: Name
  let need: Need

  init(_ path: String, _ en: String, _ zh: String, _ need: Need = .read) {
    (self.path, self.title, self.need) = (path, Name(en, zh), need)
  }

  static let all = [
    Section("/", "Today", "今日"), Section("/customers", "Customers", "客户"), Section("/churn", "Churn", "流失预警"),
    Section("/contracts", "Contracts", "合同"), Section("/complaints", "Complaints", "投诉"), Section("/sales", "Sales", "销售"),
    Section("/team", "Team", "团队"), Section("/procedures", "Procedures", "规程"), Section("/record", "Record", "登记", .record),
    Section("/rules", "Rules", "规则", .readRules), Section("/models", "Models", "读模型"), Section("/audit", "Audit", "审计", .audit),
  ]
}

extension Asking {
  func frame(_ standing: Standing?) -> Frame {
    let other: Language = language == .en ? .zh : .en
    return Frame(
      language: language, navigation: navigation,
      otherLanguage: Link(other == .zh ? "中文" : "English", here(["lang": other.rawValue, "done": ""])),
      home: Link("Keshi 客史", link("/")), user: user.name, search: query["q"] ?? "", searchAction: "/search",
      clock: clock, banner: banner(standing), footer: footer(standing), styles: Assets.styles, scripts: Assets.scripts, token: token)
  }

  private var navigation: [Link] {
    Section.all.filter { user.may($0.need) }.map { section in
      let isHere = section.path == "/" ? path == "/" : path == section.path || path.hasPrefix(section.path + "/")
      return Link(section.title[language], link(section.path), isCurrent: isHere)
    }
  }

  /// The fields that say from where the reader looks; what else the address says is kept.
  private var clock: Form {
    let others = query.pairs.filter { !["as_of", "known_at", "rule", "after", "done"].contains($0.name) }
    return Form(
      "", .get, path,
      [
        Form.Field(
          "as_of", say("As of (business time)", "截至（业务时间）"), .line(type: "text"), value: query["as_of"] ?? "",
          hint: say("2026-06-30, or a time with zone. Empty: now.", "2026-06-30，或带时区的时间。留空：现在。"), limit: 40),
        Form.Field(
          "known_at", say("As known at (recording time)", "当时所知（入账时间）"), .line(type: "text"), value: query["known_at"] ?? "",
          hint: say("A day, a time, or the number of an event.", "日期、时间或事件序号。"), limit: 40),
        Form.Field(
          "rule", say("By another version of a rule", "按规则的其他版本"), .line(type: "text"), value: query.all("rule").last ?? "",
          hint: say("Such as churn=2.", "例如 churn=2。"), limit: 60),
      ] + others.map { Form.Field($0.name, $0.name, .hidden, value: $0.value) },
      submit: say("Look from there", "从该时点查看"), isCompact: true)
  }

  private func banner(_ standing: Standing?) -> Notice? {
    let set = ["as_of", "known_at"].compactMap { name in query[name].map { name.replacing("_", with: "-") + " " + $0 } } + query.all("rule")
    guard !set.isEmpty else { return nil }
    let what = set.joined(separator: " · ")
    return Notice(
      .caution, say("You do not look at the present: \(what).", "您查看的不是当前：\(what)。"),
      details: standing.map {
        [say("As of \($0.asOf), from \($0.seen) of \($0.events) events.", "截至 \($0.asOf)，依据 \($0.events) 个事件中的前 \($0.seen) 个。")]
      } ?? [],
      links: [Link(say("Back to the present", "返回当前"), here(["as_of": "", "known_at": "", "rule": ""]))])
  }

  private func footer(_ standing: Standing?) -> [String] {
    guard let standing else { return ["Keshi 客史"] }
    return [
      "Keshi 客史", say("As of \(standing.asOf.short)", "截至 \(standing.asOf.short)"),
      say("Newest event: \(max(0, standing.seen - 1))", "最新事件：\(max(0, standing.seen - 1))"),
      say("Asked by \(user.name) at \(now.short)", "查询人 \(user.name)，时间 \(now.short)"), here(["done": ""]),
    ]
  }
}
