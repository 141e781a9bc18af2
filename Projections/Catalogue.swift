import ActivityProjection
import ChurnProjection
import CommissionsProjection
import CompanyRules
import ContractsProjection
import CustomersProjection
import CycleProjection
import ForecastsProjection
import FunnelProjection
import GoalsProjection
import HandoffsProjection
import IntegrityProjection
import LifecycleProjection
import LoyaltyProjection
import MarketProjection
import OwnersProjection
import ProceduresProjection
public import Projection
import PurchasingProjection
import ReceivablesProjection
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
    AnyProjection(Migration.self), AnyProjection(Activity.self),
  ] + company

  /// What is concluded of the company itself: its selling, its people, its procedures.
  private static let company: [AnyProjection] = [
    AnyProjection(Cycle.self), AnyProjection(Forecasts.self), AnyProjection(Scorecards.self),
    AnyProjection(Commissions.self), AnyProjection(Talent.self), AnyProjection(Goals.self), AnyProjection(Handoffs.self),
    AnyProjection(WinLoss.self), AnyProjection(ProcedureRegister.self), AnyProjection(Integrity.self),
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
