public import Vocabulary
public import Wire

/// Where the values of measures come from: one subject's facts, by day.
///
/// A day's value counts everything that happened until its end. Between two of the days that `changes` names a value
/// stands still, or rises or falls by one a day, as the measure's motion says.
public protocol MeasureSource {
  /// The value times the measure's scale; `nil` where nothing is known. Of a word measure, the place of the word.
  /// - Parameter currency: the only one that money counts in; `nil` for the subject's own.
  func value(of use: MeasureUse, in currency: Currency?, on day: Day) -> Int64?
  /// The days on which the value may change by what happened, or by what leaves the window; in any order.
  func changes(of use: MeasureUse, in currency: Currency?) -> [Day]
  /// Positions of the events on which the value of that day rests, the decisive one last.
  func evidence(of use: MeasureUse, in currency: Currency?, on day: Day) -> [Int64]
}
