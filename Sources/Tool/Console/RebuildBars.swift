import Answers
import Engine
import Synchronization

/// One progress bar for each step of a rebuild, one after the other on the same line.
final class RebuildBars: Sendable {
  private struct Current {
    let step: RebuildStep
    let bar: ProgressBar
  }
  private let current = Mutex<Current?>(nil)
  private let console: Console

  init(on console: Console) { self.console = console }

  func update(_ step: RebuildStep, _ done: Int64, of total: Int64) {
    guard console.remarksAreTerminal else { return }
    let bar = current.withLock { current in
      if let current, current.step == step { return current.bar }
      current?.bar.finish()
      let fresh = Current(step: step, bar: ProgressBar(step.title, on: console))
      current = fresh
      return fresh.bar
    }
    bar.update(done, of: total)
  }

  func finish() { current.withLock { $0?.bar.finish() } }
}
