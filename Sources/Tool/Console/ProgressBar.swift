import Answers
import Synchronization
import Vocabulary

/// A line on the terminal that says how far a long work is, how fast, and how long it will yet take.
///
/// Draws only where standard error is a terminal, and at most ten times a second.
final class ProgressBar: Sendable {
  private struct State {
    var drawnAt: ContinuousClock.Instant?
    var width = 0
  }
  static let pause: Duration = .milliseconds(100)

  private let title: Name
  private let language: Language
  private let sink: (any Sink)?
  private let columns: Int
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  init(_ title: Name, on console: Console) {
    self.title = title
    language = Speech.language
    sink = console.remarksAreTerminal ? console.remarks : nil
    columns = console.columns
  }

  /// Draws, unless it has just been drawn.
  func update(_ done: Int64, of total: Int64) {
    guard let sink else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      if let drawn = state.drawnAt, now - drawn < ProgressBar.pause, done < total { return }
      state.drawnAt = now
      let text = ProgressBar.line(
        title[language], done: done, total: total, seconds: (now - started).inSeconds, columns: columns - 1, in: language)
      let blanks = String(repeating: " ", count: max(0, state.width - text.displayWidth))
      state.width = text.displayWidth
      try? sink.write("\r" + text + blanks)
      try? sink.flush()
    }
  }

  /// Takes the line away, so that what follows starts on a clean one.
  func finish() {
    state.withLock { state in
      guard let sink, state.width > 0 else { return }
      try? sink.write("\r" + String(repeating: " ", count: state.width) + "\r")
      try? sink.flush()
      state.width = 0
    }
  }

  /// `Reading  [#####.....]  50%  1200000/2400000  3100000/s  0:01 left`
  static func line(
    _ title: String, done: Int64, total: Int64, seconds: Double, columns: Int, in language: Language
  ) -> String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let rate = seconds > 0 ? min(max(0, Double(done) / seconds), 1e15) : 0
    let left = rate > 0 && total > done ? clock(Double(total - done) / rate) : clock(0)
    let filled = Int(share * 20)
    let bar = "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
    let rest = Name("\(left) left", "剩余 \(left)")[language]
    let parts = [title, bar, "\(Int(share * 100))%", "\(done)/\(total)", "\(Int64(rate))/s", rest]
    return parts.joined(separator: "  ").cut(toWidth: columns)
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    let tail = String(whole % 60)
    return "\(whole / 60):" + (tail.count < 2 ? "0" + tail : tail)
  }
}

extension Duration {
  var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
