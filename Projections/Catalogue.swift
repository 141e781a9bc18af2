import AccessProjection
import ActivityProjection
import ApprovalsProjection
import ChurnProjection
import ClocksProjection
import CommissionsProjection
import ComplaintsProjection
import ContractsProjection
import CustomersProjection
import CycleProjection
import DisputesProjection
import ForecastsProjection
import FunnelProjection
import GoalsProjection
import HandoffsProjection
import IntegrityProjection
import LifecycleProjection
import LoyaltyProjection
import MarketProjection
import OwnersProjection
import PrivacyProjection
import ProceduresProjection
public import Projection
import PurchasingProjection
import ReceivablesProjection
import RisksProjection
import SatisfactionProjection
import ScorecardsProjection
import SegmentsProjection
import TalentProjection
import VisitsProjection
import WorthProjection

/// The questions that this product answers.
public enum ProjectionCatalogue {
  /// Every projection of this directory, in the order in which commands and pages list them. Append at the end.
  ///
  /// Here each projection's fold becomes concrete, so that the loop over the log is compiled for it alone.
  public static let all: [AnyProjection] = [
    AnyProjection(Lifecycle.self), AnyProjection(Loyalty.self), AnyProjection(Churn.self), AnyProjection(Contracts.self),
    AnyProjection(Funnel.self), AnyProjection(Worth.self), AnyProjection(Receivables.self), AnyProjection(AgeingReport.self),
    AnyProjection(Owners.self), AnyProjection(Holders.self), AnyProjection(Visits.self), AnyProjection(Coverage.self),
    AnyProjection(Customers.self), AnyProjection(Segments.self), AnyProjection(ConcentrationReport.self),
    AnyProjection(Migration.self), AnyProjection(Activity.self), AnyProjection(Satisfaction.self),
    AnyProjection(SatisfactionIndex.self),
  ] + company + matters

  /// What is concluded of the company itself: its selling, its people, its procedures.
  private static let company: [AnyProjection] = [
    AnyProjection(Cycle.self), AnyProjection(Forecasts.self), AnyProjection(Scorecards.self),
    AnyProjection(Commissions.self), AnyProjection(Talent.self), AnyProjection(Goals.self), AnyProjection(Handoffs.self),
    AnyProjection(WinLoss.self), AnyProjection(ProcedureRegister.self), AnyProjection(Integrity.self),
  ]

  /// What is concluded of matters that run against a clock or a duty: complaints, disputes, approvals, privacy, access.
  private static let matters: [AnyProjection] = [
    AnyProjection(Complaints.self), AnyProjection(ComplaintFigures.self), AnyProjection(Clocks.self),
    AnyProjection(Risks.self), AnyProjection(RiskMap.self), AnyProjection(Disputes.self), AnyProjection(Approvals.self),
    AnyProjection(ApprovalHours.self), AnyProjection(Duties.self), AnyProjection(PersonalData.self),
    AnyProjection(Retention.self), AnyProjection(AccessUse.self), AnyProjection(AccessRights.self),
  ]

  /// What a report about customers says beside each of them: money, grade, and who answers for them.
  public static let stakes: [AnyProjection] = [
    AnyProjection(Worth.self), AnyProjection(Contracts.self), AnyProjection(Ownership.self),
  ]

  /// What fits and backtests ask beside the read models. It is no read model of its own: it judges nothing.
  public static let purchasing = AnyProjection(Purchasing.self)

  /// Every kind of rule that a projection judges by.
  public static let rules: [RuleKind] = all.ruleKinds
}
