import Engine
import Vocabulary
import Wire

// How a stored event is given out: what the keys open, and why the rest stays closed.

extension StoredEvent {
  /// The data with the personal values that could be opened; in the place of the others, why not.
  public var shownData: JSONObject {
    var data = event.data
    for (name, why) in withheld { data[name] = .object(["withheld": .object(why.json)]) }
    return data
  }

  /// The line; one that commits to personal values with those that could be opened, and `withheld` for the others.
  /// Without both it is the line of the log again: `p` names the members of `data` that are added.
  public var shownLine: [UInt8] {
    guard !event.sealed.isEmpty || !withheld.isEmpty, var object = try? JSON(parsing: line).object else { return line }
    var data = object["data"]?.object ?? [:]
    for name in event.sealed.members.map(\.name) + withheld.keys { data[name] = event.data[name] }
    object["data"] = .object(data)
    if !withheld.isEmpty {
      object["withheld"] = .object(JSONObject(withheld.map { ($0.key, JSON.object($0.value.json)) }))
    }
    return Array(JSON.object(object).canonical.utf8)
  }
}

extension Withheld {
  public var json: JSONObject {
    switch self {
    case .erased(let event, let time): ["why": "erased", "event": .int(event), "on": .string(time.description)]
    case .noKey: ["why": "no-key"]
    case .altered: ["why": "altered"]
    case .elsewhere: ["why": "elsewhere"]
    case .notCleared: ["why": "not-cleared"]
    }
  }

  public var explanation: Name {
    switch self {
    case .erased(let event, let time):
      Name("erased on \(time.day) by event \(event)", "已于 \(time.day) 由事件 \(event) 擦除")
    case .noKey: Name("key not here", "密钥不在此处")
    case .altered: Name("altered; run verify", "内容不符，请运行 verify")
    case .elsewhere: Name("sealed in another log", "封存于另一日志")
    case .notCleared: Name("not for your role", "您的角色无权查看")
    }
  }
}
