import Statistics
import Vocabulary

extension Trouble {
  /// A model that could not be fitted.
  public init(_ error: StatisticsError) {
    let later = Name("fit on a later day, or on more customers", "请改用更晚的日期，或更多客户")
    switch error {
    case .tooFewCustomers(let found, let needed):
      self.init(
        .badInput, "E-FIT-FEW",
        Name(
          "a fit needs \(needed) customers who bought; there are \(found)", "拟合至少需要 \(needed) 位购买过的客户；现有 \(found) 位"),
        unharmed: Unharmed.everything, remedy: later)
    case .tooFewRepeaters(let found, let needed):
      self.init(
        .badInput, "E-FIT-FEW",
        Name(
          "a fit needs \(needed) customers who bought on a second day; there are \(found)",
          "拟合至少需要 \(needed) 位在第二天及以后再次购买的客户；现有 \(found) 位"),
        unharmed: Unharmed.everything, remedy: later)
    case .tooManyCustomers(let found, let limit):
      self.init(
        .badInput, "E-FIT-MANY", Name("\(found) customers; allowed: at most \(limit)", "\(found) 位客户；最多 \(limit) 位"),
        unharmed: Unharmed.everything, remedy: Name("fit on an earlier day", "请改用更早的日期"))
    case .undetermined(let parameter, let value):
      self.init(
        .badInput, "E-FIT-OPEN",
        Name(
          "the data do not determine parameter \(parameter): it ran to \(value.fixed(6))",
          "数据无法确定参数 \(parameter)：其值趋向 \(value.fixed(6))"),
        unharmed: Unharmed.everything,
        remedy: Name(
          "try the other model, or a later day; customers who are all alike fit no model of differences",
          "请换用另一模型或更晚的日期；客户彼此无差异时，此类模型无法拟合"))
    case .notConverged(let evaluations):
      self.init(
        .badInput, "E-FIT-OPEN",
        Name("the fit did not settle in \(evaluations) evaluations", "拟合在 \(evaluations) 次计算后仍未收敛"),
        unharmed: Unharmed.everything, remedy: Name("try the other model, or a later day", "请换用另一模型或更晚的日期"))
    }
  }
}
