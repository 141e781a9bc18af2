public import Projection
public import Vocabulary
public import Wire

/// When a customer falls back to the public pool (公海), and who may take them out of it.
public struct PoolRules: RuleBody {
  public static let title = Name("Public pool", "公海")

  public let releaseAfterQuietDays: Int
  public let releaseAfterDaysWithoutDeal: Int
  public let remindDaysBefore: [Int]
  public let claimsPerDay: Int
  public let holdingLimit: Int
  public let protectionDays: Int
  public let reclaimAfterDays: Int
  public let keepsCustomersInContract: Bool

  public static let fields: [Field] = [
    .count("releaseAfterQuietDays", "Released after so many days without follow-up", "多少天未跟进退回公海", 1...3_650, .days),
    .count("releaseAfterDaysWithoutDeal", "Released after so many days without a deal", "多少天未成交退回公海", 1...3_650, .days),
    .list(
      "remindDaysBefore", of: .integer(1...365, .days), "Reminds so many days before, longest first", "提前多少天提醒，由多到少",
      limit: 10),
    .count("claimsPerDay", "Customers that one person may claim a day", "每人每天可领取客户数", 0...1_000),
    .count("holdingLimit", "Customers that one person may hold", "每人可持有客户数", 1...100_000),
    .count("protectionDays", "Who has claimed is protected for so many days", "领取后保护天数", 0...365, .days),
    .count("reclaimAfterDays", "The owner before may claim again after", "原归属人多少天后可再次领取", 0...365, .days),
    .flag("keepsCustomersInContract", "Never while a contract is in force", "有在履合同的客户不退回"),
  ]

  public static func check(_ values: JSONObject) throws(RuleFault) {
    let reminders = values.numbers("remindDaysBefore")
    for place in reminders.indices.dropFirst() where reminders[place] >= reminders[place - 1] {
      throw RuleFault(
        "remindDaysBefore[\(place)]", Name("must be fewer days than the reminder before it", "必须少于前一次提醒的天数"))
    }
    let quiet = values.number("releaseAfterQuietDays")
    if let first = reminders.first, first >= quiet {
      throw RuleFault(
        "remindDaysBefore[0]",
        Name("must be fewer days than releaseAfterQuietDays, which is \(quiet)", "必须少于 releaseAfterQuietDays（\(quiet)）")
      )
    }
  }

  public init(_ values: JSONObject) {
    releaseAfterQuietDays = values.number("releaseAfterQuietDays")
    releaseAfterDaysWithoutDeal = values.number("releaseAfterDaysWithoutDeal")
    remindDaysBefore = values.numbers("remindDaysBefore")
    claimsPerDay = values.number("claimsPerDay")
    holdingLimit = values.number("holdingLimit")
    protectionDays = values.number("protectionDays")
    reclaimAfterDays = values.number("reclaimAfterDays")
    keepsCustomersInContract = values.flag("keepsCustomersInContract")
  }

  /// Append; never edit a version that has shipped.
  public static let shipped: [RuleVersion] = [
    RuleVersion(
      1, why: CompanyRules.firstGuess,
      [
        "releaseAfterQuietDays": 30, "releaseAfterDaysWithoutDeal": 180, "remindDaysBefore": [7, 3, 1],
        "claimsPerDay": 5, "holdingLimit": 100, "protectionDays": 7, "reclaimAfterDays": 30,
        "keepsCustomersInContract": true,
      ])
  ]
}
