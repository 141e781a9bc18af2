public import Vocabulary

/// One question among others: what the engine, the command line and the pages need to know of it.
public struct AnyProjection: Sendable {
  public let type: any Question.Type
  public let name: String
  public let shape: Int
  public let title: Name
  /// Whose rows: see `Question.about`.
  public let about: String
  /// What is gathered for it, and of whom.
  public let source: AnyGathering
  public let columns: [Column]
  /// See `Row.outcomes` and `Row.conditions`.
  public let outcomes: [Word]
  public let conditions: [Word]
  /// The rules by which it judges; `nil` for a read model that judges nothing.
  public let rules: RuleKind?
  public let way: Way

  /// See `Question.kindsBeside`.
  public let kindsBeside: [String]

  /// How it comes to its rows.
  public enum Way: Sendable {
    /// Each subject by its own facts.
    case each(EachWay)
    /// What belongs to an account, by the account's facts.
    case account(AccountWay)
    /// All together.
    case all(AllWay)
  }

  /// Compiles the projection's judgement: the caller's module is where it becomes concrete.
  @inlinable public init<P: Projection>(_: P.Type) { self.init(question: P.self, .each(EachWay(P.self))) }
  @inlinable public init<C: Census>(_: C.Type) { self.init(question: C.self, .all(AllWay(C.self))) }
  @inlinable public init<R: Register>(_: R.Type) { self.init(question: R.self, .account(AccountWay(R.self))) }

  @usableFromInline init<Q: Question>(question: Q.Type, _ way: Way, _ source: AnyGathering) {
    type = Q.self
    name = Q.name
    shape = Q.shape
    title = Q.title
    about = Q.about
    columns = Q.Conclusion.columns
    outcomes = Q.Conclusion.outcomes
    conditions = Q.Conclusion.conditions
    rules = Q.ruleKind.map { RuleKind($0, Q.Rules.self, shipped: Q.shippedRules) }
    kindsBeside = Q.kindsBeside
    self.source = source
    self.way = way
  }

  @inlinable init<Q: Question>(question: Q.Type, _ way: Way) {
    self.init(question: Q.self, way, AnyGathering(Q.Source.self))
  }
}

extension [AnyProjection] {
  /// Every kind of rule that these judge by, each once: several may judge by one, and ship the same versions of it.
  public var ruleKinds: [RuleKind] {
    reduce(into: []) { kinds, projection in
      if let rules = projection.rules, !kinds.contains(where: { $0.name == rules.name }) { kinds.append(rules) }
    }
  }
}

extension AnyProjection {
  public var key: Key { source.key }
  /// Everything that is gathered for it: the source, and what a census hears besides.
  public var sources: [AnyGathering] {
    guard case .all(let way) = way else { return [source] }
    return [source] + way.witnesses
  }
  public var ruleKind: String? { rules?.name }
  public var ruleFields: [Field] { rules?.fields ?? [] }
  public var shippedRules: [RuleVersion] { rules?.shipped ?? [] }

  /// How it judges each subject by itself.
  /// - Precondition: it does; a census has no judgement of one alone, and a register has many rows.
  public var each: EachWay {
    guard case .each(let way) = way else { preconditionFailure("\(name) does not judge one by one") }
    return way
  }
  /// Whether it has rows about subjects of a kind themselves, and not only about parts of them or what belongs to them.
  public func isAbout(_ kind: String) -> Bool { about.split(separator: ", ").contains { $0 == kind } }
  /// Whether one subject's row rests on others too.
  public var needsAll: Bool { if case .all = way { true } else { false } }
}
