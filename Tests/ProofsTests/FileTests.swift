import Log
import LogTestSupport
import Testing

@testable import Proofs

/// A log of 700 events, two segments sealed, with a checkpoint at its end.
struct ProvenLog {
  let log: TestLog
  let tree: LogTree
  let signed: SignedCheckpoint
  static let origin = "keshi.example/test"

  init(_ count: Int = 700, note: String = "") throws {
    log = try TestLog()
    _ = try log.directory.append(.orders(count, note: note))
    try log.directory.writer?.seal()
    try log.directory.writer?.mark()
    tree = LogTree(log.directory.reader)
    let head = LogHead(size: tree.size, root: try tree.root(at: tree.size))
    let checkpoint = try Checkpoint(origin: Self.origin, head: head)
    signed = try SignedCheckpoint(try Keys.signer(Self.origin).sign(checkpoint.text))
  }

  var audit: Audit { Audit(tree, origin: Self.origin) }
}

@Suite struct `Proof files` {
  private let proven: ProvenLog

  init() throws { proven = try ProvenLog() }

  private func evidence() throws -> [(String, [UInt8])] {
    let one = try EventProof(of: 300, in: proven.tree, by: proven.signed)
    let many = try EventsProof(of: [0, 1, 255, 256, 511, 699], about: "customer:4", in: proven.tree, by: proven.signed)
    let growth = try GrowthProof(since: 300, in: proven.tree, to: proven.signed)
    let leaf = try proven.tree.hash(level: 0, index: 5).hex
    return [
      ("event", one.encoded), ("events", many.encoded), ("growth", growth.encoded),
      ("note", Array(proven.signed.note.encoded.utf8)),
      ("receipts", Array("{\"seq\":5,\"id\":\"a\",\"leaf\":\"\(leaf)\",\"size\":9,\"duplicate\":false}\n".utf8)),
    ]
  }

  @Test func `come back as they were written, hold, and agree with the log`() throws {
    for (kind, bytes) in try evidence() {
      let read = try Evidence(bytes)
      try read.verify()
      #expect(try proven.audit.compare(read) == .agrees, "\(kind)")
      switch read {
      case .event(let proof):
        #expect(proof.encoded == bytes && bytes.count < 2000)
        #expect(proof.line == (try proven.tree.line(at: 300)))
      case .events(let proof): #expect(proof.encoded == bytes && proof.lines.count == 6 && proof.about == "customer:4")
      case .growth(let proof):
        #expect(proof.encoded == bytes)
        let old = try Checkpoint(origin: ProvenLog.origin, head: LogHead(size: 300, root: try proven.tree.root(at: 300)))
        try proof.verify(since: old)
        let forged = try Checkpoint(origin: ProvenLog.origin, head: LogHead(size: 300, root: proven.signed.checkpoint.root))
        #expect(throws: ProofError.wrongHashes) { try proof.verify(since: forged) }
        let other = try Checkpoint(origin: "other", head: LogHead(size: 300, root: try proven.tree.root(at: 300)))
        #expect(throws: ProofError.otherLog(expected: "other", found: ProvenLog.origin)) { try proof.verify(since: other) }
      case .checkpoint(let signed): #expect(signed == proven.signed)
      case .receipts(let receipts): #expect(receipts.map(\.seq) == [5])
      }
    }
  }

  @Test func `that were cut at any byte prove nothing`() throws {
    let policy = Policy(log: try Keys.signer(ProvenLog.origin).verifier)
    for (kind, bytes) in try evidence() where kind != "receipts" {
      for length in 0..<bytes.count {
        #expect(throws: ProofError.self, "\(kind) cut at \(length)") { try check(Array(bytes.prefix(length)), policy) }
      }
    }
  }

  @Test func `with one bit turned anywhere prove nothing, or the same`() throws {
    let policy = Policy(log: try Keys.signer(ProvenLog.origin).verifier)
    var random = SeededRandom(seed: 11)
    for (kind, bytes) in try evidence() where kind == "event" || kind == "events" {
      let whole = try Evidence(bytes)
      for place in bytes.indices {
        var spoiled = bytes
        spoiled[place] ^= 1 << UInt8(random.next() % 8)
        guard let found = try? check(spoiled, policy) else { continue }
        // Only the remark of what it is about is free.
        guard case .events(let a) = found, case .events(let b) = whole else {
          Issue.record("\(kind), byte \(place), seed 11")
          continue
        }
        #expect(a.lines == b.lines && a.selection == b.selection && a.signed.checkpoint == b.signed.checkpoint, "byte \(place), seed 11")
      }
    }
  }

