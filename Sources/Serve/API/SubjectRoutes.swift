import AccessControl
import Answers
import Engine
import HTTPTypes
import Vocabulary
import Website
import Wire

/// What befell a customer, a contract, an order.
enum SubjectRoutes {
  static let all: [Route] = [subject, history, search]

  private static let subject = Route(
    .get, "/api/v1/subjects/{subject}", needs: .read, "A subject and its version", "主体及其版本",
    operation: Operation("getSubject", parameters: [.minPosition])
  ) { inquiry in
    try inquiry.read { snapshot in
      let name = try snapshot.resolve(inquiry["subject"])
      guard let subject = Subject(name) else { throw EngineError.unknownSubject(name) }
      let version = try snapshot.version(of: subject)
      return .json(["subject": .string(name), "version": .int(Int64(version))]).at(snapshot.size).with(.eTag, "\"\(version)\"")
    }
  }

  private static let history = Route(
    .get, "/api/v1/subjects/{subject}/history", needs: .read, "All events that reach a subject", "与某主体有关的全部事件",
    operation: Operation("getHistory", parameters: [.asOf, .knownAt, .minPosition, .limit(10_000), afterEvent])
  ) { inquiry in
    let (view, limit, after) = (try inquiry.view(), try inquiry.limit(1_000, most: 10_000), try inquiry.number("after") ?? -1)
    return try inquiry.read { snapshot in
      var events: [JSON] = []
      var (last, hasMore) = (after, false)
      try snapshot.history(of: inquiry["subject"], view: view) { stored in
        guard stored.seq > after else { return }
        guard events.count < limit else {
          hasMore = true
          return
        }
        events.append(stored.shownJSON)
        last = stored.seq
      }
      let next: JSON = hasMore ? .int(last) : .null
      return .json(["subject": .string(try snapshot.resolve(inquiry["subject"])), "events": .array(events), "next": next]).at(snapshot.size)
    }
  }

  static let afterEvent = Operation.Parameter(
    "after", "Go on behind the event of this number, `next` of the page before.", "从该序号的事件之后继续，即上一页的 next。",
    ["type": "integer", "minimum": 0])

  private static let search = Route(
    .get, "/api/v1/search", needs: .read, "Find customers by name or number", "按名称或编号查找客户",
    operation: Operation(
      "search",
      parameters: [
        Operation.Parameter("q", "Part of a name, in any language, or of a number.", "名称的一部分（任何语言），或编号的一部分。", ["type": "string", "minLength": 1, "maxLength": 200]),
        .limit(100),
      ])
  ) { inquiry in
    guard let words = inquiry.query["q"], words.utf8.count <= 600 else {
      throw Trouble.usage(Name("q says nothing, or too much", "q 为空或过长"), remedy: Name("give part of a name", "请给出名称的一部分"))
    }
    let directory = inquiry.office.directory
    try inquiry.office.read { try directory.catchUp(with: $0) }
    let (hits, position) = (try directory.search(words, limit: inquiry.limit(20, most: 100)), directory.position)
    return .json([
      "found": .array(hits.map { ["subject": .string($0.subject), "name": .string($0.name)] }), "position": .int(position - 1),
    ]).at(position)
  }
}

extension StoredEvent {
  /// The event as it is given out: what was recorded, where, and the personal values that may be shown.
  var shownJSON: JSON {
    var object = event.json
    object["seq"] = .int(seq)
    if !withheld.isEmpty { object["withheld"] = .object(JSONObject(withheld.map { ($0.key, JSON.object($0.value.json)) })) }
    return .object(object)
  }
}
