import Statistics
import Vocabulary

// A figure as people read it.

extension ReportFigure {
  /// `1,234.50 CNY`, `60.9 %`, `67.5 days`; `–` where it is undefined.
  public func text(in language: Language) -> String { text(value, in: language) }

  private func text(_ number: Double?, in language: Language) -> String {
    guard let number else { return "–" }
    switch unit {
    case .count: return number.fixed(0)
    case .money(let currency):
      // Whole units: at the head of a report cents only stand in the way.
      let units = Int64((number / 100).rounded(.toNearestOrAwayFromZero)) * 100
      return String(units.asMoney.dropLast(3)) + (currency.isEmpty ? "" : " \(currency)")
    case .percent: return number.fixed(1) + " %"
    case .days: return number.fixed(1) + Name(" days", " 天")[language]
    case .score: return number.fixed(1)
    }
  }

  /// `before 61.2 % (−0.3 points)`; `nil` where nothing is said of the period before.
  public func comparison(in language: Language) -> String? {
    guard let before else { return nil }
    let change = change(from: before).map { Name(" (\($0))", "（\($0)）")[language] } ?? ""
    return Name("before ", "上期 ")[language] + text(before, in: language) + change
  }

  /// `95 %: 58.0 to 63.4`
  public func spread(in language: Language) -> String? {
    interval.map { Name("95 %: \($0.lower.fixed(1)) to \($0.upper.fixed(1))", "95 % 区间：\($0.lower.fixed(1)) 至 \($0.upper.fixed(1))")[language] }
  }

  /// Shares and scores change by points, everything else by a rate; `nil` where that is undefined.
  private func change(from before: Double) -> String? {
    guard let value else { return nil }
    switch unit {
    case .percent, .score: return (value - before).signed(1)
    case .count, .money, .days:
      return Growth(from: PeriodFigure(before), to: PeriodFigure(value)).rate.map { ($0 * 100).signed(1) + " %" }
    }
  }
}

extension Double {
  fileprivate func signed(_ places: Int) -> String {
    let text = magnitude.fixed(places)
    return self > 0 ? "+" + text : self < 0 ? "−" + text : "±" + text
  }
}
