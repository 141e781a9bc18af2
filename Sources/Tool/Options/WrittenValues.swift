import Answers
import ArgumentParser
import Backtest
import Vocabulary
import Wire

// Values that every door reads alike, as arguments and options of the command line.

/// A value that is read from a text.
protocol WrittenValue: ExpressibleByArgument {
  init?(_ text: String)
}

extension WrittenValue {
  public init?(argument: String) { self.init(argument) }
}

extension TimePoint: WrittenValue {}
extension LogPoint: WrittenValue {}
extension StartPoint: WrittenValue {}
extension RuleChoice: WrittenValue {}
extension ExpectedVersion: WrittenValue {}
extension Day: ExpressibleByArgument {}

extension DaySpan: WrittenValue {
  public var defaultValueDescription: String { "\(days)d" }
}

extension Cadence: WrittenValue {
  public var defaultValueDescription: String { self == .months(1) ? "month" : String(describing: self) }
}

extension Language: ExpressibleByArgument {}
extension GuardPolicy: ExpressibleByArgument {}
extension ChurnOutcome: ExpressibleByArgument {}
extension WarningLevel: ExpressibleByArgument {}
extension FitModel: ExpressibleByArgument {}
extension ReportName: ExpressibleByArgument {}
extension SeriesMethod: ExpressibleByArgument {}

extension Period: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension PersonalCategory: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = PersonalCategory.allCases.first(where: { $0.word.text == argument }) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { allCases.map(\.word.text) }
}
