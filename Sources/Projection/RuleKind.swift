public import Conditions
public import Vocabulary
public import Wire

/// A kind of rule: what its bodies may say, and the versions that ship.
public struct RuleKind: Sendable {
  /// The word by which commands, files and events name it.
  public let name: String
  public let title: Name
  public let fields: [Field]
  /// The words of its conditions; empty where it has none.
  public let measures: [Measure]
  public let shipped: [RuleVersion]
  private let between: @Sendable (JSONObject) throws(RuleFault) -> Void
  private let spelling: @Sendable (JSONObject) -> JSONObject
  private let looks: @Sendable (JSONObject) -> Int

  public init<Body: RuleBody>(_ name: String, _: Body.Type, shipped: [RuleVersion]) {
    self.name = name
    title = Body.title
    fields = Body.fields
    measures = Body.measures
    self.shipped = shipped
    between = { body throws(RuleFault) in try Body.check(body) }
    spelling = { Body.normal($0) }
    looks = { Body.cost($0) }
  }

  /// Refuses a body that this kind does not allow, at the first fault.
  public func check(_ body: JSONObject) throws(RuleFault) {
    do { try Field.check(body, against: fields, at: RuleKind.root) } catch {
      let bare = EventError(error.reason)
      throw RuleFault(
        String(error.path.dropFirst(RuleKind.root.count + 1)), Name(bare.message(in: .en), bare.message(in: .zh)))
    }
    try between(body)
  }

  /// Refuses what fields alone cannot, of a body that they have accepted.
  public func checkBetweenFields(_ body: JSONObject) throws(RuleFault) { try between(body) }

  /// A checked body in the one spelling that is stored and hashed.
  public func normal(_ body: JSONObject) -> JSONObject { spelling(body) }

  /// Looks at measures that judging one subject on one day by a checked body's conditions takes at most.
  public func cost(of body: JSONObject) -> Int { looks(body) }

  private static let root = "body"
}
