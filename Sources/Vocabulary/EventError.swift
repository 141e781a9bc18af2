public import Wire

/// Why an event is refused, and where in it. Nothing has been written when this is thrown.
public struct EventError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case json(JSONError.Reason, offset: Int)
    case missing
    case unknownMember(allowed: [String])
    case unknownType(String)
    case unknownVersion(Int, newest: Int)
    case wrongKind(expected: Name, found: Name)
    case badSubject(String)
    case wrongSubject(found: String, allowed: [String])
    case outOfRange(Int64, ClosedRange<Int64>)
    case tooLong(bytes: Int, limit: Int)
    case tooMany(items: Int, limit: Int)
    case badFormat(expected: Name, found: String)
    case notInList(String, allowed: [String])
    case reasonNeeded
    case occurredLater
    case lineTooLong(bytes: Int, limit: Int)
    /// What the declaration alone cannot know, such as a rule's body.
    case refused(Name)
  }

  public let reason: Reason
  /// The member concerned, as a path from the event: `data.lines[2].qty`. Empty for the event as a whole.
  public let path: String

  public init(_ reason: Reason, at path: String = "") {
    self.reason = reason
    self.path = path
  }

  /// The same error of a value that stands at `place`.
  func below(_ place: String) -> EventError { EventError(reason, at: place + path) }

  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .json: "E-EVENT-JSON"
    case .missing: "E-EVENT-MISSING"
    case .unknownMember: "E-EVENT-UNKNOWN-FIELD"
    case .unknownType: "E-EVENT-TYPE"
    case .unknownVersion: "E-EVENT-VERSION"
    case .wrongKind: "E-EVENT-KIND"
    case .badSubject, .wrongSubject: "E-EVENT-SUBJECT"
    case .outOfRange: "E-EVENT-RANGE"
    case .tooLong, .tooMany, .lineTooLong: "E-EVENT-LIMIT"
    case .badFormat: "E-EVENT-FORMAT"
    case .notInList: "E-EVENT-CODE"
    case .reasonNeeded: "E-EVENT-REASON"
    case .occurredLater: "E-EVENT-FUTURE"
    case .refused: "E-EVENT-REFUSED"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String {
    let place = path.isEmpty ? "" : path + ": "
    return place + text[language]
  }

  private var text: Name {
    switch reason {
    case .json(let reason, let offset):
      Name("not valid JSON (\(JSONError(reason, at: offset)))", "不是有效的 JSON（\(JSONError(reason, at: offset))）")
    case .missing: Name("is missing", "缺少此项")
    case .unknownMember(let allowed):
      Name("is not a known field; known: \(list(allowed))", "不是已知字段；可用：\(list(allowed))")
    case .unknownType(let type): Name("there is no event type \"\(type)\"", "没有事件类型“\(type)”")
    case .unknownVersion(let found, let newest):
      Name("version \(found) is unknown; the newest is \(newest)", "未知版本 \(found)；最新为 \(newest)")
    case .wrongKind(let expected, let found):
      Name("expected \(expected.en), found \(found.en)", "应为\(expected.zh)，实为\(found.zh)")
    case .badSubject(let found):
      Name("\"\(found)\" is not a subject; write kind:id, for example customer:42", "“\(found)”不是主体；请写 类别:编号，例如 customer:42")
    case .wrongSubject(let found, let allowed):
      Name("is recorded about \(list(allowed)), not about \(found)", "只能记录在 \(list(allowed)) 上，而不是 \(found)")
    case .outOfRange(let value, let range):
      Name("\(value) is outside \(range.lowerBound)…\(range.upperBound)", "\(value) 超出 \(range.lowerBound)…\(range.upperBound)")
    case .tooLong(let bytes, let limit): Name("has \(bytes) bytes, at most \(limit) are allowed", "有 \(bytes) 字节，最多 \(limit)")
    case .tooMany(let items, let limit): Name("has \(items) items, at most \(limit) are allowed", "有 \(items) 项，最多 \(limit)")
    case .badFormat(let expected, let found): Name("\"\(found)\" is not \(expected.en)", "“\(found)”不是\(expected.zh)")
    case .notInList(let found, let allowed):
      Name("\"\(found)\" is not one of \(list(allowed))", "“\(found)”不在 \(list(allowed)) 之中")
    case .reasonNeeded: Name("this type needs a reason", "此类事件必须写明原因")
    case .occurredLater: Name("lies after the moment of recording", "晚于入账时间")
    case .lineTooLong(let bytes, let limit):
      Name("the line has \(bytes) bytes, at most \(limit) are allowed", "此行有 \(bytes) 字节，最多 \(limit)")
    case .refused(let what): what
    }
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
