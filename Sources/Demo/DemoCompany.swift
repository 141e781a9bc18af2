public import Vocabulary
public import Wire

/// Three years of an invented company that sells pumps, valves, filters and their maintenance to manufacturers and
/// traders, as the events that it would have recorded.
///
/// The same numbers give the same events, on every machine. Every customer lives by a generator of their own; an
/// agenda lets all lives happen in the order of time.
public struct DemoCompany: Sendable {
  public let customers: Int
  public let seed: UInt64
  /// The last day on which something happens.
  public let ending: Day
  /// How the rules read that ship with the product, by kind: the company lays down versions of its own of some of them.
  public let shippedRules: [String: JSONObject]

  /// So many customers make a hundred thousand events and more.
  public static let usualSize = 2_400

  /// - Precondition: `customers` ≥ 1, and the years before `ending` are in the calendar.
  public init(customers: Int = usualSize, seed: UInt64 = 1, ending: Day, shippedRules: [String: JSONObject] = [:]) {
    precondition(customers >= 1)
    self.customers = customers
    self.seed = seed
    self.ending = ending
    self.shippedRules = shippedRules
  }

  /// Hands over every event, in the order in which they were entered. Stops where `body` throws.
  public func forEachEvent(_ body: (Event) throws -> Void) rethrows { try forEachEntry { try body($0.event) } }

  /// The same, each with the time at which it was entered: a few happened days or weeks before.
  public func forEachEntry(_ body: (Entry) throws -> Void) rethrows {
    var random = SplitMix64(seed: seed)
    var world = World(customers: customers, ending: ending, &random)
    var house = House(random.split(), world, shippedRules: shippedRules)
    var lives = population(in: world, &random)
    world.plan(.house(.opening), on: world.start, &random)
    for index in lives.indices { lives[index].enter(&world) }
    for (place, seller) in world.team.sellers.enumerated() {
      guard let leaves = seller.leaves else { continue }
      world.plan(.house(.sellerLeaves(place)), on: leaves + -16, &random)
    }
    while let entry = world.agenda.next() {
      world.now = entry.at
      switch (entry.life, entry.step) {
      case (let life?, let step): lives[life].perform(step, in: &world)
      case (nil, .house(.sellerLeaves(let seller))):
        for index in lives.indices where lives[index].owner == seller { lives[index].expectHandover(&world) }
      case (nil, .house(let step)): house.perform(step, lives, in: &world)
      case (nil, .desk(let step)): world.handle(step)
      case (nil, _): break
      }
      for entry in world.entries { try body(entry) }
      world.entries.removeAll(keepingCapacity: true)
    }
  }

  /// The customers, and behind them the leads that never become any.
  private func population(in world: World, _ random: inout SplitMix64) -> [Life] {
    var names: Set<String> = []
    return (0..<customers + customers * 2 / 5).map { index in
      var own = random.split()
      let id = "C" + String(100_001 + index).dropFirst()
      let profile = Profile(id: id, since: world.start.year, taken: &names, &own)
      return Life(index: index, profile: profile, isStray: index >= customers, from: world.start, own)
    }
  }
}
