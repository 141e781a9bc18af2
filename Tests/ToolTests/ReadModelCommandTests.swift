import Answers
import Engine
import Events
import Foundation
import Glibc
import Projection
import ProjectionCatalogue
import ReadModels
import Testing
import Vocabulary
import Wire

@testable import keshi

private func hashes(_ run: Run) throws -> [String: String] {
  try run.lines.reduce(into: [:]) { hashes, line in
    let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    hashes[row["projection"] as? String ?? ""] = row["outputHash"] as? String
  }
}

@Suite struct `Read models in use` {
  @Test func `are checked against the log, and rows that differ are named`() throws {
    let folder = try Folder.filled()
    let absent = folder.run("rebuild", "--check")
    #expect(absent.status == .ok && absent.lines.allSatisfy { $0.contains(#""verdict":"absent""#) })
    _ = folder.run("rebuild")
    let sound = folder.run("rebuild", "--check")
    #expect(sound.status == .ok && sound.lines.allSatisfy { $0.contains(#""verdict":"sound""#) })

    let store = ReadModelStore(directory: folder.path + "/models")
    let model = try store.open("lifecycle")
    var rows = try model.rows(limit: 100)
    rows[0].values[0] = .text("lost")
    rows.remove(at: 1)
    rows.append(ModelRow(subject: "customer:9", values: [.text("new")]))
    _ = try store.write(model.provenance, columns: model.columns, rows: rows)
    let drifted = folder.run("rebuild", "--check")
    #expect(drifted.status == .differs)
    let row = try #require(drifted.lines.first { $0.contains(#""projection":"lifecycle""#) })
    #expect(row.contains(#""verdict":"drifted""#) && row.contains(#""missing":1,"extra":1,"changed":1"#))
    #expect(row.contains(#"["customer:1","customer:2","customer:9"]"#))
    #expect(folder.run("rebuild", "--check", "loyalty").status == .ok)
    _ = folder.run("rebuild", "lifecycle")
    #expect(folder.run("rebuild", "--check").status == .ok)
  }

  @Test func `go back to the one before, and forth again`() throws {
    let folder = try Folder.filled()
    let first = try hashes(folder.run("rebuild"))
    #expect(folder.run("rebuild", "--rollback", "lifecycle").status == .noInput, "nothing is kept yet")
    _ = folder.run("append", input: #"{"type":"order.placed","subject":"order:11","data":{"customer":"2","totalMinor":5,"cur":"CNY"},"occurredAt":"2025-03-02"}"#)
    let second = try hashes(folder.run("rebuild"))
    #expect(second["lifecycle"] != first["lifecycle"])
    _ = folder.run("rebuild")  // the same rows again: what was kept stays kept
    let back = folder.run("rebuild", "--rollback", "lifecycle")
    #expect(back.status == .ok)
    #expect(try hashes(back)["lifecycle"] == first["lifecycle"])
    #expect(back.output.contains(#""position":3"#))
    #expect(folder.run("rebuild", "--check", "lifecycle").status == .ok, "an older model is no wrong one")
    #expect(try hashes(folder.run("rebuild", "--rollback", "lifecycle"))["lifecycle"] == second["lifecycle"])
    #expect(folder.run("rebuild", "--rollback").status == .usage)
    #expect(folder.run("rebuild", "--rollback", "--check").status == .usage)
    #expect(folder.run("rebuild", "--rollback", "nothing").status == .usage)
  }

  @Test func `are not put back where the one before is damaged`() throws {
    let folder = try Folder.filled()
    _ = folder.run("rebuild", "lifecycle")
    _ = folder.run("append", input: #"{"type":"order.placed","subject":"order:11","data":{"customer":"2","totalMinor":5,"cur":"CNY"},"occurredAt":"2025-03-02"}"#)
    let hash = try hashes(folder.run("rebuild", "lifecycle"))["lifecycle"]
    let kept = folder.path + "/models/lifecycle.sqlite.before"
    var bytes = try #require(FileManager.default.contents(atPath: kept))
    bytes.replaceSubrange(4096..., with: Data(repeating: 7, count: bytes.count - 4096))
    try bytes.write(to: URL(fileURLWithPath: kept))
    #expect(folder.run("rebuild", "--rollback", "lifecycle").status == .differs)
    #expect(try ReadModelStore(directory: folder.path + "/models").open("lifecycle").contentHash == hash)
  }

  @Test func `that cannot be built do not keep the others from being built`() throws {
    let folder = try Folder.filled()
    _ = folder.run("rebuild")
    // Another process that builds this one: its file is there, and locked.
    let path = folder.path + "/models/loyalty.sqlite.new-1"
    let builder = try #require(FileManager.default.createFile(atPath: path, contents: nil) ? open(path, O_RDONLY) : nil)
    defer { close(builder) }
    #expect(flock(builder, LOCK_EX | LOCK_NB) == 0)
    let run = folder.run("rebuild")
    #expect(run.status == .tryAgain && run.remarks.contains("[E-MODEL-BUSY]") && run.remarks.contains("loyalty"))
    #expect(Set(try hashes(run).keys) == Set(ProjectionCatalogue.all.map(\.name)).subtracting(["loyalty"]))
  }
}

@Suite struct `A rebuild that is killed` {
  /// Killed as soon as the first stretch is derived, then again a little later each time: the log is never read twice
  /// for what was derived, the models in use stay whole, and in the end the rows are those of an undisturbed rebuild.
  @Test func `goes on from what it had`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let store = try Store.open(
      at: folder.path, .write, catalogue: .keshi, projections: ProjectionCatalogue.all, clock: WallClock())
    for start in stride(from: 0, to: 68_000, by: 8_000) { _ = try store.append(orders(start..<min(start + 8_000, 68_000))) }
    try store.close()
    let facts = folder.path + "/derived/00000000000000000000.facts"

    let killed = Binary(["rebuild", "--data", folder.path])
    try killed.process.run()
    while killed.process.isRunning, !FileManager.default.fileExists(atPath: facts) { usleep(1_000) }
    kill(killed.process.processIdentifier, SIGKILL)
    killed.process.waitUntilExit()
    let made = try FileManager.default.attributesOfItem(atPath: facts)[.modificationDate] as? Date

    for delay in [20_000, 60_000, 150_000, 400_000] as [UInt32] {
      let run = Binary(["rebuild", "--data", folder.path])
      try run.process.run()
      usleep(delay)
      kill(run.process.processIdentifier, SIGKILL)
      run.process.waitUntilExit()
      for name in ReadModelStore(directory: folder.path + "/models").names() {
        try ReadModelStore(directory: folder.path + "/models").open(name).verify()
      }
    }
    let resumed = try hashes(folder.run("rebuild"))
    #expect(try FileManager.default.attributesOfItem(atPath: facts)[.modificationDate] as? Date == made)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/models").filter { $0.contains(".new-") }
    #expect(left.isEmpty, "left behind: \(left)")
    #expect(try hashes(folder.run("rebuild", "--from-log")) == resumed)
    let elsewhere = try Binary.shell("$keshi rebuild --data \(folder.path) | grep -c '\"changed\":0'")
    #expect(elsewhere.output == "\(ProjectionCatalogue.all.count)\n", "another process, with other hash seeds, gives other rows")
  }

  private func orders(_ range: Range<Int>) -> [Event] {
    range.map { number in
      Event(
        Order.placed, Subject("order:\(number)")!, at: (Day("2025-01-01")?.start ?? .distantPast).adding(days: number % 300),
        ["customer": .string("\(number % 97)"), "totalMinor": .int(Int64(number)), "cur": "CNY"])
    }
  }
}
