import Projection
import ProjectionCatalogue
import Statistics
import Vocabulary
import Wire

/// A row of `purchasing`, read: what fits and outcomes ask of a customer.
struct Buyer {
  let days: Int
  let firstOn: Day?
  let lastOn: Day?
  let paidDays: Int
  let paidMinor: Int64
  let currency: String?
  let inForce: Bool
  let ended: Instant?

  /// Where the columns stand, looked up once and not for each of a million rows.
  private enum Place {
    static let days = place("days")
    static let firstOn = place("firstOn")
    static let lastOn = place("lastOn")
    static let paidDays = place("paidDays")
    static let paidMinor = place("paidMinor")
    static let cur = place("cur")
    static let inForce = place("inForce")
    static let ended = place("ended")

    private static func place(_ name: String) -> Int {
      guard let place = ProjectionCatalogue.purchasing.columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("purchasing has no column \(name)")
      }
      return place
    }
  }

  init(_ row: AnyRow) {
    func number(_ place: Int) -> Int64 { if case .integer(let number) = row.values[place] { number } else { 0 } }
    func day(_ place: Int) -> Day? { if case .day(let day) = row.values[place] { day } else { nil } }
    days = Int(number(Place.days))
    (firstOn, lastOn) = (day(Place.firstOn), day(Place.lastOn))
    (paidDays, paidMinor) = (Int(number(Place.paidDays)), number(Place.paidMinor))
    currency = if case .text(let text) = row.values[Place.cur] { text } else { nil }
    inForce = row.values[Place.inForce] == .flag(true)
    ended = if case .instant(let instant) = row.values[Place.ended] { instant } else { nil }
  }

  /// As of a day, in weeks; `nil` of one who never bought.
  func pattern(on day: Day) -> PurchasePattern? {
    guard let firstOn, let lastOn, lastOn <= day else { return nil }
    return PurchasePattern(repeats: days - 1, recencyDays: lastOn - firstOn, ageDays: day - firstOn)
  }

  /// In hundreds of minor units; `nil` of one whose later purchases came to nothing.
  var spending: GammaGamma.Spending? {
    guard paidDays > 0 else { return nil }
    return GammaGamma.Spending(count: paidDays, mean: Double(paidMinor) / Double(paidDays) / 100)
  }
}

extension RuleVersion {
  /// The rule of `purchasing` that counts as purchases what a rule on warnings does.
  static func purchases(of rule: RuleVersion) -> RuleVersion {
    RuleVersion(
      0, why: Name("purchases as the rule counts them", "按规则认定的购买"), ["purchaseEvents": rule.body["purchaseEvents"] ?? .string("orders-first")])
  }
}

/// The models of repeat buying, by the words that commands know them by.
enum BuyingModel: String, CaseIterable {
  case bgNbd = "bg-nbd"
  case paretoNbd = "pareto-nbd"

  var type: any PurchaseModel.Type {
    switch self {
    case .bgNbd: BetaGeometric.self
    case .paretoNbd: ParetoNBD.self
    }
  }

  /// The member of a rule that brings it.
  var member: String {
    switch self {
    case .bgNbd: "bgNbd"
    case .paretoNbd: "paretoNbd"
    }
  }

  var title: String {
    switch self {
    case .bgNbd: "BG/NBD"
    case .paretoNbd: "Pareto/NBD"
    }
  }
}
