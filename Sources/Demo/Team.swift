import Wire

/// Someone who works for the company.
struct Person: Sendable {
  let id: String
  let name: String
  /// The short form that the records carry: SR sales, SM sales manager, CS service, FN finance, LG legal, MK marketing.
  let role: String
}

/// Someone who sells, in one region, for some time.
struct Seller: Sendable {
  let person: Person
  let region: Region
  let joins: Day
  let leaves: Day?
  /// Visits and calls in a hundred of what is usual.
  let diligence: Int

  func works(on day: Day) -> Bool { joins <= day && leaves.map { day < $0 } ?? true }
}

/// Everyone whose name may stand beside an event.
struct Team: Sendable {
  private(set) var sellers: [Seller] = []
  private(set) var managers: [Person] = []
  private(set) var service: [Person] = []
  private(set) var finance: [Person] = []
  private(set) var legal: [Person] = []
  private(set) var marketing: [Person] = []
  /// The gateway that reads the customers' machines.
  let monitor = Person(id: "gateway-1", name: "设备监测网关", role: "SY")

  /// About forty sellers when the books begin. One in five leaves during the years; somebody new then takes the desk.
  init(from start: Day, to ending: Day, _ random: inout SplitMix64) {
    var count = 0
    func hire(_ role: String, abroad: Bool = false) -> Person {
      count += 1
      let id = "e" + String(1_000 + count).dropFirst()
      return Person(id: id, name: abroad ? Names.personAbroad(&random) : Names.person(&random), role: role)
    }
    for region in Region.allCases {
      managers.append(hire("SM"))
      for _ in 0..<max(2, region.weight * 42 / 100) {
        let abroad = region == .overseas && random.chance(500)
        let leaves = random.chance(210) ? start + random.int(120...(max(ending - start - 90, 121))) : nil
        sellers.append(
          Seller(
            person: hire("SR", abroad: abroad), region: region, joins: start + -400, leaves: leaves,
            diligence: random.int(60...135)))
        guard let leaves else { continue }
        sellers.append(
          Seller(
            person: hire("SR", abroad: abroad), region: region, joins: leaves + -20, leaves: nil,
            diligence: random.int(60...135)))
      }
    }
    service = (0..<9).map { _ in hire("CS") }
    finance = (0..<4).map { _ in hire("FN") }
    legal = (0..<2).map { _ in hire("LG") }
    marketing = (0..<3).map { _ in hire("MK") }
  }

  /// Somebody of the region who is there on that day and will be for a while.
  func seller(for region: Region, on day: Day, _ random: inout SplitMix64) -> Int {
    let able = sellers.indices.filter {
      sellers[$0].region == region && sellers[$0].works(on: day) && sellers[$0].works(on: day + 30)
    }
    return able.isEmpty
      ? sellers.indices.first { sellers[$0].region == region && sellers[$0].leaves == nil } ?? 0 : random.pick(able)
  }
}
