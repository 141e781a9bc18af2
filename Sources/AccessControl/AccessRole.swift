import Vocabulary

/// What somebody may do at a door. In which capacity they act (sales rep, finance) is another question, which guards ask.
public enum AccessRole: String, CaseIterable, Sendable {
  case viewer, writer, manager, compliance, auditor, `operator`, admin

  public var title: Name {
    switch self {
    case .viewer: Name("Viewer", "查看者")
    case .writer: Name("Writer", "录入者")
    case .manager: Name("Manager", "经理")
    case .compliance: Name("Compliance reviewer", "合规审查员")
    case .auditor: Name("Auditor", "审计员")
    case .operator: Name("Operator", "运维员")
    case .admin: Name("Administrator", "管理员")
    }
  }
}
