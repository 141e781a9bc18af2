public import Projection

/// The kinds of rule that a company lays down and no projection judges by yet.
public enum CompanyRules {
  public static let all: [RuleKind] = []
}
