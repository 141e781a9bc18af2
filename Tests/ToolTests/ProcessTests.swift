import Answers
import Crypto
import Engine
import Events
import Foundation
import Log
import Testing
import Wire

@testable import keshi

/// How often a command is killed; `KESHI_KILLS` asks for more.
private let kills = ProcessInfo.processInfo.environment["KESHI_KILLS"].flatMap { Int($0) } ?? 15

@Suite(.serialized) struct `The command as a process` {
  @Test(arguments: [
    ("$keshi --version", 0), ("$keshi nosuch", 64), ("$keshi events nosuch", 65), ("$keshi verify --data /nonexistent", 66),
    ("$keshi init --data /proc/nonexistent", 73), ("$keshi init --data $d && $keshi init --data $d", 73),
    ("$keshi init --data $d && echo '{}' | $keshi append --data $d", 65),
    ("$keshi init --data $d && echo | $keshi append --data $d --expect customer:1", 64),
    ("$keshi demo --customers 0 --data $d", 64), ("mkdir -p $d && touch $d/x && $keshi demo --data $d", 73),
    ("$keshi import --map nosuch /dev/null --data $d", 66), ("echo 'a: [' > $d.yaml; $keshi import --map $d.yaml /dev/null --data $d", 78),
    ("$keshi init --data $d && $keshi show churn > /dev/full --data $d --format csv", 74),
  ]) func `ends with the status of the contract`(line: String, status: Int32) throws {
    let folder = try Folder()
    let run = try Binary.shell(line, environment: ["d": folder.path + "/data"])
    #expect(run.status == status, "\(run.remarks)")
    if status != 0 { #expect(run.remarks.contains("[E-"), "\(run.remarks)") }
  }

  @Test func `ends quietly when nobody reads any more`() throws {
    let run = try Binary.shell("for i in $(seq 20); do $keshi events --format table || exit; done | head -n 1")
    #expect(run.status == 0 || run.status == 141)
    #expect(run.remarks == "")
    #expect(run.output.split(separator: "\n").count == 1)
  }

  @Test func `says the same in every time zone and locale`() throws {
    let folder = try Folder.filled()
    let line = "for f in table json ndjson csv; do $keshi show lifecycle --format $f; $keshi history 1 --format $f; done; $keshi rules list"
    var answers: Set<String> = []
    for (zone, locale) in [("UTC", "C"), ("Asia/Kolkata", "de_DE.UTF-8"), ("America/St_Johns", "tr_TR.UTF-8")] {
      let run = try Binary.shell(line, environment: ["KESHI_DATA": folder.path, "TZ": zone, "LC_ALL": locale])
      #expect(run.status == 0)
      answers.insert(run.output)
    }
    #expect(answers.count == 1)
  }

  /// One writer holds the log, which is certain as soon as it has printed a receipt; the other is turned away.
  @Test func `a second writer is told to try again`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = try Binary.shell(
      """
      mkfifo $d/fifo; exec 9<>$d/fifo
      $keshi append --data $d < $d/fifo 9>&- > $d/receipts & tool=$!
      printf '%s\\n' "$event" >&9
      for i in $(seq 600); do [ -s $d/receipts ] && break; sleep 0.05; done
      echo | $keshi append --data $d 9>&-; status=$?
      exec 9>&-; wait $tool; exit $status
      """, environment: ["d": folder.path, "event": Folder.events[0]])
    #expect(run.status == 75, "\(run.remarks)")
    #expect(run.remarks.contains("[E-LOG-LOCKED]"), "\(run.remarks)")
    #expect(folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":1,"#))
  }

  @Test func `an interrupt ends append at a clean place`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = try Binary.shell(
      """
      mkfifo $d/fifo; exec 9<>$d/fifo
      $keshi append --data $d < $d/fifo 9>&- > $d/receipts & tool=$!
      printf '%s\\n' "$event" >&9
      for i in $(seq 600); do [ -s $d/receipts ] && break; sleep 0.05; done
      kill -INT $tool; wait $tool; exit $?
      """, environment: ["d": folder.path, "event": Folder.events[0]])
    #expect(run.status == 130, "\(run.remarks)")
    #expect(run.remarks.contains("Stopped. Events recorded: 1."), "\(run.remarks)")
    #expect(folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":1,"#))
  }

  @Test func `a killed append has recorded everything that it acknowledged`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    var acknowledged = 0
    var killed = 0
    for round in 0..<kills {
      let input = try folder.file("input", (0..<30_000).map { Self.line("r\(round)-\($0)") }.joined())
      let append = Binary(["append", "--data", folder.path], input: input, output: folder.path + "/receipts")
      try append.process.run()
      if !round.isMultiple(of: 3) { Self.wait(for: folder.path + "/receipts") }
      usleep(UInt32.random(in: 0...400_000))
      kill(append.process.processIdentifier, SIGKILL)
      append.process.waitUntilExit()
      if append.process.terminationReason == .uncaughtSignal { killed += 1 }
      acknowledged += try check(try Self.receipts(in: folder.path + "/receipts"), in: folder.path)
    }
    #expect(killed > 0 && acknowledged > 0, "the kills came too early or too late to say anything")
  }

  @Test func `a killed import is made whole by the same import`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let map = try folder.file("map.yaml", Self.mapping)
    let table = try folder.file("people.csv", "id,name,since\n" + (0..<20_000).map { "\($0),N\($0),2025-01-01\n" }.joined())
    for _ in 0..<max(3, kills / 5) {
      let run = Binary(["import", "--map", map, table, "--data", folder.path])
      try run.process.run()
      usleep(UInt32.random(in: 100_000...700_000))
      kill(run.process.processIdentifier, SIGKILL)
      run.process.waitUntilExit()
    }
    let last = folder.run("import", "--map", map, table)
    #expect(last.status == .ok, "\(last.remarks)")
    #expect(folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":20000,"#))
    #expect(folder.run("import", "--map", map, table).output == #"{"rows":20000,"events":0,"duplicates":20000,"quarantined":0,"quarantineFile":null}"# + "\n")
  }
}

extension `The command as a process` {
  private static func line(_ id: String) -> String {
    #"{"type":"customer.registered","subject":"customer:\#(id)","data":{"name":"N"},"occurredAt":"2025-01-01","id":"\#(id)"}"# + "\n"
  }

  /// One event a row, by the mapping language.
  private static let mapping = """
    title: People
    files:
      - match: people.csv
        events:
          - type: customer.registered
            subject: "customer:{id}"
            at: since
            id: "people:{id}"
            data:
              name: "{name}"
    """

  /// Waits until the file has something in it; not for ever.
  private static func wait(for path: String) {
    for _ in 0..<400 {
      if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size > 0 { return }
      usleep(10_000)
    }
  }

  /// The receipts that were printed whole.
  private static func receipts(in path: String) throws -> [JSONObject] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return try lines.compactMap { try JSON(parsing: String($0)).object }
  }

  /// Every receipt's line is in the log, at its place, with its id and its hash.
  private func check(_ receipts: [JSONObject], in path: String) throws -> Int {
    let store = try Store.open(at: path, .read, catalogue: .keshi, projections: [], clock: WallClock())
    for receipt in receipts {
      let seq = try #require(receipt["seq"]?.int)
      let line = try store.log.line(at: UInt64(seq))
      let leaf = SHA256.hash(data: [0] + line).reduce(into: Text()) { $0.append(hex: $1) }.string
      #expect(receipt["leaf"]?.string == leaf)
      #expect(String(decoding: line, as: UTF8.self).contains("\"id\":\"\(receipt["id"]?.string ?? "?")\""))
    }
    return receipts.count
  }
}
