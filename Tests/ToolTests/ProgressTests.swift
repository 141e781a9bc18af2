import Answers
import Testing
import Vocabulary

@testable import keshi

@Suite struct `Progress` {
  @Test func `says how far, how fast and how long`() {
    #expect(
      ProgressBar.line("Reading", done: 50, total: 100, seconds: 2, columns: 100, in: .en)
        == "Reading  [##########..........]  50%  50/100  25/s  0:02 left")
    #expect(
      ProgressBar.line("读取", done: 100, total: 100, seconds: 65, columns: 100, in: .zh)
        == "读取  [####################]  100%  100/100  1/s  剩余 0:00")
  }

  @Test(arguments: [(0, 0), (0, 100), (5, 0), (100, 50), (-1, 10), (Int64.max, Int64.max)]) func `has no number that breaks it`(
    done: Int64, total: Int64
  ) {
    for seconds in [0, 1e-9, 1e9] {
      let line = ProgressBar.line("Reading", done: done, total: total, seconds: seconds, columns: 40, in: .en)
      #expect(line.displayWidth <= 40)
    }
  }

  @Test(arguments: [true, false]) func `is drawn on a terminal only, and not at every step`(isTerminal: Bool) {
    let remarks = MemorySink()
    var console = Console(input: MemorySource(""), output: MemorySink(), remarks: remarks, environment: [:])
    console.remarksAreTerminal = isTerminal
    let bar = ProgressBar(Name("Reading", "读取"), on: console)
    for step in 1...10_000 { bar.update(Int64(step), of: 10_000) }
    bar.finish()
    let drawn = remarks.text.split(separator: "\r").count
    #expect(isTerminal ? (2...50).contains(drawn) : drawn == 0)
  }
}
