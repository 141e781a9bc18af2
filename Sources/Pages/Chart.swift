import Answers
import Projection
import Vocabulary

/// A drawing of one column of a table, in the coordinates of its page's SVG.
///
/// It stands beside the table that it draws, takes no colour to be understood, and says its values in words.
struct Chart {
  private let title: String
  private let labels: [String]
  private let values: [Double?]
  private let bounds: [(lower: Double, upper: Double)?]
  /// What a value is called on the drawing.
  private let name: (Double) -> String
  private let form: ReportChart.Form

  /// Rows that a drawing shows at most: the first ones of lying bars, the last ones of periods.
  static let rowLimit = 20
  private static let width = 820.0

  /// `nil` where the section has no drawing, or no value to draw.
  init?(_ section: ReportSection, in language: Language) {
    guard let chart = section.chart, let place = section.columns.firstIndex(where: { $0.name == chart.value }),
      let label = section.columns.firstIndex(where: { $0.name == chart.label })
    else { return nil }
    let isLying = if case .bars = chart.form { true } else { false }
    // Of many bars those with nothing to show are left to the table.
    let rows =
      isLying
      ? (section.rows.count > 12 ? section.rows.filter { ($0[place].number ?? 0) != 0 } : section.rows).prefix(Chart.rowLimit)
      : section.rows.suffix(Chart.rowLimit)
    func column(_ name: String) -> [Double?] {
      guard let place = section.columns.firstIndex(where: { $0.name == name }) else { return [] }
      return rows.map { $0[place].number }
    }
    values = rows.map { $0[place].number }
    guard values.contains(where: { $0 != nil && $0 != 0 }) else { return nil }
    let (lower, upper) = (chart.bounds.map { column($0.lower) } ?? [], chart.bounds.map { column($0.upper) } ?? [])
    bounds = zip(lower, upper).map { pair in
      if let lower = pair.0, let upper = pair.1 { (lower, upper) } else { nil }
    }
    labels = rows.map { $0[label].text(in: section.columns[label], language) }
    let isMoney = section.columns[place].kind == .money
    name = { isMoney ? $0.shortMoney(in: language) : $0.shortNumber }
    title = "\(section.heading[language]): \(section.columns[place].title[language])"
    form = chart.form
  }

  var page: PageValue {
    switch form {
    case .bars: lying
    case .columns: standing
    case .line: course
    }
  }
}

// MARK: Lying bars

extension Chart {
  private var lying: PageValue {
    let (left, right, step) = (220.0, 110.0, 24.0)
    let numbers = values.map { $0 ?? 0 }
    let (least, greatest) = (min(0, numbers.min() ?? 0), max(0, numbers.max() ?? 0))
    let scale = (Chart.width - left - right) / (greatest - least)
    let zero = left - least * scale
    var (bars, texts): ([PageValue], [PageValue]) = ([], [])
    for (row, value) in numbers.enumerated() {
      let top = Double(row) * step + 4
      let (from, to) = (zero + min(0, value) * scale, zero + max(0, value) * scale)
      bars.append(Chart.rectangle(from, top, to - from, step - 8))
      texts.append(Chart.text(labels[row].shortened, "end", left - 8, top + 12))
      texts.append(Chart.text(name(value), "start", to + 6, top + 12))
    }
    let height = Double(numbers.count) * step + 6
    return parts(
      height: height, rules: ["M\(zero.drawn) 0V\(height.drawn)"], bars: bars, labels: texts)
  }
}

// MARK: Over periods

extension Chart {
  private static let plot = (left: 76.0, right: 12.0, top: 18.0, bottom: 26.0, height: 190.0)

  private var standing: PageValue {
    let frame = Frame(values, [])
    let slot = frame.slot(values.count)
    var (bars, texts): ([PageValue], [PageValue]) = ([], [])
    for (place, value) in values.enumerated() {
      let value = value ?? 0
      let (middle, top, foot) = (frame.x(place, values.count), frame.y(max(0, value)), frame.y(min(0, value)))
      bars.append(Chart.rectangle(middle - slot * 0.35, top, slot * 0.7, foot - top))
      if value != 0 { texts.append(Chart.text(name(value), "middle", middle, top - 4)) }
    }
    return parts(
      height: Chart.plot.height, rules: frame.rules, bars: bars, labels: texts + axis(frame))
  }

  private var course: PageValue {
    let frame = Frame(values, bounds)
    var (dots, texts): ([PageValue], [PageValue]) = ([], [])
    var points: [[String]] = [[]]
    for (place, value) in values.enumerated() {
      guard let value else {
        points.append([])
        continue
      }
      let (x, y) = (frame.x(place, values.count), frame.y(value))
      points[points.count - 1].append("\(x.drawn),\(y.drawn)")
      dots.append(.values(["x": .text(x.drawn), "y": .text(y.drawn)]))
      texts.append(Chart.text(name(value), "middle", x, y - 8))
    }
    return parts(
      height: Chart.plot.height, bands: band(frame), rules: frame.rules,
      lines: points.filter { $0.count > 1 }.map { $0.joined(separator: " ") }, dots: dots, labels: texts + axis(frame))
  }

