import Vocabulary

/// Who asks, as the door has made sure of it.
public struct Principal: Hashable, Sendable {
  /// How the person or the system is called in events: `actor`.
  public let name: String
  public let roles: Set<AccessRole>
  /// In which capacities they may act: words of handbook roles, `SR`, `LG`. The first is the usual one.
  public let capacities: [String]
  /// By what the door knows them.
  public let proof: Proof

  public enum Proof: Hashable, Sendable {
    /// Nobody said who they are.
    case none
    /// A bearer token, by its public id.
    case token(String)
    /// A token of an identity provider.
    case identity(issuer: String)
    /// A browser's session, by its id.
    case session(String)
  }

  public init(name: String, roles: Set<AccessRole>, capacities: [String] = [], proof: Proof) {
    (self.name, self.roles, self.capacities, self.proof) = (name, roles, capacities, proof)
  }

  /// Who has not said who they are. May nothing.
  public static let nobody = Principal(name: "", roles: [], proof: .none)

  public var isKnown: Bool { proof != .none }

  public func may(_ capability: Capability) -> Bool {
    roles.contains { Permissions.capabilities(of: $0).contains(capability) }
  }

  /// Up to which grade they see values.
  public var clearance: DataGrade { roles.map(Permissions.clearance).max() ?? .open }
}
