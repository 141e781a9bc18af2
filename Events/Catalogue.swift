public import Vocabulary

extension Catalogue {
  /// Every family of this directory. A new family adds its name here, and nothing elsewhere.
  public static let keshi = Catalogue(
    [
      Customer.self, Lead.self, Owner.self, Visit.self, Opportunity.self, Order.self, Payment.self, Service.self,
      Usage.self, Contract.self, Complaint.self, Survey.self, Loyalty.self, Churn.self, Task.self, Rule.self, Privacy.self,
      Market.self, Approval.self, Risk.self, Dispute.self, People.self, Performance.self, Process.self, Decision.self,
      LogUpkeep.self, Access.self, Correction.self, Report.self, Record.self,
    ], accountKind: .customer)
}
