import Vocabulary

/// Which role may do what: the one table. What does not stand here is refused.
public enum Permissions {
  public static func capabilities(of role: AccessRole) -> Set<Capability> {
    switch role {
    case .viewer: [.read, .readRules]
    case .writer: [.read, .readRules, .record]
    case .manager: [.read, .readRules, .tryRules, .record, .decide, .changeRules]
    case .compliance: [.read, .readRules, .tryRules, .record, .decide, .changeRules, .audit, .verify, .readAccess]
    // Trusts nobody and touches nothing: no capability of an auditor writes.
    case .auditor: [.read, .readRules, .tryRules, .audit, .verify, .readAccess]
    // Keeps the machine running and needs no customer for it.
    case .operator: [.operate, .readMetrics, .verify, .recordHistory]
    case .admin: Set(Capability.allCases)
    }
  }

  /// Up to which grade of data a role sees values.
  public static func clearance(of role: AccessRole) -> DataGrade {
    switch role {
    case .operator: .open
    case .viewer: .internal
    case .writer, .manager: .sensitive
    case .compliance, .auditor, .admin: .highlySensitive
    }
  }

  /// The capabilities that change the log, or who may.
  public static let writing: Set<Capability> = [.record, .recordHistory, .decide, .changeRules, .administer]
}
