import Wire

/// What the company counts of itself while it lives, as its own systems would: by seller and month.
struct Books: Sendable {
  /// The money in which the company is paid, its own first.
  static let currencies = ["CNY", "USD", "GBP", "EUR"]

  /// Commission that a payment earned, or that was taken back: one line of a statement.
  struct Line: Sendable {
    let currency: Int
    /// Minor units; below 0 where it is taken back.
    let amount: Int
    /// Positions of the events behind it.
    let basis: [Int64]
  }

  /// One seller's month.
  struct Month: Sendable {
    var collected = [Int](repeating: 0, count: Books.currencies.count)
    var ordered = [Int](repeating: 0, count: Books.currencies.count)
    var lines: [Line] = []
    var visits = 0
    var planned = 0
    var newCustomers = 0
    var lost = 0
    var answers: [Int] = []
    var trainings = 0
    var passed = 0
  }

  /// An opportunity that is open, as forecasts see it.
  struct Prospect: Sendable {
    var seller: Int
    let currency: Int
    var amount: Int
    var stage: Int
    var closeOn: Day
    var isOpen = true
  }

  /// By the place of the seller in the team; sums of the month that runs.
  private(set) var running: [Month]
  /// The month before.
  private(set) var closed: [Month]
  /// What was ordered in the months before, the newest last.
  private(set) var orderedBefore: [[[Int]]]
  private(set) var customers: [Int]
  private(set) var prospects: [Prospect] = []
  /// Collected since the year began, by seller and currency: the steps of the commission count it.
  private var collectedThisYear: [[Int]]
  private var year = 0
  private let sellers: Int
  private let places: [String: Int]
  /// Until when each seller is certified for each line of products.
  private var certified: [[Day]]

  init(sellers: [Seller]) {
    self.sellers = sellers.count
    places = Dictionary(uniqueKeysWithValues: sellers.enumerated().map { ($1.person.id, $0) })
    certified = [[Day]](repeating: [Day](repeating: Day(number: 0), count: Product.lines.count), count: sellers.count)
    running = [Month](repeating: Month(), count: sellers.count)
    closed = running
    orderedBefore = [[[Int]]](repeating: [], count: sellers.count)
    customers = [Int](repeating: 0, count: sellers.count)
    collectedThisYear = [[Int]](repeating: [Int](repeating: 0, count: Books.currencies.count), count: sellers.count)
  }

  static func place(of currency: String) -> Int { currencies.firstIndex(of: currency) ?? 0 }

  /// The month is over.
  mutating func close() {
    closed = running
    for seller in running.indices { orderedBefore[seller].append(running[seller].ordered) }
    running = [Month](repeating: Month(), count: sellers)
  }

  mutating func update(_ seller: Int?, _ change: (inout Month) -> Void) {
    if let seller { change(&running[seller]) }
  }

  mutating func own(_ seller: Int?, _ more: Int) {
    if let seller { customers[seller] += more }
  }
}

// Who may sell what.
extension Books {
  mutating func certify(_ seller: Int, _ line: Int, until day: Day) { certified[seller][line] = day }

  /// Whether somebody who sells has no valid certificate for an article. Service has one for all.
  func isLapsed(_ person: Person, for article: Product, on day: Day) -> Bool {
    places[person.id].map { certified[$0][article.line] < day } ?? false
  }
}

// What a payment earns: by steps over the calendar year, a part of it at once, the rest when its invoice is paid in full.
extension Books {
  /// Fen or cents from which a rate counts, and the rate in ten thousandths: version 1 of the commission rule.
  private static let steps = [(from: 0, rate: 300), (from: 100_000_000, rate: 400), (from: 300_000_000, rate: 500)]
  private static let atOnceBp = 7_000

  /// Rounded to the nearest, half up.
  private static func earned(of collected: Int) -> Int {
    var sum = 0
    for (place, step) in steps.enumerated() where collected > step.from {
      let end = place + 1 < steps.count ? min(collected, steps[place + 1].from) : collected
      sum += (end - step.from) * step.rate
    }
    return (sum + 5_000) / 10_000
  }

  /// Money came in: what it earns whom, at once and later.
  mutating func collect(
    _ amount: Int, _ currency: Int, by seller: Int?, in year: Int, at position: Int64
  ) -> (atOnce: Int, later: Int) {
    guard let seller else { return (0, 0) }
    if year != self.year {
      self.year = year
      for place in collectedThisYear.indices { collectedThisYear[place] = collectedThisYear[place].map { _ in 0 } }
    }
    let before = Books.earned(of: collectedThisYear[seller][currency])
    collectedThisYear[seller][currency] += amount
    let whole = Books.earned(of: collectedThisYear[seller][currency]) - before
    let atOnce = (whole * Books.atOnceBp + 5_000) / 10_000
    running[seller].collected[currency] += amount
    running[seller].lines.append(Line(currency: currency, amount: atOnce, basis: [position]))
    return (atOnce, whole - atOnce)
  }

  mutating func note(_ line: Line, for seller: Int?) {
    if let seller, line.amount != 0 { running[seller].lines.append(line) }
  }
}

// What is in the making.
extension Books {
  /// - Returns: its place.
  mutating func open(_ prospect: Prospect) -> Int {
    prospects.append(prospect)
    return prospects.count - 1
  }

  mutating func update(prospect place: Int, _ change: (inout Prospect) -> Void) {
    guard prospects.indices.contains(place) else { return }
    change(&prospects[place])
  }

  /// Hands the open opportunities of one customer to somebody else.
  mutating func hand(prospect place: Int, to seller: Int) {
    if prospects.indices.contains(place) { prospects[place].seller = seller }
  }
}
