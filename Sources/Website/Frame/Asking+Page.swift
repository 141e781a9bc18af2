import Answers
import Engine
import Pages
import Vocabulary
import Wire

/// What a page of the site says: a title and its parts.
struct Content {
  var title: String
  var blocks: [Block]
  var status = 200
  /// Seconds after which the page is asked for anew; `nil` for never.
  var refresh: Int?

  init(_ title: String, _ blocks: [Block], status: Int = 200, refresh: Int? = nil) {
    (self.title, self.blocks, self.status, self.refresh) = (title, blocks, status, refresh)
  }
}

extension Asking {
  /// A page made from the log as it stands now, seen from where the reader looks.
  func page(_ make: (Desk) throws -> Content) throws -> PageReply {
    let view = try view()
    let (content, standing) = try premises.read { snapshot in
      try premises.directory.catchUp(with: snapshot)
      let desk = Desk(asking: self, view: view, snapshot: snapshot)
      return (try make(desk), try Standing(view, snapshot))
    }
    return reply(content, standing)
  }

  private func reply(_ content: Content, _ standing: Standing?) -> PageReply {
    var frame = frame(standing)
    frame.refresh = content.refresh
    let notes = [done].compactMap { $0 }
    let html = Page.site(content.title, notes + content.blocks, in: frame).html
    return PageReply(status: content.status, body: Array(html.utf8))
  }

  /// What the form before this page did.
  private var done: Block? {
    guard let seq = query["done"].flatMap({ Int64($0) }) else { return nil }
    return .notice(
      Notice(
        .done, say("Recorded as event \(seq).", "已记为事件 \(seq)。"), links: [Link(say("Show the event", "查看事件"), link("/events/\(seq)"))]))
  }

  /// A page that says what went wrong.
  func problem(_ error: any Error) -> PageReply {
    let trouble = Trouble(explaining: error)
    let content = Content(say("This did not work", "操作未完成"), [.notice(notice(of: trouble))], status: trouble.status)
    return reply(content, nil)
  }

  func notice(of trouble: Trouble) -> Notice {
    let place = trouble.place.map { " (\($0[language]))" } ?? ""
    let ends = say(".", "。")
    return Notice(
      .refusal, trouble.what[language].asSentence + place + ends,
      details: trouble.details.map { $0[language] } + [
        trouble.unharmed[language].asSentence + ends, trouble.remedy[language].asSentence + ends,
        say("Code: ", "代码：") + trouble.code,
      ])
  }
}

/// From where a page looks: what its footer says, so that anybody can ask the same again.
struct Standing {
  let events: Int64
  let seen: Int64
  let asOf: Instant

  init(_ view: View, _ snapshot: Snapshot) throws {
    events = snapshot.size
    let standpoint = try snapshot.standpoint(view)
    (seen, asOf) = (standpoint.position, standpoint.asOf)
  }
}
