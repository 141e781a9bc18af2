public import Vocabulary
import Wire

/// Which events a step is done by: a type, and perhaps what some of its fields say.
public struct EventPattern: Hashable, Sendable {
  public struct Condition: Hashable, Sendable {
    /// A field at the top of the event's data.
    public let field: String
    /// The values that are meant, one of which the field must have, as texts.
    public let values: [String]

    public init(_ field: String, _ values: [String]) {
      self.field = field
      self.values = values.sorted()
    }
  }

  public let type: String
  /// In the order of the fields, each once.
  public let conditions: [Condition]

  public init(_ type: String, _ conditions: [Condition] = []) {
    self.type = type
    self.conditions = conditions.sorted { $0.field < $1.field }
  }

  /// The activity's name: `contract.signed [party=them]`.
  public var activity: String {
    guard !conditions.isEmpty else { return type }
    let parts = conditions.map { $0.field + "=" + $0.values.joined(separator: "|") }
    return type + " [" + parts.joined(separator: ", ") + "]"
  }

  /// A pattern by its activity's name, as `activity` writes it. Any other text is the name of a type.
  public init(activity name: String) {
    let parts = name.split(separator: " [", maxSplits: 1)
    guard parts.count == 2, parts[1].hasSuffix("]") else {
      self.init(name)
      return
    }
    let conditions = parts[1].dropLast().split(separator: ", ").map { part -> Condition? in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty else { return nil }
      return Condition(String(sides[0]), sides[1].split(separator: "|").map(String.init))
    }
    let found = conditions.compactMap { $0 }
    self.init(found.count == conditions.count ? String(parts[0]) : name, found.count == conditions.count ? found : [])
  }

  /// Whether an event is meant. A field that it does not have fits no condition.
  public func matches(_ event: Event) -> Bool {
    guard event.type == type else { return false }
    return conditions.allSatisfy { condition in
      guard let found = event.data[condition.field]?.conditionText else { return false }
      return condition.values.contains(found)
    }
  }

  /// How the events of two patterns lie to one another.
  enum Relation {
    case same, apart, narrower, wider
    /// They share some events, and each has others: which is meant cannot be told.
    case mixed
  }

  func relation(to other: EventPattern) -> Relation {
    if self == other { return .same }
    if type != other.type || isApart(from: other) { return .apart }
    switch (isWithin(other), other.isWithin(self)) {
    case (true, true): return .same
    case (true, false): return .narrower
    case (false, true): return .wider
    case (false, false): return .mixed
    }
  }

  /// A field of which both ask for other values.
  private func isApart(from other: EventPattern) -> Bool {
    conditions.contains { mine in
      other.conditions.contains { $0.field == mine.field && !$0.values.contains(where: mine.values.contains) }
    }
  }

  /// Every event of this one is one of the other.
  private func isWithin(_ other: EventPattern) -> Bool {
    other.conditions.allSatisfy { asked in
      conditions.contains { $0.field == asked.field && $0.values.allSatisfy(asked.values.contains) }
    }
  }
}

extension JSON {
  /// A single value as conditions write it; `nil` for lists, objects and null.
  var conditionText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