  /// The interval as a closed shape, forth along the upper bounds and back along the lower.
  private func band(_ frame: Frame) -> [String] {
    let known = bounds.enumerated().compactMap { place, bound in bound.map { (frame.x(place, values.count), $0.lower, $0.upper) } }
    guard known.count > 1 else { return [] }
    let forth = known.map { "\($0.0.drawn),\(frame.y($0.2).drawn)" }
    let back = known.reversed().map { "\($0.0.drawn),\(frame.y($0.1).drawn)" }
    return [(forth + back).joined(separator: " ")]
  }

  /// The periods below, and values at the left.
  private func axis(_ frame: Frame) -> [PageValue] {
    let every = (labels.count + 12) / 13
    let below = labels.enumerated().filter { (labels.count - 1 - $0.offset) % every == 0 }.map { place, label in
      Chart.text(label.shortened, "middle", frame.x(place, labels.count), Chart.plot.height - 8)
    }
    let left = frame.ticks.map { Chart.text(name($0), "end", Chart.plot.left - 6, frame.y($0) + 4) }
    return below + left
  }

  /// Where values stand: from the least to the greatest, zero always among them.
  private struct Frame {
    private let least: Double
    private let greatest: Double
    let ticks: [Double]

    init(_ values: [Double?], _ bounds: [(lower: Double, upper: Double)?]) {
      let all = values.compactMap(\.self) + bounds.compactMap(\.self).flatMap { [$0.lower, $0.upper] }
      let (low, high) = (min(0, all.min() ?? 0), max(0, all.max() ?? 0))
      let step = (high - low).tickStep
      let (least, greatest) = ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
      (self.least, self.greatest) = (least, greatest)
      ticks = (0...Int(((greatest - least) / step).rounded())).map { least + Double($0) * step }
    }

    func y(_ value: Double) -> Double {
      let room = Chart.plot.height - Chart.plot.top - Chart.plot.bottom
      return Chart.plot.top + (greatest - value) / (greatest - least) * room
    }
    func slot(_ count: Int) -> Double { (Chart.width - Chart.plot.left - Chart.plot.right) / Double(max(1, count)) }
    func x(_ place: Int, _ count: Int) -> Double { Chart.plot.left + (Double(place) + 0.5) * slot(count) }

    var rules: [String] {
      ticks.map { "M\(Chart.plot.left.drawn) \(y($0).drawn)H\((Chart.width - Chart.plot.right).drawn)" }
    }
  }
}

// MARK: The parts of the template

extension Chart {
  private static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> PageValue {
    .values(["x": .text(x.drawn), "y": .text(y.drawn), "width": .text(max(0, width).drawn), "height": .text(max(0, height).drawn)])
  }

  private static func text(_ text: String, _ place: String, _ x: Double, _ y: Double) -> PageValue {
    .values(["text": .text(text), "place": .text(place), "x": .text(x.drawn), "y": .text(y.drawn)])
  }

  private func parts(
    height: Double, bands: [String] = [], rules: [String] = [], bars: [PageValue] = [], lines: [String] = [], dots: [PageValue] = [],
    labels: [PageValue]
  ) -> PageValue {
    .values([
      "title": .text(title), "width": .text(Chart.width.drawn), "height": .text(height.drawn), "bands": .list(bands.map { .text($0) }),
      "rules": .list(rules.map { .text($0) }), "bars": .list(bars), "lines": .list(lines.map { .text($0) }), "dots": .list(dots),
      "labels": .list(labels),
    ])
  }
}

extension Cell {
  /// What a drawing measures; `nil` where there is no number.
  fileprivate var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number, _): number
    default: nil
    }
  }
}

extension Double {
  /// A coordinate.
  fileprivate var drawn: String { fixed(1) }

  /// 1, 2 or 5 times a power of ten, of which three to six fill the range.
  fileprivate var tickStep: Double {
    guard self > 0 else { return 1 }
    var step = 1.0
    while step * 5 < self { step *= 10 }
    while step > self { step /= 10 }
    for part in [0.2, 0.5, 1] where self / (step * part) <= 5 { return step * part }
    return step * 2
  }

  /// `1.2M`; in Chinese by ten thousands: `120.0万`. Of minor units.
  fileprivate func shortMoney(in language: Language) -> String {
    let units = self / 100
    let steps: [(size: Double, en: String, zh: String)] = [
      (1e9, "bn", ""), (1e8, "", "亿"), (1e6, "M", ""), (1e4, "", "万"), (1e3, "k", ""),
    ]
    for step in steps where units.magnitude >= step.size {
      let sign = language == .en ? step.en : step.zh
      if !sign.isEmpty { return (units / step.size).fixed(1) + sign }
    }
    return units.fixed(0)
  }

  fileprivate var shortNumber: String { self == rounded() ? fixed(0) : fixed(1) }
}

extension String {
  /// What fits beside a drawing; wide signs count twice.
  fileprivate var shortened: String {
    var (room, text) = (30, "")
    for character in self {
      room -= character.unicodeScalars.contains { $0.value >= 0x2E80 } ? 2 : 1
      guard room >= 0 else { return text + "…" }
      text.append(character)
    }
    return text
  }
}
