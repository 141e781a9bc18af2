public import AccessControl
public import HTTPTypes
import Hummingbird
public import Vocabulary

/// A request as a handler sees it: who asks what, in which language. That the principal may ask has been made sure of.
public struct Inquiry: Sendable {
  public let principal: Principal
  public let language: Language
  /// Parts of the path that the route names, unescaped.
  public let parameters: [String: String]
  public let query: Fields
  /// The fields of a form that was sent; its form token has been checked.
  public let form: Fields
  public let headers: HTTPFields
  public let body: [UInt8]
  /// Path and query, as they were asked for.
  public let target: String
  /// What a form on the answer's page must carry in a field named `csrf`. Empty for who has no session.
  public let formToken: String
  /// Whether the asker would still be let in: for answers that go on for long.
  let isStillGood: @Sendable () -> Bool
  /// The open store, and what belongs to it.
  public let office: Office

  /// A part of the path that the route names.
  public subscript(parameter: String) -> String { parameters[parameter] ?? "" }
}
