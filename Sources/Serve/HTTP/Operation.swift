public import Vocabulary
public import Wire

/// What the API's document says of a route beyond method, path, title and need.
public struct Operation: Sendable {
  /// Unique: how programs made from the document call it.
  public let id: String
  public var parameters: [Parameter]
  /// Kinds of body that it takes, with their schemas.
  public var bodies: [(type: String, schema: JSON)]
  /// What it answers when all is well.
  public var status: Int
  public var replyType: String
  public var reply: JSON

  public struct Parameter: Sendable {
    public enum Place: String, Sendable { case query, header }
    public let name: String
    public let place: Place
    public let meaning: Name
    public let schema: JSON
    public var isRequired = false

    /// The same, without which the question is refused.
    public var required: Parameter {
      var copy = self
      copy.isRequired = true
      return copy
    }

    public init(_ name: String, in place: Place = .query, _ en: String, _ zh: String, _ schema: JSON = ["type": "string"]) {
      (self.name, self.place, self.meaning, self.schema) = (name, place, Name(en, zh), schema)
    }
  }

  public init(
    _ id: String, parameters: [Parameter] = [], bodies: [(type: String, schema: JSON)] = [], status: Int = 200,
    replyType: String = "application/json", reply: JSON = ["type": "object"]
  ) {
    (self.id, self.parameters, self.bodies, self.status) = (id, parameters, bodies, status)
    (self.replyType, self.reply) = (replyType, reply)
  }
}
