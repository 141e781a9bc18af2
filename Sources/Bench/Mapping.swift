import Vocabulary
import Wire

/// How events of one of the workload's types become ours: a new name, a subject, and a place for every member.
struct Mapping: Sendable {
  /// Whose history it belongs to.
  enum About: Sendable {
    case lead, customer
    /// A thing of its own, named by a member of the data.
    case thing(EntityKind, String)
  }
  /// What becomes of one member.
  enum Step: Sendable {
    case keep(String, as: String)
    /// Percent → hundredths of a percent.
    case percent(String, as: String)
    case negated(String, as: String)
    /// One text → a list of one.
    case listed(String, as: String)
    /// A member that may be null is then left out.
    case unlessNull(String, as: String)
    /// The members `field`, `old` and `new` → one change.
    case change(String, key: String)
    /// Articles with quantity and price.
    case lines(String)
    /// A person with name and address.
    case person(String)
    /// The circumstance that every event of ours may name.
    case reason(String)
    /// Says the actor again.
    case actor(String)
    /// The same for all events of the type.
    case constant(String, JSON)
  }

  let type: String
  let version: Int
  let about: About
  /// Whether the data must say to whom the subject belongs.
  let namesCustomer: Bool
  let steps: [Step]

  init(_ type: some Family, _ about: About, namesCustomer: Bool = false, _ steps: [Step]) {
    let declaration = type.declaration
    self.type = declaration.name
    version = declaration.version
    self.about = about
    self.namesCustomer = namesCustomer
    self.steps = steps
  }
}

extension Mapping {
  /// One line's data while its members are moved. Each member must be taken, so that nothing gets lost.
  struct Move {
    let source: JSONObject
    let line: Int
    let actor: String
    var data = JSONObject()
    var reason: String?
    private(set) var taken = 0

    init(_ source: JSONObject, actor: String, line: Int) {
      self.source = source
      self.line = line
      self.actor = actor
    }

    mutating func take(_ name: String) throws(WorkloadError) -> JSON {
      guard let value = source[name] else { throw .missing(name, line: line) }
      taken += 1
      return value
    }

    mutating func text(_ name: String) throws(WorkloadError) -> String {
      guard let text = try take(name).string else { throw .unexpected(name, line: line) }
      return text
    }

    mutating func number(_ name: String) throws(WorkloadError) -> Int64 {
      guard let number = try take(name).int else { throw .unexpected(name, line: line) }
      return number
    }
  }
}

extension Mapping.Move {
  mutating func apply(_ step: Mapping.Step) throws(WorkloadError) {
    switch step {
    case .keep(let name, let new): data[new] = try take(name)
    case .percent(let name, let new): data[new] = .int(try number(name) * 100)
    case .negated(let name, let new): data[new] = .int(-(try number(name)))
    case .listed(let name, let new): data[new] = .array([try take(name)])
    case .unlessNull(let name, let new):
      let value = try take(name)
      if value != .null { data[new] = value }
    case .change(let list, let key):
      data[list] = [.object([key: try take("field"), "before": try take("old"), "after": try take("new")])]
    case .lines(let name): data["lines"] = .array(try lines(name))
    case .person(let name): try movePerson(name)
    case .reason(let name): reason = try text(name)
    case .actor(let name): guard try text(name) == actor else { throw .unexpected(name, line: line) }
    case .constant(let name, let value): data[name] = value
    }
  }

  private mutating func lines(_ name: String) throws(WorkloadError) -> [JSON] {
    guard let items = try take(name).array else { throw .unexpected(name, line: line) }
    var lines: [JSON] = []
    for item in items {
      guard let item = item.object, item.members.count == 3, let sku = item["sku"], let quantity = item["qty"]?.int,
        let price = item["price_cents"]
      else { throw .unexpected(name, line: line) }
      lines.append(["sku": sku, "qty": .string(String(quantity)), "unitMinor": price])
    }
    return lines
  }

  private mutating func movePerson(_ name: String) throws(WorkloadError) {
    guard let person = try take(name).object, person.members.count == 2, let called = person["name"],
      let email = person["email"]
    else { throw .unexpected(name, line: line) }
    data["person"] = called
    data["email"] = email
  }

  /// Refuses what no step has taken.
  func finish() throws(WorkloadError) {
    guard taken == source.members.count else { throw .unexpected("data", line: line) }
  }
}
