import Foundation
import Log
import LogTestSupport
import Synchronization
import Testing

@testable import Proofs

/// With the patience that an issuer has by itself, unless another is given.
private func issue(_ disk: FakeDisk, key: UInt8 = 1, patience: Int? = nil) throws -> SignedCheckpoint {
  let log = try DurableLog(on: disk)
  let (shelf, key, origin) = (CheckpointShelf(disk), try Keys.signer(ProvenLog.origin, key), ProvenLog.origin)
  let issuer = try patience.map { try Issuer(shelf, key: key, origin: origin, patience: $0) } ?? Issuer(shelf, key: key, origin: origin)
  return try issuer.issue(log, tree: LogTree(log.reader))
}

@Suite struct `Signing` {
  @Test func `keeps each checkpoint, and gives the same one again while nothing was added`() throws {
    let log = try TestLog()
    let empty = try issue(log.disk)
    #expect(empty.checkpoint.size == 0 && empty.checkpoint.root == Frontier().root)
    _ = try log.directory.append(.orders(3))
    try log.directory.writer?.mark()
    let first = try issue(log.disk)
    #expect(try issue(log.disk) == first)
    #expect(log.disk.bytes("checkpoints/00000000000000000003.note") == Array(first.note.encoded.utf8))
    _ = try log.directory.append(.orders(300, from: 3))
    try log.directory.writer?.mark()
    let second = try issue(log.disk)
    #expect(second.checkpoint.size == 303 && second.checkpoint.root == log.directory.head.root)
    #expect(log.disk.bytes("checkpoint") == Array(second.note.encoded.utf8))
    #expect(try CheckpointShelf(log.disk).sizes() == [0, 3, 303])
  }

  @Test func `refuses a log that was replaced by another, keeps both, and signs nothing`() throws {
    let (one, other) = (try TestLog(), try TestLog())
    _ = try one.directory.append(.orders(5))
    _ = try other.directory.append(.orders(9, note: "other"))
    for log in [one, other] { try log.directory.close() }
    let signed = try issue(one.disk)
    for path in signed.checkpoint.size == 5 ? ["checkpoint", "checkpoints/00000000000000000005.note"] : [] {
      other.disk.put(try #require(one.disk.bytes(path)), at: path)
    }
    let before = other.disk.paths
    #expect { try issue(other.disk) } throws: { error in
      guard case ProofError.contradiction(let kept, let found, let saved) = error else { return false }
      return kept == signed.checkpoint && found.size == 9 && saved.count == 2 && saved.allSatisfy { other.disk.bytes($0) != nil }
    }
    let held = other.disk.paths.filter { $0.hasSuffix("held.txt") }
    #expect(held.map { other.disk.bytes($0) } == [Array(signed.note.encoded.utf8)])
    #expect(other.disk.paths.filter { $0.hasPrefix("checkpoint") && !$0.hasSuffix("LOCK") } == before.filter { $0.hasPrefix("checkpoint") })
  }

