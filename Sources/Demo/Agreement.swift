import Vocabulary
import Wire

/// A contract as a life remembers it.
struct Agreement: Sendable {
  let id: String
  let isMaintenance: Bool
  var version = 1
  var startOn: Day
  var endOn: Day
  /// Minor units of the customer's money.
  var total: Int
  let noticeDays: Int
  let autoRenew: Bool
  var isInForce = false
  /// A breach stands between the parties; the next amendment settles it.
  var isDisputed = false

  /// A year from `day` on, sized after the customer.
  init(id: String, from day: Day, _ profile: Profile, _ random: inout SplitMix64) {
    self.id = id
    isMaintenance = profile.isMonitored || random.chance(300)
    startOn = day
    endOn = day.adding(years: 1) + -1
    let fen = profile.volume * (isMaintenance ? 45_000 : 260_000)
    total = random.around(fen, percent: 25) * 100 / profile.country.rate / 10_000 * 10_000
    noticeDays = random.pick([30, 60, 90])
    autoRenew = random.chance(280)
  }

  var kind: Name {
    isMaintenance ? Name("Yearly maintenance", "年度维保合同") : Name("Framework supply", "供货框架合同")
  }
}
