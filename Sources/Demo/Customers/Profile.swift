import Vocabulary
import Wire

/// What stays the same through a customer's life: who they are and how they tend to buy and pay.
struct Profile: Sendable {
  enum Size: Int, Sendable { case small, middle, large }

  struct Contact: Sendable {
    let id: String
    let name: String
    let title: Name
    let influence: String
    let mail: String
  }

  let id: String
  let name: String
  let region: Region
  let town: String
  let country: Country
  let industry: Industry
  let size: Size
  let employees: Int
  let foundedYear: Int
  let contacts: [Contact]
  /// Usual days of demand between two orders.
  let gap: Int
  /// The articles they come back for.
  let basket: [Product]
  /// How much they order at a time, in hundredths of a middling customer.
  let volume: Int
  /// Days that invoices give them, and days that they usually take on top.
  let term: Int
  let lateness: Int
  /// Their machines report hours of running.
  let isMonitored: Bool
  /// What a price increase does to their mood.
  let priceSense: Int

  var language: Language { region == .overseas ? .en : .zh }
}

extension Profile {
  init(id: String, since year: Int, taken: inout Set<String>, _ random: inout SplitMix64) {
    let region = random.pick(Region.allCases) { $0.weight }
    let country = region == .overseas ? random.pick(Country.abroad) : .home
    let town = random.pick(region == .overseas ? country.towns : region.towns)
    let industry = random.pick(Industry.all) { $0.weight }
    var name: String
    repeat {
      name = region == .overseas ? Names.companyAbroad(industry, &random) : Names.company(in: town, industry, &random)
      if region == .overseas, taken.contains(name) { name = name + " (" + town + ")" }
      if region == .overseas, taken.contains(name) { name = town + " " + name }
    } while !taken.insert(name).inserted
    let size = random.pick([Size.small, .middle, .large]) { [50, 36, 14][$0.rawValue] }
    self.init(
      id: id, name: name, region: region, town: town, country: country, industry: industry, size: size,
      employees: [random.int(8...80), random.int(80...500), random.int(500...6_000)][size.rawValue],
      foundedYear: year - random.int(2...34), contacts: Profile.contacts(of: id, size, region == .overseas, &random),
      gap: [random.int(110...230), random.int(70...140), random.int(64...105)][size.rawValue],
      basket: (0..<random.int(2...5)).map { _ in random.pick(Product.all) },
      volume: [random.int(20...60), random.int(70...180), random.int(220...600)][size.rawValue],
      term: random.pick([30, 45, 60, 90]), lateness: random.pick([0, 2, 5, 9, 16, 28]) { $0 < 10 ? 5 : 2 },
      isMonitored: random.chance([30, 130, 300][size.rawValue]), priceSense: random.int(0...6))
  }

  private static func contacts(
    of id: String, _ size: Size, _ abroad: Bool, _ random: inout SplitMix64
  ) -> [Contact] {
    let posts: [(Name, String)] = [
      (Name("Purchasing Manager", "采购经理"), "buyer"), (Name("General Manager", "总经理"), "decider"),
      (Name("Maintenance Supervisor", "设备主管"), "user"), (Name("Process Engineer", "工艺工程师"), "coach"),
    ]
    return (0..<[1, 2, random.int(2...4)][size.rawValue] + (random.chance(300) ? 1 : 0)).prefix(4).map { place in
      Contact(
        id: "\(id)-\(place + 1)", name: abroad ? Names.personAbroad(&random) : Names.person(&random),
        title: posts[place].0, influence: posts[place].1, mail: "contact\(place + 1)@\(id.lowercased()).example")
    }
  }

  /// A code of the usual shape with a true check character (GB 32100-2015), in a district that does not exist.
  func creditCode() -> String {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    var random = SplitMix64(seed: UInt64(id.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))
    let body = Array("91990000MA") + (0..<7).map { _ in random.pick(alphabet) }
    var weight = 1
    var sum = 0
    for character in body {
      sum += (alphabet.firstIndex(of: character) ?? 0) * weight
      weight = weight * 3 % 31
    }
    return String(body + [alphabet[(31 - sum % 31) % 31]])
  }
}
