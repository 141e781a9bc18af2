import Answers
import Bench
import Engine
import Events
import Foundation
import Import
import Log
import Vocabulary
import Wire

/// How fast tables become events: reading, binding, sorting and durable recording, as `keshi import` does it.
struct CSVBench {
  let table: SampleTable
  /// A folder in which the table and a log are made, and removed.
  let folder: String

  /// One import into a new log that seals personal values, as `keshi init` makes it.
  func run() throws -> Figure {
    let place = folder + "/csv-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let file = place + "/table.csv"
    let bytes = try table.write(to: file)
    let store = BenchStore(path: place + "/store", isSealed: true)
    return try store.withNewLog { log in
      let (start, cpu) = (nanoseconds(), cpuSeconds)
      let summary = try fill(log, from: file, quarantine: place)
      let (seconds, used) = (Double(nanoseconds() - start) / 1e9, cpuSeconds - cpu)
      guard summary.events == table.rows, log.head.size == UInt64(table.rows) else {
        throw BenchError.wrongResult("\(summary.events) events of \(table.rows) rows")
      }
      return Figure(
        "csv",
        [
          ("kind", .text(table.kind.rawValue)), ("rows", .whole(Int64(table.rows))), ("bytes", .whole(Int64(bytes))),
          ("rowsPerSecond", .number(Double(table.rows) / seconds)), ("rowsPerCPUSecond", .number(Double(table.rows) / used)),
          ("peakMemory", .whole(peakMemory)), ("load", .number(Load.average)),
        ])
    }
  }

  private func fill(_ store: Store, from file: String, quarantine: String) throws -> ImportSummary {
    let mapping = try Mapping.load(table.mapping, name: "bench.yaml", catalogue: .keshi)
    var options = ImportRun.Options()
    options.about.actor = "bench"
    let filing = ImportFiling(Recorder(store, about: options.about), Quarantine(folder: quarantine, at: .distantPast))
    let refuse = { (line: String) in throw BenchError.wrongResult(line) }
    return try ImportRun(mapping, files: [file], options: options).run(quarantine: refuse, emitting: filing.add)
  }
}
