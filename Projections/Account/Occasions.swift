public import Conditions
public import Projection
public import Wire

/// Events of one sort by business time: how often, how long ago, within which days.
public struct Occasions {
  private let moments: [Moment]

  public init(_ moments: [Moment]) { self.moments = moments.sorted() }

  public func last(on day: Day) -> Moment? { moments.last { $0.at.day <= day } }
  public func first(on day: Day) -> Moment? { moments.first.flatMap { $0.at.day <= day ? $0 : nil } }
  public func daysSinceLast(on day: Day) -> Int64? { last(on: day).map { Int64(day - $0.at.day) } }
  public func daysSinceFirst(on day: Day) -> Int64? { first(on: day).map { Int64(day - $0.at.day) } }

  /// Those in the window, or all until that day. Complexity: O(occasions).
  public func within(_ window: Window?, on day: Day) -> [Moment] {
    moments.filter { window?.contains($0.at.day, on: day) ?? ($0.at.day <= day) }
  }

  /// The days on which the number of those in the window changes, or, without a window, on which one comes.
  public func changes(_ window: Window?) -> [Day] {
    guard let window else { return moments.map(\.at.day) }
    return moments.flatMap { [$0.at.day + window.skip, $0.at.day + (window.skip + window.length)] }
  }
}

extension Window {
  /// Whether a day lies in the window of another: 90 days up to today begin 89 days before it.
  public func contains(_ day: Day, on today: Day) -> Bool {
    let age = today - day
    return age >= skip && age < skip + length
  }
}
