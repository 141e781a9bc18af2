import ChurnProjection
import ContractsProjection
import FunnelProjection
import LifecycleProjection
import LoyaltyProjection
public import Projection

/// The questions that this product answers.
public enum ProjectionCatalogue {
  /// Every projection of this directory, in the order in which commands and pages list them. Append at the end.
  public static let all: [any Projection.Type] = [
    Lifecycle.self, Loyalty.self, Churn.self, Contracts.self, Funnel.self,
  ]
}
