import Vocabulary
public import Wire

/// Cases and what happened in each, in the order in which it is handed in.
///
/// Activities are kept by number, so that ten million events fit in memory: 12 bytes an event.
public struct ProcessLog: Sendable {
  /// What happened at one moment of a case.
  public struct Entry: Hashable, Sendable {
    public let activity: String
    public let at: Instant

    public init(_ activity: String, at: Instant) {
      self.activity = activity
      self.at = at
    }
  }

  /// The different activities, in the order in which they came.
  public private(set) var activities: [String] = []
  /// The cases' names, in the order in which they were handed in.
  public private(set) var cases: [String] = []
  private var numbers: [String: Int32] = [:]
  /// Where each case begins in `letters`, and at the end where all end.
  private var begins: [Int] = [0]
  private var letters: [Int32] = []
  private var times: [Int64] = []

  public init() {}

  public var events: Int { letters.count }

  /// Adds a case. The order of `entries` is the order in which things happened: who hands them in has sorted them.
  /// - Throws: `ConformanceError` where `ConformanceLimit` has fewer cases or activities; the log is then as before.
  public mutating func add(_ name: String, _ entries: some Collection<Entry>) throws(ConformanceError) {
    guard cases.count < ConformanceLimit.cases else {
      throw ConformanceError(.tooMany(Name("cases", "案例"), limit: ConformanceLimit.cases))
    }
    let before = letters.count
    for entry in entries {
      guard let letter = number(of: entry.activity) else {
        letters.removeSubrange(before...)
        times.removeSubrange(before...)
        throw ConformanceError(.tooMany(Name("different activities", "不同活动"), limit: ConformanceLimit.activities))
      }
      letters.append(letter)
      times.append(entry.at.microseconds)
    }
    cases.append(name)
    begins.append(letters.count)
  }

  private mutating func number(of activity: String) -> Int32? {
    if let number = numbers[activity] { return number }
    guard activities.count < ConformanceLimit.activities else { return nil }
    activities.append(activity)
    numbers[activity] = Int32(activities.count - 1)
    return Int32(activities.count - 1)
  }

  /// The numbers of a case's activities.
  func letters(of place: Int) -> ArraySlice<Int32> { letters[begins[place]..<begins[place + 1]] }
  func times(of place: Int) -> ArraySlice<Int64> { times[begins[place]..<begins[place + 1]] }
}

/// Cases in which the same activities happened in the same order.
public struct Variant: Hashable, Sendable {
  public let activities: [String]
  /// The places of its cases in the log, in their order; at least one.
  public let cases: [Int]

  public var count: Int { cases.count }
}

extension ProcessLog {
  /// The variants, the most frequent first; of equally frequent ones that first which begins with the activity of the
  /// smaller name (by bytes).
  /// - Complexity: O(events + variants × log variants).
  public func variants() -> [Variant] {
    var places: [ArraySlice<Int32>: Int] = [:]
    var members: [[Int]] = []
    for place in cases.indices {
      let letters = letters(of: place)
      if let found = places[letters] {
        members[found].append(place)
      } else {
        places[letters] = members.count
        members.append([place])
      }
    }
    let ranks = ranks()
    let keyed = members.map { (cases: $0, ranks: letters(of: $0[0]).map { ranks[Int($0)] }) }
    return keyed.sorted { a, b in
      a.cases.count != b.cases.count ? a.cases.count > b.cases.count : a.ranks.lexicographicallyPrecedes(b.ranks)
    }.map { Variant(activities: letters(of: $0.cases[0]).map { activities[Int($0)] }, cases: $0.cases) }
  }

  /// Each activity's place in the order of the names.
  func ranks() -> [Int] {
    let sorted = activities.indices.sorted { activities[$0].utf8.lexicographicallyPrecedes(activities[$1].utf8) }
    var ranks = Array(repeating: 0, count: activities.count)
    for (rank, activity) in sorted.enumerated() { ranks[activity] = rank }
    return ranks
  }
}
