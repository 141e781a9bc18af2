import Vocabulary

/// One thing that may be allowed or not. Every route names the one that it needs.
public enum Capability: String, CaseIterable, Sendable {
  /// Read models, histories, contracts, search: graded fields only as far as one's clearance goes.
  case read
  /// See what rules there are and what they say.
  case readRules = "read-rules"
  /// Try a rule, and see whom it would touch. Nothing is recorded.
  case tryRules = "try-rules"
  /// Record what happened, under the guards.
  case record
  /// Record history as it was, without asking the guards: for systems that bring what happened before.
  case recordHistory = "record-history"
  /// Decide what waits for a second person: approvals.
  case decide
  /// Propose, publish and decide rules.
  case changeRules = "change-rules"
  /// Take proofs and evidence, which hold lines as they are.
  case audit
  /// Verify the log, sign and take checkpoints: hashes, no customer.
  case verify
  /// See who looked at what.
  case readAccess = "read-access"
  /// Start, watch and cancel rebuilds; see jobs and what was not delivered.
  case operate
  /// Figures of the running server.
  case readMetrics = "read-metrics"
  /// Grant and revoke access.
  case administer

  public var title: Name {
    switch self {
    case .read: Name("read customers", "查阅客户")
    case .readRules: Name("read rules", "查阅规则")
    case .tryRules: Name("try rules", "试算规则")
    case .record: Name("record events", "登记事件")
    case .recordHistory: Name("record history without guards", "不经守则补录历史")
    case .decide: Name("decide approvals", "审批")
    case .changeRules: Name("change rules", "变更规则")
    case .audit: Name("take proofs and evidence", "获取证明与证据")
    case .verify: Name("verify the log", "核验日志")
    case .readAccess: Name("see who looked at what", "查看访问记录")
    case .operate: Name("operate the server", "运维")
    case .readMetrics: Name("read figures of the server", "查看运行指标")
    case .administer: Name("administer access", "管理访问权限")
    }
  }
}
