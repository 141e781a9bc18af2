import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Website
import Wire

// A trouble as HTTP tells it: RFC 9457 for programs.

extension Trouble {
  /// The status of an answer that tells this.
  var httpStatus: HTTPResponse.Status { HTTPResponse.Status(code: status) }

  /// `application/problem+json`.
  func problem(in language: Language, at target: String) -> Reply {
    let status = httpStatus
    var object: JSONObject = [
      "type": .string("urn:keshi:problem:" + code), "title": .string(what[language]), "status": .int(Int64(status.code)),
      "code": .string(code), "instance": .string(target), "unharmed": .string(unharmed[language]), "remedy": .string(remedy[language]),
    ]
    if let place { object["place"] = .string(place[language]) }
    if !details.isEmpty { object["errors"] = .array(details.map { .string($0[language]) }) }
    var reply = Reply.json(.object(object), status: status, type: "application/problem+json")
    reply.headers[.contentLanguage] = language == .zh ? "zh-CN" : "en"
    if status == .serviceUnavailable || status == .tooManyRequests { reply.headers[.retryAfter] = "1" }
    if status == .unauthorized { reply.headers[.wwwAuthenticate] = "Bearer realm=\"keshi\"" }
    return reply
  }
}

// What only this door has to say.
extension Trouble {
  private static func door(_ kind: Kind, _ code: String, _ what: Name, _ remedy: Name) -> Trouble {
    Trouble(kind, code, what, unharmed: Unharmed.everything, remedy: remedy)
  }

  static let signIn = door(
    .notPermitted, "E-SIGN-IN", Name("nobody knows who is asking", "尚未登录"),
    Name("sign in, or send \"Authorization: Bearer TOKEN\"; `keshi token create` makes one", "请登录，或发送 Authorization: Bearer 令牌；用 `keshi token create` 生成"))

  static func forbidden(_ need: Name) -> Trouble {
    door(
      .notPermitted, "E-FORBIDDEN", Name("your role may not \(need.en)", "您的角色无权\(need.zh)"),
      Name("ask whoever administers access", "请联系权限管理员"))
  }

  static func noPage(_ path: String) -> Trouble {
    door(
      .absent, "E-NO-PAGE", Name("there is nothing at \(path)", "\(path) 处没有内容"),
      Name("/ leads to the pages, /api/v1/openapi.json lists the API", "页面从 / 进入；接口见 /api/v1/openapi.json"))
  }

  static func method(_ method: String, allowed: [String]) -> Trouble {
    door(
      .usage, "E-METHOD", Name("\(method) is not for this", "此处不支持 \(method)"),
      Name("use \(allowed.joined(separator: ", "))", "请使用 \(allowed.joined(separator: "、"))"))
  }

  static func bodyTooLarge(_ limit: Int) -> Trouble {
    door(
      .usage, "E-BODY-SIZE", Name("the body has more than \(limit) bytes", "请求内容超过 \(limit) 字节"),
      Name("send it in parts", "请分批发送"))
  }

  static let bodyLate = door(
    .usage, "E-BODY-LATE", Name("the body did not come in time", "请求内容未及时送达"), Name("send it again", "请重新发送"))

  static func bodyType(_ allowed: [String]) -> Trouble {
    door(
      .usage, "E-BODY-TYPE", Name("this kind of body is not taken", "不接受此类内容"),
      Name("send \(allowed.joined(separator: ", "))", "请发送 \(allowed.joined(separator: "、"))"))
  }

  static let unreadableRequest = door(
    .usage, "E-REQUEST", Name("path, query or form cannot be read", "无法读取路径、查询或表单"),
    Name("escape it as RFC 3986 says, in UTF-8", "请按 RFC 3986 以 UTF-8 转义"))

  static let foreignForm = door(
    .notPermitted, "E-FORM-TOKEN", Name("the form is not from this session", "表单不属于此会话"),
    Name("open the page again and send it from there", "请重新打开页面后再提交"))

  static let tooMany = door(
    .busy, "E-RATE", Name("too many requests", "请求过于频繁"), Name("wait a second, then go on more slowly", "请稍候再放慢发送"))

  static let overloaded = door(
    .busy, "E-OVERLOAD", Name("more is asked than can be answered now", "当前请求过多，无法及时处理"),
    Name("the same again in a second may succeed", "请稍后重试"))
}
