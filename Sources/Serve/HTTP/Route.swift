public import AccessControl
public import HTTPTypes
public import Vocabulary

/// One thing that can be asked of the server. The table of all routes is the one place from which the server answers, the
/// table test asks and the API's document is made.
public struct Route: Sendable {
  public let method: HTTPRequest.Method
  /// `/api/v1/subjects/{subject}/history`: a part in braces stands for anything but a `/`.
  public let path: String
  /// What the asker must be allowed; `nil`: anybody may, who they are or not.
  public let needs: Capability?
  public let title: Name
  public let work: Work
  /// Bytes that a body may have; 0: a body is not read.
  public let bodyLimit: Int
  /// How the API's document tells of it; `nil` for pages.
  public let operation: Operation?
  public let answer: @Sendable (Inquiry) throws -> Reply

  /// Where a handler runs, and so what it may wait for.
  public enum Work: Sendable {
    /// At once: it computes and waits for nothing.
    case quick
    /// Reads the log or what is derived from it.
    case reading
    /// Waits for the disk.
    case writing
    /// Takes long; few at a time.
    case long
  }

  public init(
    _ method: HTTPRequest.Method, _ path: String, needs: Capability?, _ en: String, _ zh: String, work: Work = .reading,
    bodyLimit: Int = 0, operation: Operation? = nil, answer: @escaping @Sendable (Inquiry) throws -> Reply
  ) {
    (self.method, self.path, self.needs, self.title) = (method, path, needs, Name(en, zh))
    (self.work, self.bodyLimit, self.operation, self.answer) = (work, bodyLimit, operation, answer)
  }

  /// Whether it belongs to the API, which answers programs.
  var isForPrograms: Bool { path.hasPrefix("/api/") }
}

extension Route {
  /// Bytes of a form that a person fills in.
  public static let formBytes = 256 << 10

  /// A page to look at.
  public static func page(
    _ path: String, needs: Capability? = .read, _ en: String, _ zh: String,
    answer: @escaping @Sendable (Inquiry) throws -> Reply
  ) -> Route {
    Route(.get, path, needs: needs, en, zh, answer: answer)
  }

  /// What a page's form sends. Answers with `Reply.redirect(to:)`, or with the page again where something was refused.
  public static func form(
    _ path: String, needs: Capability? = .record, _ en: String, _ zh: String,
    answer: @escaping @Sendable (Inquiry) throws -> Reply
  ) -> Route {
    Route(.post, path, needs: needs, en, zh, work: .writing, bodyLimit: formBytes, answer: answer)
  }
}
