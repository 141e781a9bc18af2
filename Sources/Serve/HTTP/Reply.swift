public import HTTPTypes
public import Hummingbird
public import Wire

/// What a handler answers.
public struct Reply: Sendable {
  public var status: HTTPResponse.Status
  public var headers: HTTPFields
  public var body: Body

  public enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// Written piece by piece while it is made. It ends when the closure returns, or when the reader goes away.
    case stream(@Sendable (inout any ResponseBodyWriter) async throws -> Void)
  }

  public init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: Body = .none) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  public static func html(_ html: String, status: HTTPResponse.Status = .ok) -> Reply {
    Reply(status, headers: [.contentType: "text/html; charset=utf-8"], body: .bytes(Array(html.utf8)))
  }

  public static func json(_ json: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Reply {
    var text = Text()
    text.append(json)
    text.append("\n" as StaticString)
    return Reply(status, headers: [.contentType: type], body: .bytes(Array(text.string.utf8)))
  }

  public static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Reply {
    Reply(headers: [.contentType: type], body: .bytes(Array(text.utf8)))
  }

  /// After a form: the browser asks for another page.
  ///
  /// - Parameter path: on this server, beginning with one `/`; anything else leads to the first page.
  public static func redirect(to path: String) -> Reply {
    let isLocal = path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\") && !path.utf8.contains { $0 < 0x21 || $0 == 0x7F }
    return Reply(.seeOther, headers: [.location: isLocal ? path : "/"])
  }

  public func with(_ name: HTTPField.Name, _ value: String) -> Reply {
    var copy = self
    copy.headers[name] = value
    return copy
  }
}

extension HTTPField.Name {
  /// Number of the newest event that an answer rests on.
  static let position = HTTPField.Name.known("Keshi-Position")
}

extension HTTPField.Name {
  /// A name that the program itself writes.
  static func known(_ name: String) -> HTTPField.Name {
    guard let made = HTTPField.Name(name) else { preconditionFailure("no name of a field: \(name)") }
    return made
  }
}
