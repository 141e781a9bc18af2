import Wire

/// Which versions of which rules the company lays down during the years, and from when they are in force.
struct RuleHistory: Sendable {
  struct Version: Sendable {
    let kind: String
    let number: Int
    let effectiveOn: Day
  }

  /// Those that are published, in the order of time.
  let versions: [Version]

  init(from start: Day) {
    versions = [
      Version(kind: "pool", number: 2, effectiveOn: start + 60),
      Version(kind: "tier", number: 2, effectiveOn: Day(date: start.adding(years: 1).year + 1, 1, 1)),
      Version(kind: "churn", number: 2, effectiveOn: start + 640),
    ]
  }

  func version(of kind: String, on day: Day) -> Int {
    versions.last { $0.kind == kind && $0.effectiveOn <= day }?.number ?? 1
  }
}