  /// All that somebody who relies on a file has to ask.
  @discardableResult private func check(_ bytes: [UInt8], _ policy: Policy) throws -> Evidence {
    let evidence = try Evidence(bytes)
    try evidence.verify()
    if let signed = evidence.signed { _ = try policy.check(signed) }
    if case .growth(let proof) = evidence {
      let old = try Checkpoint(origin: ProvenLog.origin, head: LogHead(size: 300, root: try proven.tree.root(at: 300)))
      try proof.verify(since: old)
    }
    return evidence
  }

  @Test func `that are no files of ours are refused, whatever their bytes`() {
    var random = SeededRandom(seed: 21)
    let begins = ["", "{", "old ", "keshi-proof/1\n", "c2sp.org/tlog-proof@v1\n", "keshi-proof/1\nabout x\nevents 3\n", "old 5\n"]
    for round in 0..<3000 {
      let noise = (0..<Int(random.next() % 200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let bytes = Array(begins[round % begins.count].utf8) + noise
      #expect(throws: ProofError.self, "seed 21, round \(round)") { try Evidence(bytes) }
    }
  }

  @Test(arguments: [
    ("{}", .number), (#"{"seq":1,"id":"a","leaf":"00","size":2}"#, .hash), (#"{"seq":2,"id":"a","size":2}"#, .number),
    (#"{"seq":-1,"id":"a","size":2}"#, .number), ("{", .json), (#"{"seq":0,"leaf":"\#(String(repeating: "a", count: 64))","size":2}"#, .name),
  ] as [(String, ProofError.Reason)])
  func `receipts need their four members`(_ text: String, _ reason: ProofError.Reason) {
    #expect(throws: ProofError.malformed(.receipt, line: 1, reason)) { try KeptReceipt.list(Array(text.utf8)) }
  }

  @Test func `a count of events beyond the limit is refused before any is read`() {
    let limit = ProofLimit.proofEvents
    #expect(throws: ProofError.tooLarge(.proof, limit: limit)) {
      try EventsProof(Array("keshi-proof/1\nabout x\nevents \(limit + 1)\n".utf8))
    }
    #expect(throws: ProofError.malformed(.proof, line: 4, .missingLine)) {
      try EventsProof(Array("keshi-proof/1\nabout x\nevents \(limit)\n".utf8))
    }
    let path = String(repeating: PlainTree.leaf("x").base64 + "\n", count: 64)
    #expect(throws: ProofError.tooLarge(.request, limit: 63)) { try GrowthProof(Array("old 5\n\(path)\n".utf8)) }
  }
}

@Suite struct `Tiles` {
  /// Where the specification's example of 70,000 leaves would put its files, and the smallest cases.
  @Test(arguments: [(0, []), (1, ["0/000.p/1"]), (255, ["0/000.p/255"]), (256, ["0/000", "1/000.p/1"]), (700, ["0/000", "0/001", "0/002.p/188", "1/000.p/2"])] as [(Int, [String])])
  func `are where C2SP has them, and hold the tree`(_ count: Int, _ names: [String]) throws {
    var files: [String: [UInt8]] = [:]
    let lines = (0..<count).map { Array("{\"n\":\($0)}".utf8) }
    var export = TileExport { files[$0] = $1 }
    for line in lines { try line.withUnsafeBytes { try export.add($0) } }
    try export.finish()
    #expect(files.keys.filter { !$0.contains("entries") }.sorted() == names.map { "tile/" + $0 })
    let plain = PlainTree(inputs: lines)
    for (name, bytes) in files where !name.contains("entries") {
      let level = Int(name.split(separator: "/")[1]) ?? 0
      let tile = UInt64(name.split(separator: "/")[2].prefix(3)) ?? 0
      for place in 0..<bytes.count / 32 {
        let hash = bytes[(place * 32)...].withUnsafeBytes { Hash($0) }
        #expect(try plain.hash(level: level * 8, index: tile * 256 + UInt64(place)) == hash)
      }
    }
    let entries = files.keys.filter { $0.contains("entries") }.sorted().flatMap { files[$0] ?? [] }
    var read: [[UInt8]] = []
    var rest = entries[...]
    while rest.count >= 2 {
      let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
      read.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    #expect(read == lines)
  }
}
