extension PipelineModel {
  /// Deals as known on one day.
  struct Known: Sendable {
    let asOf: Int
    /// Opened by then, in one order, so that neither sums nor draws depend on the caller's.
    let deals: [DealRecord]
    let spells: [CumulativeIncidence.Spell]
    let open: [DealRecord]
    /// The numbers of the strata, in rising order.
    let strata: [Int]
    /// For each deal the place of its stratum among them.
    let stratumOf: [Int]
    /// Places of deals opened within the same `PipelineLimit.blockDays`; each deal by itself where the blocks are fewer
    /// than `PipelineLimit.blocks`.
    let blocks: [[Int]]

    init(_ all: [DealRecord], asOf day: Int, observedFrom: Int?) {
      let all = all.sorted()
      var deals: [DealRecord] = []
      var spells: [CumulativeIncidence.Spell] = []
      for deal in all where deal.opened <= day {
        let isClosed = deal.isClosed(by: day)
        let exit = (isClosed ? deal.closed ?? day : day) - deal.opened
        let entry = max(0, (observedFrom ?? deal.opened) - deal.opened)
        // Who closed before the records begin, or is older than any age that is counted, was never seen at risk.
        guard
          let spell = CumulativeIncidence.Spell(entry: entry, exit: exit, outcome: isClosed ? deal.outcome : nil)
        else { continue }
        deals.append(deal)
        spells.append(spell)
      }
      (asOf, self.deals, self.spells) = (day, deals, spells)
      open = all.filter { $0.isOpen(on: day) }
      let numbers = Set(deals.map(\.stratum)).sorted()
      let places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($0.element, $0.offset) })
      strata = numbers
      stratumOf = deals.map { places[$0.stratum] ?? 0 }
      blocks = Known.blocks(deals)
    }

    /// The deals are sorted by the day opened.
    private static func blocks(_ deals: [DealRecord]) -> [[Int]] {
      var blocks: [[Int]] = []
      var first = Int.min
      for (place, deal) in deals.enumerated() {
        if blocks.isEmpty || deal.opened - first >= PipelineLimit.blockDays {
          blocks.append([])
          first = deal.opened
        }
        blocks[blocks.count - 1].append(place)
      }
      return blocks.count >= PipelineLimit.blocks ? blocks : deals.indices.map { [$0] }
    }

    /// By halving. Complexity: O(log strata).
    func place(ofStratum number: Int) -> Int? {
      var (low, high) = (0, strata.count)
      while low < high {
        let middle = (low + high) / 2
        if strata[middle] < number { low = middle + 1 } else { high = middle }
      }
      return low < strata.count && strata[low] == number ? low : nil
    }

    /// Places of as many blocks of deals, drawn with replacement.
    func resampled(_ random: inout RandomStream) -> [Int] {
      var places: [Int] = []
      places.reserveCapacity(deals.count)
      for _ in blocks.indices { places += blocks[random.below(blocks.count)] }
      return places
    }
  }
}
