import Answers
import Engine
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import Pages

/// What might be read as markup: plainly, behind a sign that Unicode joins with the next, before a mark that clings.
private let hostile = [
  #"<script>alert(1)</script>"#, #"" onclick="alert(1)"#, "' onclick='x", "\u{600}<script>", "\u{600}\" onclick=x ", "\"\u{301} onclick=x ",
  "&lt;\u{301}", "</style></main>", "{{title}}{{{title}}}", "\u{202E}txet", "a\u{1B}[2J", "-->", "]]>",
]

/// A contract whose words are `word` wherever a person could write them.
private func contract(_ word: String) throws -> Company {
  let word = JSON.string(word).canonical
  let hash = String(repeating: "ab", count: 32)
  func line(_ type: String, _ at: String, _ data: String) -> String {
    #"{"type":"contract.\#(type)","subject":"contract:K1","occurredAt":"\#(at)","actor":"li","reason":"r","data":\#(data)}"#
  }
  return try Company([
    line("drafted", "2025-01-10", #"{"customer":"C1","totalMinor":100,"cur":"CNY","clauses":[{"key":\#(word),"value":\#(word)},{"key":"2","value":"ten days"}]}"#),
    line("signed", "2025-02-01", #"{"version":1,"party":"us","signatory":\#(word),"certificateHash":"\#(hash)"}"#),
    line("amended", "2025-06-01", #"{"fromVersion":1,"toVersion":2,"totalMinor":200,"cur":"CNY","assent":[{"party":"us","evidenceHash":"\#(hash)"}],"clauseChanges":[{"key":"2","before":"ten days","after":\#(word),"proposedBy":"them"}]}"#),
  ])
}

/// Three customers of whom one has an owner called `word`.
private func company(_ word: String) throws -> Company {
  try Company([
    #"{"type":"owner.changed","subject":"customer:2","data":{"role":"owner","to":\#(JSON.string(word).canonical),"cause":"assign"},"occurredAt":"2025-01-05","reason":"new"}"#,
    #"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2025-01-06"}"#,
    #"{"type":"order.placed","subject":"order:2","data":{"customer":"2","totalMinor":5000,"cur":"USD"},"occurredAt":"2025-01-07"}"#,
    #"{"type":"order.placed","subject":"order:4","data":{"customer":"1","totalMinor":100,"cur":"CNY"},"occurredAt":"2025-06-01"}"#,
  ])
}

/// What was won and lost by people, for reasons, from sources and against competitors called `word`.
private func seller(_ word: String) throws -> Company {
  let word = JSON.string(word).canonical
  func deal(_ id: String, _ outcome: String) -> [String] {
    [
      #"{"type":"opportunity.opened","subject":"opportunity:\#(id)","data":{"customer":"1","amountMinor":500,"cur":"CNY","stage":\#(word)},"occurredAt":"2025-01-06"}"#,
      #"{"type":"opportunity.closed","subject":"opportunity:\#(id)","data":{"outcome":"\#(outcome)","finalMinor":500,"reasonCodes":[\#(word)]},"occurredAt":"2025-02-06","reason":"r"}"#,
    ]
  }
  return try Company(
    [#"{"type":"owner.changed","subject":"customer:1","data":{"role":"owner","to":\#(word),"cause":"assign"},"occurredAt":"2025-01-05","reason":"new"}"#]
      + deal("A", "won") + deal("B", "lost")
      + [#"{"type":"order.placed","subject":"order:4","data":{"customer":"1","totalMinor":100,"cur":"CNY"},"occurredAt":"2025-03-31"}"#])
}

/// Every kind of page, made of answers in which people wrote `word`.
private func page(_ kind: PageKind, _ word: String, in language: Language) throws -> Page {
  switch kind {
  case .site: return sitePage(word, in: language)
  // Where to go next stands in an attribute; ServeTests holds that no sign of it ends one.
  case .signIn: return Page.signIn(next: "/word", refused: true, in: language)
  case .problem:
    let trouble = Trouble.usage(Name("a \(word)", "问题 \(word)"), remedy: Name(word, word)).at(Name(word, word)).listing([Name(word, word)])
    return Page.problem(trouble, in: language)
  case .redline:
    return try contract(word).ask { snapshot in
      Page.redline(try RedlineAnswer(ContractReading("K1", view: .present, in: snapshot), from: 1, to: 2), in: language)
    }
  case .report:
    return try seller(word).askStore { store in
      Page.report(try ReportAnswer(.sales, try #require(Period("2025Q1")), of: store), in: language)
    }
  case .record:
    return try contract(word).ask { snapshot in
      let reading = try ContractReading("K1", view: .present, in: snapshot)
      return Page.contract(ContractAnswer(reading, try reading.version(2)), in: language)
    }
  case .ruleDifference:
    return try company(word).ask { snapshot in
      let rule = try snapshot.rule(of: "churn", in: .present)
      var body = rule.rule.body
      body["silenceDays"] = 91
      let draft = PublishedRule.candidate("churn", version: 2, why: Name("a", "甲"), body)
      let comparison = try RuleDiffReport.comparison(from: rule, to: draft, view: .present, in: snapshot)
      return Page.ruleDifference(try RuleDiffReport(comparison, view: .present, in: snapshot), in: language)
    }
  }
}

/// A page of the site with every part that there is, in each of which people wrote `word`.
private func sitePage(_ word: String, in language: Language) -> Page {
  let title = language == .zh ? "页面" : "Page"
  let link = Link(word, "/" + word, isCurrent: true, isButton: true)
  let cell = SiteCell(word, href: word, why: word, mark: .urgent, share: 0.5)
  let fields: [Form.Field] = [
    Form.Field("a", word, .line(type: "text"), value: word, hint: word, faults: [word, word], isRequired: true, limit: 9),
    Form.Field("b", word, .lines(rows: 2), value: word + "\n" + word), Form.Field("c", word, .choice([(word, word), ("x", "y")]), value: word),
    Form.Field("d", word, .tick, value: "true"), Form.Field("e", word, .hidden, value: word + "\n" + word),
  ]
  let form = Form(title, .post, "/" + word, fields, submit: word)
  var table = SiteTable(word, [.init(title, isNumber: true, href: word, order: .descending)], [[cell]], nothing: word, note: word, links: [link])
  table.chart = 0
  let blocks: [Block] = [
    .heading(title), .paragraph(word), .notice(Notice(.refusal, word, details: [word], links: [link])), .facts([Fact(title, cell)]), .links([link]),
    .table(table), .table(SiteTable(word, [], [], nothing: word)), .form(form),
    .timeline([TimelineDay(title, [.init(word, text: word, about: word, links: [link])])]),
    .board([BoardColumn(title, count: word, [.init(link, mark: .warning, lines: [word], links: [link])], more: [link], nothing: word)]),
    .tiles([Tile(word, word, note: word, href: word, isUrgent: true)]), .sheets([Sheet(title, [Fact(title, cell)], links: [link])]),
    .changes([Passage(title, note: word, [.kept(word), .deleted(word), .inserted(word)])]), .code(word + "\n" + word),
    .progress(Progress(word, done: 1, total: 2, note: word, href: word)),
  ]
  let frame = Frame(
    language: language, navigation: [link], otherLanguage: link, home: link, user: word, search: word, searchAction: "/search",
    clock: Form("", .get, "/" + word, [], submit: word), banner: Notice(.caution, word), footer: [word], styles: ["/assets/site.css"],
    scripts: ["/assets/site.js"], token: word, refresh: 3)
  return Page.site(title, blocks, in: frame)
}

@Suite struct `A page` {
  @Test(arguments: PageKind.allCases, Language.allCases)
  func `is given every value that its template asks for`(kind: PageKind, language: Language) throws {
    var missing: [String] = []
    let html = try page(kind, "word", in: language).html { missing.append($0) }
    #expect(missing == [])
    #expect(Tags(html).fault == nil)
    #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(language == .zh ? "zh-CN" : "en")\">") && html.hasSuffix("</html>\n"))
    #expect(html.contains("word"))
  }

  @Test(arguments: PageKind.allCases.filter { $0 != .site }, Language.allCases)
  func `reads nothing that a person wrote as markup`(kind: PageKind, language: Language) throws {
    let plain = Tags(try page(kind, "word", in: language).html)
    for word in hostile {
      let html = try page(kind, word, in: language).html
      #expect(Tags(html) == plain, "\(word)")
      #expect(!html.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
      #expect(!html.contains("onclick=\"") && !html.contains("onclick='"), "\(word)")
    }
  }

  @Test(arguments: PageKind.allCases) func `speaks one language`(kind: PageKind) throws {
    let body = { (language: Language) in String(try page(kind, "word", in: language).html.split(separator: "<main")[1]) }
    #expect(!(try body(.en).isChinese))
    for tag in ["<h1>", "<h2>", "<dt>", "<th scope=\"col\">"] {
      for heading in try body(.zh).components(after: tag) {
        #expect(heading.isChinese || !heading.contains { $0.isLetter }, "\(tag)\(heading)")
      }
    }
  }

  @Test(arguments: [PageKind.redline, .ruleDifference]) func `to keep has the same bytes each time, and needs nothing else`(kind: PageKind) throws {
    let html = try page(kind, "word", in: .zh).html
    #expect(try page(kind, "word", in: .zh).html.count == html.count)
    for word in ["<script", "http:", "https:", "url(", "@import", "<link", "<img"] { #expect(!html.contains(word), "\(word)") }
  }
}

@Suite struct `A page of the site` {
  @Test(arguments: Language.allCases) func `has its parts where a browser and a screen reader look for them`(language: Language) {
    let html = sitePage("word", in: language).html
    #expect(html.contains("<a class=\"skip\" href=\"#main\">") && html.contains("<main id=\"main\""))
    #expect(html.contains("aria-sort=\"descending\"") && html.contains("aria-invalid=\"true\"") && html.contains("role=\"alert\""))
    #expect(html.contains("<label class=\"form-label\" for=\"fword-a\">") && html.contains("aria-describedby=\"fword-a-more\""))
    #expect(!html.contains("style=\"") && !html.contains("<style") && !html.contains("<script>"))
  }

  /// On these pages what people wrote stands in attributes too.
  @Test func `reads nothing that a person wrote as markup, in text and in attributes`() {
    let names = { (html: String) in html.matches(of: /<\/?([a-z0-9!]+)/).map { String($0.output.1) } }
    let plain = names(sitePage("word", in: .en).html)
    for word in hostile {
      let html = sitePage(word, in: .en).html
      #expect(names(html) == plain, "\(word)")
      #expect(!html.contains("onclick=\"") && !html.contains("onclick='"), "\(word)")
    }
  }

  @Test func `keeps the lines of a text that is to be edited`() {
    let html = sitePage("one", in: .en).html
    #expect(html.contains(">\none&#10;one</textarea>") && html.contains("name=\"e\" value=\"one&#10;one\""))
  }

  @Test func `has assets that name no other place`() {
    for asset in SiteAsset.all {
      let text = String(decoding: asset.bytes, as: UTF8.self)
      for word in ["@import", "url(", "eval(", "innerHTML"] { #expect(!text.contains(word), "\(asset.name) has \(word)") }
      #expect(!text.replacing("http://www.w3.org/2000/svg", with: "").contains("://"), "\(asset.name)")
    }
  }
}

@Suite struct `A template` {
  @Test(arguments: Templates.texts.keys.sorted()) func `escapes everything and names only parts that there are`(name: String) throws {
    let text = try #require(Templates.texts[name])
    for sign in ["{{{", "{{&", "{{*", "{{%", "{{="] { #expect(!text.contains(sign), "\(sign)") }
    for part in text.matches(of: /\{\{[<>]([a-z-]+)\}\}/) { #expect(Templates.texts[String(part.output.1)] != nil, "\(part.output.1)") }
  }

  @Test(arguments: PageKind.allCases) func `of each kind stands in the base`(kind: PageKind) {
    #expect(Templates.texts[kind.rawValue]?.hasPrefix("{{<base}}") == true)
  }

  @Test func `that asks for what is not given is found out`() {
    var missing: [String] = []
    _ = Page(.redline, title: "t", in: .en, ["facts": .list([])]).html { missing.append($0) }
    #expect(missing.contains("clausesHeading") && !missing.contains("title") && !missing.contains("facts"))
  }
}

@Suite struct `A text on a page` {
  @Test(arguments: [
    ("a < b", "a &lt; b"), ("客史 & Co", "客史 &amp; Co"), ("\u{600}<b", "\u{600}&lt;b"), ("\"\u{301}x", "&quot;\u{301}x"), ("'>", "&#39;&gt;"),
    ("é", "é"), ("👩‍👩‍👧<", "👩‍👩‍👧&lt;"), ("a\nb", "a b"), ("a\u{9B}b", "a\u{FFFD}b"), ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{7F}", "a\u{FFFD}"), ("", ""),
  ]) func `keeps every sign of markup apart, whatever it is joined with`(text: String, html: String) {
    #expect(Array(Markup(text).html.unicodeScalars) == Array(html.unicodeScalars))
  }
}

@Suite struct `The parts of pages` {
  private let columns = [Column("from", .text, "From", "原"), Column("a", .integer, "A", "甲"), Column("b", .integer, "B", "乙"), Column("sum", .integer, "Sum", "合计")]

  @Test func `without rows are left out`() {
    #expect(PageValue.table(Name("h", "标"), columns, [], in: .en).items.isEmpty)
    #expect(PageValue.matrix(Name("h", "标"), columns, [], in: .en).items.isEmpty)
  }

  @Test func `mark in a matrix who stays`() throws {
    let rows: [[Cell]] = [[.text("A"), .integer(1), .integer(2), .integer(3)], [.text("B"), .integer(4), .integer(5), .integer(9)]]
    let page = Page(
      .ruleDifference, title: "t", in: .en,
      [
        "facts": .list([]), "fields": .list([]), "matrix": .matrix(Name("h", "标"), columns, rows, in: .en), "tables": .list([]),
        "signatures": .signatures([Name("Made by", "编制")], in: .en),
      ])
    #expect(page.html.contains(#"<tr><th scope="row">A</th><td class="n same">1</td><td class="n">2</td><td class="n">3</td></tr>"#))
    #expect(page.html.contains(#"<tr><th scope="row">B</th><td class="n">4</td><td class="n same">5</td><td class="n">9</td></tr>"#))
    #expect(page.html.contains("<div>Made by / Date</div>"))
  }

  @Test func `say that there is nothing`() {
    guard case .values(let fact)? = PageValue.facts([(Name("a", "甲"), "")], in: .zh).items.first else { return #expect(Bool(false)) }
    let shown = { (name: String) in (fact[name]?.rendered as? ShownMarkup)?.renderText }
    #expect(shown("term") == "甲" && shown("value") == "–")
  }
}

extension String {
  /// What stands behind each `mark`, up to the next tag.
  fileprivate func components(after mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).dropFirst().map { String($0.prefix { $0 != "<" }) }
  }
}
