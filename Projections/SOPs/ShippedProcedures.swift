/// The procedures that the product brings: the handbook's processes over the event types of `Events/`.
///
/// They are files that anybody can read, copy, change and publish as the next version. A file that has shipped is not
/// edited; a later version is a further file.
public enum ShippedProcedures {
  /// The files, in the order in which commands list them.
  public static let files: [(name: String, bytes: [UInt8])] = [
    ("lead-to-contract.yaml", PackageResources.lead_to_contract_yaml), ("visit.yaml", PackageResources.visit_yaml),
    ("order-to-cash.yaml", PackageResources.order_to_cash_yaml), ("dunning.yaml", PackageResources.dunning_yaml),
    ("contract-amendment.yaml", PackageResources.contract_amendment_yaml),
    ("complaint-handling.yaml", PackageResources.complaint_handling_yaml),
    ("churn-rescue.yaml", PackageResources.churn_rescue_yaml),
  ]
}
