import Answers
import Synchronization
import Vocabulary

/// A bar for each stage of a check. Stages report from several threads.
final class ProcessBars: Sendable {
  private struct State {
    var bars: [ProcessCheck.Stage: ProgressBar] = [:]
  }
  private let state = Mutex(State())
  private let console: Console

  init(on console: Console) { self.console = console }

  func update(_ stage: ProcessCheck.Stage, _ done: Int64, of count: Int64) {
    state.withLock { state in
      let bar = state.bars[stage] ?? ProgressBar(stage.title, on: console)
      state.bars[stage] = bar
      bar.update(done, of: count)
      if done >= count { bar.finish() }
    }
  }

  func finish() { state.withLock { state in state.bars.values.forEach { $0.finish() } } }
}
