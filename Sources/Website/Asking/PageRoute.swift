public import Vocabulary

/// One page or form of the site: where it is, who may ask for it, and how it answers.
public struct PageRoute: Sendable {
  public let method: Asking.Method
  /// `/models/{name}`: a part in braces stands for anything but a `/`.
  public let path: String
  public let need: Need
  public let title: Name
  private let make: @Sendable (Asking) throws -> PageReply

  init(
    _ method: Asking.Method, _ path: String, _ need: Need = .read, _ en: String, _ zh: String,
    _ make: @escaping @Sendable (Asking) throws -> PageReply
  ) {
    (self.method, self.path, self.need, self.title, self.make) = (method, path, need, Name(en, zh), make)
  }

  /// Answers; where something went wrong, with a page that says what, what is unharmed and what to do.
  public func answer(_ asking: Asking) -> PageReply {
    do { return try make(asking) } catch { return asking.problem(error) }
  }
}
