import Vocabulary

/// What stands around every page of the site.
public struct Frame: Sendable {
  public var language: Language
  public var navigation: [Link]
  /// The same page in the other language.
  public var otherLanguage: Link
  public var home: Link
  public var user: String
  /// What was searched for.
  public var search: String
  public var searchAction: String
  /// The fields that say from where the reader looks; they keep what the address says besides.
  public var clock: Form
  /// Said above the page where the reader does not look at the present.
  public var banner: Notice?
  /// What a person who prints the page needs to ask the same again.
  public var footer: [String]
  /// Style sheets and scripts that are there, by their addresses.
  public var styles: [String]
  public var scripts: [String]
  /// Sent back with every form, so that no other site can fill it in.
  public var token: String
  /// Seconds after which the page is asked for anew, without a script; `nil` for never.
  public var refresh: Int?

  public init(
    language: Language, navigation: [Link], otherLanguage: Link, home: Link, user: String, search: String,
    searchAction: String, clock: Form, banner: Notice? = nil, footer: [String], styles: [String], scripts: [String], token: String,
    refresh: Int? = nil
  ) {
    (self.language, self.navigation, self.otherLanguage, self.home) = (language, navigation, otherLanguage, home)
    (self.user, self.search, self.searchAction, self.clock) = (user, search, searchAction, clock)
    (self.banner, self.footer, self.styles, self.scripts) = (banner, footer, styles, scripts)
    (self.token, self.refresh) = (token, refresh)
  }

  static let why = Name("Why", "为何")
  private static let words: [(String, Name)] = [
    ("skipWord", Name("Skip to the content", "跳到正文")), ("navigationWord", Name("Main navigation", "主导航")),
    ("searchWord", Name("Search", "搜索")), ("searchHint", Name("Name, id or number", "名称、编号")),
    ("leaveWord", Name("Sign out", "退出")), ("deletedMark", Name("deleted:", "删除：")), ("insertedMark", Name("inserted:", "新增：")),
    ("requiredWord", Name("required", "必填")), ("menuWord", Name("Menu", "菜单")), ("clockWord", Name("From where you look", "查看时点")),
    ("sortedWord", Name("sorted", "已排序")), ("languageWord", Name("Language", "语言")), ("footerWord", Name("Where this comes from", "本页来源")),
  ]

  var values: [String: PageValue] {
    var values = Dictionary(uniqueKeysWithValues: Frame.words.map { ($0.0, PageValue.text($0.1[language])) })
    values.merge([
      "navigation": .list(navigation.map(\.value)), "other": .list([otherLanguage.value]), "home": .list([home.value]),
      "otherLang": .text(language == .zh ? "en" : "zh-CN"), "user": .text(user),
      "search": .text(search), "searchAction": .text(searchAction), "clock": .list([clock.value]),
      "banner": .list(banner.map { [$0.value] } ?? []), "footer": .list(footer.map { .text($0) }),
      "styles": .list(styles.map { .text($0) }), "scripts": .list(scripts.map { .text($0) }), "token": .text(token),
      "refresh": refresh.map { .text(String($0)) } ?? .flag(false),
    ]) { $1 }
    return values
  }
}

extension Page {
  /// A page of the site: a frame with parts in it.
  public static func site(_ title: String, _ blocks: [Block], in frame: Frame) -> Page {
    Page(.site, title: title, in: frame.language, frame.values.merging(["blocks": .list(blocks.map { $0.value(in: frame.language) })]) { $1 })
  }
}
