import AccessProjection
import ApprovalsProjection
import ChurnProjection
import ClocksProjection
import CompanyRules
import ComplaintsProjection
import ContractsProjection
import DisputesProjection
import FunnelProjection
import LifecycleProjection
import LoyaltyProjection
import PrivacyProjection
public import Projection
import PurchasingProjection
import ReceivablesProjection
import RisksProjection
import SatisfactionProjection
import WorthProjection

/// The questions that this product answers.
public enum ProjectionCatalogue {
  /// Every projection of this directory, in the order in which commands and pages list them. Append at the end.
  ///
  /// Here each projection's fold becomes concrete, so that the loop over the log is compiled for it alone.
  public static let all: [AnyProjection] = [
    AnyProjection(Lifecycle.self), AnyProjection(Loyalty.self), AnyProjection(Churn.self), AnyProjection(Contracts.self),
    AnyProjection(Funnel.self), AnyProjection(Worth.self), AnyProjection(Receivables.self), AnyProjection(AgeingReport.self),
    AnyProjection(Complaints.self), AnyProjection(ComplaintFigures.self), AnyProjection(Clocks.self),
    AnyProjection(Satisfaction.self), AnyProjection(SatisfactionIndex.self), AnyProjection(Risks.self),
    AnyProjection(RiskMap.self), AnyProjection(RevenueConcentration.self), AnyProjection(Disputes.self),
    AnyProjection(Approvals.self), AnyProjection(ApprovalHours.self), AnyProjection(Duties.self),
    AnyProjection(PersonalData.self), AnyProjection(Retention.self), AnyProjection(AccessUse.self),
    AnyProjection(AccessRights.self),
  ]

  /// What a report about customers says beside each of them: money, grade, and who answers for them.
  public static let stakes: [AnyProjection] = [
    AnyProjection(Worth.self), AnyProjection(Contracts.self), AnyProjection(Ownership.self),
  ]

  /// What fits and backtests ask beside the read models. It is no read model of its own: it judges nothing.
  public static let purchasing = AnyProjection(Purchasing.self)

  /// Every kind of rule: those that a projection judges by, then those that wait for theirs.
  public static let rules: [RuleKind] = all.ruleKinds + CompanyRules.all
}
