import Conditions
import Events
import Exchange
import Foundation
import Log
import LogTestSupport
import Projection
import ProjectionCatalogue
import RuleFiles
import Vocabulary
import Wire

@testable import Log
@testable import Proofs
@testable import Vault

// What others hand in: evidence, keys, rules, files of other systems; and what lies in the vault.

private let logID = String(repeating: "0", count: 32)

private func evidence() -> [[UInt8]] {
  let disk = FakeDisk()
  guard (try? LogDirectory.createForTest(on: disk)) != nil,
    let log = try? LogDirectory.open(on: disk, clock: TestClock(), options: .byHand),
    (try? log.append(.orders(40))) != nil,
    let key = try? SignerKey(name: SigningName.of("keshi.example/test"), seed: [UInt8](repeating: 7, count: 32)),
    let checkpoint = try? Checkpoint(origin: "keshi.example/test", head: log.head), let note = try? key.sign(checkpoint.text),
    let signed = try? SignedCheckpoint(note)
  else { return [] }
  let tree = LogTree(log.reader)
  return [
    Array(note.encoded.utf8), try? EventProof(of: 20, in: tree, by: signed).encoded,
    try? EventsProof(of: [0, 7, 39], about: "customer:1", in: tree, by: signed).encoded,
    try? GrowthProof(since: 13, in: tree, to: signed).encoded,
    Array(#"{"seq":4,"id":"a","leaf":"\#(String(repeating: "ab", count: 32))","size":9}"#.utf8),
  ].compactMap { $0 }
}

private func vaultFrame() -> [UInt8] {
  let (builder, buffer) = (VaultFrame.Builder(), ByteBuffer())
  for leaf in 0..<3 { builder.add([1, 2, 3, UInt8(leaf)], leaf: leaf) }
  _ = builder.finish(into: buffer)
  return Array(buffer.bytes)
}

private let measures = [
  Measure(1, "days since last purchase", "距上次购买天数", .days, .rising),
  Measure(2, "median purchase gap", "采购间隔中位数", .days, scale: 2, cost: 4),
  Measure(3, "purchases", "购买次数", .count, window: .optional, cost: 2),
]

private let foreignFiles: [(kind: FileKind, seed: String)] = [
  (.xes, #"<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-01-01T00:00:00Z"/></event></trace></log>"#),
  (.ocelJSON, #"{"objectTypes":[],"eventTypes":[],"objects":[{"id":"o","type":"t"}],"events":[{"id":"e","type":"a","time":"2026-01-01T00:00:00Z","relationships":[{"objectId":"o","qualifier":"q"}]}]}"#),
  (.ocelXML, #"<log><objects><object id="o" type="t"/></objects><events><event id="e" type="a" time="2026-01-01T00:00:00Z"/></events></log>"#),
  (.cloudEvents, #"{"specversion":"1.0","id":"1","source":"/s","type":"a","time":"2026-01-01T00:00:00Z","data":{"x":1}}"#),
]

/// SQLite opens files only; on a disk in memory, which `tools/fuzz` clears.
private let databasePath = "/dev/shm/keshi-fuzz-\(getpid()).sqlite"

private func database() -> [[UInt8]] {
  unlink(databasePath)
  defer { unlink(databasePath) }
  guard let customer = Subject("customer:4"), let order = Subject("order:9") else { return [] }
  let past = [
    Event("customer.registered", customer, at: Instant(microseconds: 0), ["name": "Acme"]),
    Event("order.placed", order, at: Instant(microseconds: 1), ["customer": "4", "totalMinor": 1, "cur": "CNY"]),
  ]
  try? OCELDatabaseWriter(path: databasePath, catalogue: .keshi).write { add in for event in past { try add(event) } }
  return [FileManager.default.contents(atPath: databasePath).map { Array($0) } ?? []]
}

let outsideTargets: [Target] = [
  Target("evidence", seeds: evidence) { bytes in
    guard let evidence = try? Evidence(Array(bytes)) else { return }
    _ = try? evidence.verify()
    if let signed = evidence.signed { precondition((try? SignedCheckpoint(Array(signed.note.encoded.utf8))) == signed, "a note reads back otherwise") }
  },
  Target("policy", seeds: { [Array("log a.example/1+00000000+AQ==\nwitness w b+00000000+AQ==\ngroup g 1 w\nquorum g\n".utf8)] }) { bytes in
    _ = try? Policy(Array(bytes))
    _ = try? VerifierKey(String(decoding: bytes, as: UTF8.self))
  },
  Target("vault-frame", seeds: { [vaultFrame()] }) { bytes in
    var copy = Array(bytes)
    guard copy.count >= 20 else { return }
    copy.put(UInt32(copy.count - 8), at: 4)
    copy.seal(0..<copy.count - 4, at: copy.count - 4)
    copy.withUnsafeBytes { _ = VaultFrame.records($0, leaves: 256) }
  },
  Target("personal-record", seeds: { [[1, 1] + [UInt8](repeating: 5, count: 28) + [17, 0, 0, 0] + [UInt8](repeating: 9, count: 17)] }) { bytes in
    guard let record = PersonalRecord(Array(bytes)) else { return }
    _ = (record.keys, record.categories, record.nonces)
  },
  Target("key-file", seeds: { [KeyContents.head(log: logID) + KeyContents().frame] }) { bytes in
    var copy = Array(bytes)
    copy.seal(0..<40, at: 40)
    if copy.count > 56 {
      copy.put(UInt32(copy.count - 56), at: 48)
      copy.seal(44..<copy.count - 4, at: copy.count - 4)
    }
    _ = try? KeyContents.read(copy, log: logID, path: "fuzz")
  },
  Target("condition", seeds: { [Array("days since last purchase > 1.5 * median purchase gap and purchases in last 90 days >= 2".utf8)] }) { bytes in
    _ = try? Condition(String(decoding: bytes, as: UTF8.self), measures: measures)
  },
  Target("rule-file", seeds: { [Array("kind: churn\nsilenceDays: 90\n".utf8)] }) { bytes in
    let copy = Array(bytes)
    for kind in ProjectionCatalogue.rules.prefix(4) { _ = try? RuleFile.read(copy, kind: kind, file: "fuzz.yaml") }
  },
  // The pages are SQLite's to read; what comes out of them, of any type and under any name, is ours.
  Target(FileKind.ocelDatabase.rawValue, seeds: database) { bytes in
    guard FileManager.default.createFile(atPath: databasePath, contents: Data(bytes)) else { return }
    try? OCELDatabaseReader(path: databasePath).read { _, _ in }
  },
] + foreignFiles.map { file in
  Target(file.kind.rawValue, seeds: { [Array(file.seed.utf8)] }) { bytes in
    var rest = Array(bytes)[...]
    let feed: ByteFeed = {
      defer { rest = [] }
      return rest
    }
    try? NoteReader(file.kind, path: "fuzz").read(feed) { _, _ in }
  }
}