  @Test func `refuses a log that lost its end, and opening refuses to let it grow again`() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(5))
    try log.directory.close()
    let older = log.disk.afterProcessEnd()
    let directory = try LogDirectory.open(on: log.disk.afterProcessEnd(), clock: TestClock(), options: .byHand)
    _ = try directory.append(.orders(4, from: 5))
    let newer = try Keys.checkpoint(9, directory.head.root, origin: ProvenLog.origin)
    older.put(Array(newer.note.encoded.utf8), at: CheckpointShelf.path(9))
    #expect { try issue(older) } throws: {
      guard case ProofError.contradiction(let kept, let found, _) = $0 else { return false }
      return kept.size == 9 && found.size == 5
    }
    let opened = try LogDirectory.open(on: older, clock: TestClock(), options: .byHand)
    #expect(opened.damage == Damage(file: CheckpointShelf.path(9), offset: 0, leaves: 5..<9, kind: .missing))
    #expect(throws: LogError.self) { try opened.append(.orders(1)) }
    #expect(try opened.allLines().count == 5)
  }

  @Test(arguments: ["rubbish\n", "other.example/log\n9\n", "keshi.example/test\n8\n", ""])
  func `a file among the checkpoints that is none of this log's keeps nobody out`(_ text: String) throws {
    let log = try TestLog()
    try log.directory.close()
    let disk = log.disk.afterProcessEnd()
    disk.put(Array(text.utf8), at: CheckpointShelf.path(9))
    let opened = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    #expect(opened.damage == nil)
    #expect(try opened.append(.orders(1)).count == 1)
  }

  @Test func `needs the log's own key`() throws {
    let log = try TestLog()
    #expect(throws: ProofError.otherKey(expected: "a.example", found: ProvenLog.origin)) {
      try Issuer(CheckpointShelf(log.disk), key: try Keys.signer(ProvenLog.origin), origin: "a.example")
    }
  }

  @Test func `gathers signatures on a kept checkpoint, and takes none for another text`() throws {
    let proven = try ProvenLog()
    let shelf = CheckpointShelf(proven.log.disk)
    try shelf.keep(proven.signed)
    let (_, signature) = try Keys.cosign(proven.signed.note, "w", 9)
    var cosigned = proven.signed
    cosigned.note = SignedNote(text: cosigned.note.text, signatures: [signature])
    #expect(try shelf.keep(cosigned).note.signatures == proven.signed.note.signatures + [signature])
    #expect(try shelf.newest()?.note.signatures.count == 2)
    #expect(try issue(proven.log.disk).note.signatures.count == 2)
    let forged = try Keys.checkpoint(700, PlainTree.leaf("x"), origin: ProvenLog.origin)
    #expect(throws: ProofError.self) { try shelf.keep(forged) }
    #expect(try shelf.newest()?.checkpoint == proven.signed.checkpoint)
    #expect(proven.log.disk.paths.filter { $0.hasPrefix("evidence/") }.count == 2)
  }

  /// The order that makes a signature safe: kept and durable before anybody has it.
  @Test func `a crash at any call leaves every checkpoint that was handed out`() throws {
    var handedOut = 0
    for call in 1..<80 {
      let log = try TestLog()
      _ = try log.directory.append(.orders(7))
      try log.directory.close()
      let disk = log.disk.afterProcessEnd()
      disk.set(.crash(at: call))
      let signed = try? issue(disk)
      let after = disk.afterCrash(seed: UInt64(call))
      let kept = try CheckpointShelf(after).newest()
      if let signed { #expect(kept == signed, "call \(call)") }
      #expect(kept == nil || kept?.checkpoint.size == 7, "call \(call)")
      #expect(try issue(after).checkpoint.size == 7, "call \(call)")
      #expect(try LogDirectory.open(on: after, clock: TestClock(), options: .byHand).damage == nil, "call \(call)")
      handedOut += signed == nil ? 0 : 1
      if signed != nil && !disk.isDown { break }
    }
    #expect(handedOut > 0)
  }

  @Test func `one signs at a time`() throws {
    let log = try TestLog()
    let shelf = CheckpointShelf(log.disk)
    _ = try shelf.alone { #expect(throws: ProofError.busy) { try issue(log.disk, patience: 0) } }
    _ = try issue(log.disk)
  }

  /// A server signs each second, and any number of people ask it for proofs of what was recorded just now.
  @Test func `many who sign at once wait for one another, as long as they have patience`() throws {
    let log = try TestLog()
    let (disk, shelf) = (log.disk, CheckpointShelf(log.disk))
    let (signs, mayEnd, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      try? shelf.alone {
        signs.signal()
        mayEnd.wait()
      }
    }
    signs.wait()
    #expect(throws: ProofError.busy) { try issue(disk, patience: 40) }
    let refused = Mutex<[String]>([])
    for _ in 0..<8 {
      Thread.detachNewThread {
        do { _ = try issue(disk) } catch { refused.withLock { $0.append("\(error)") } }
        done.signal()
      }
    }
    Thread.sleep(forTimeInterval: 0.1)  // they come while it is signed
    mayEnd.signal()
    for _ in 0..<8 { done.wait() }
    #expect(refused.withLock { $0 } == [])
  }
}

@Suite struct `Evidence against a log` {
  @Test func `shows what was lost and what was changed`() throws {
    let (whole, short, changed) = (try ProvenLog(), try ProvenLog(500), try ProvenLog(note: "x"))
    for kind in ["note", "event", "events", "receipt"] {
      let evidence = try evidence(kind, of: whole)
      #expect(try whole.audit.compare(evidence) == .agrees, "\(kind)")
      #expect(try short.audit.compare(evidence) == .shorter(proven: 700), "\(kind)")
      guard case .forked = try changed.audit.compare(evidence) else {
        Issue.record("\(kind)")
        continue
      }
    }
    let foreign = try Keys.checkpoint(1, PlainTree.leaf("x"))
    #expect(throws: ProofError.otherLog(expected: ProvenLog.origin, found: "a.example/log")) { try whole.audit.compare(foreign.checkpoint) }
  }

  private func evidence(_ kind: String, of proven: ProvenLog) throws -> Evidence {
    switch kind {
    case "note": return .checkpoint(proven.signed)
    case "event": return .event(try EventProof(of: 3, in: proven.tree, by: proven.signed))
    case "events": return .events(try EventsProof(of: [3, 650], about: "x", in: proven.tree, by: proven.signed))
    default: return .receipts([KeptReceipt(seq: 650, id: "a", leaf: try proven.tree.hash(level: 0, index: 650), size: 700)])
    }
  }
}
