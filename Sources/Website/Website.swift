/// The pages for people. Each is made on the server from the log as it stands, and readable without a script.
public enum Website {
  /// Every page and form. Whoever carries requests asks `need` of the user before `answer`.
  public static let routes: [PageRoute] =
    DeskPages.routes + FieldPages.routes + ChurnPages.routes + ContractPages.routes + RecordPages.routes + RulePages.routes
    + WorkPages.routes + AuditPages.routes + EvidencePages.routes + SearchPages.routes + ModelPages.routes + SubjectPages.routes + WhyPages.routes
}
