import Crypto
import Events
import Log
import LogTestSupport
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Vault

@Suite struct `Erasing a person` {
  private static let base = Result { try Workplace.filled() }

  private func workplace() throws -> Workplace { try Workplace(on: try Self.base.get().afterProcessEnd()) }

  @Test func `takes their values and nobody else's, and moves no root`() throws {
    let place = try workplace()
    let before = try place.values()
    let (head, lines) = (place.log.head, try place.log.allLines())
    #expect(before.count == 540)
    let certificate = try #require(try place.eraser.erase(place.task("customer:1"), try place.book()).certificate)
    let after = try place.values()
    let others = before.filter { !($0.value.canonical.contains("-of-1") || $0.value.canonical.hasSuffix("-1\"]")) }
    #expect(others.count == 360)
    #expect(after == others)
    #expect(certificate.keys.count == 2 && certificate.records == 90)
    #expect(Array(try place.log.allLines().prefix(lines.count)) == lines)
    try place.log.close()
    let report = try Verifier(disk: place.disk).run()
    #expect(report.verdict == .clean && report.events == head.size + 2)
    let event = try #require(try place.book().erasures.first)
    #expect(event.keys == certificate.keys && event.seq == certificate.event)
  }

  @Test func `leaves no byte of a value, a salt or a key in any file`() throws {
    let place = try workplace()
    var secrets: [[UInt8]] = []
    try place.forEachEvent { seq, event in
      guard event.subject.description == "customer:1", let bytes = try place.log.reader.vaultRecord(at: seq) else { return }
      let record = try #require(PersonalRecord(bytes))
      for box in record.boxes {
        let key = try #require(try place.sealing.keys.key(box.key))
        secrets += [box.text, key.cipher.withUnsafeBytes { Array($0) }, key.salts.withUnsafeBytes { Array($0) }]
        for field in ["name", "channels"] { secrets.append(Sums.salt(key, nonce: box.nonce, field: field)) }
      }
    }
    #expect(secrets.contains { Workplace.holds($0, place.disk) }, "else this test could not fail")
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    try place.log.close()
    for secret in secrets { #expect(!Workplace.holds(secret, place.disk)) }
  }

  @Test func `keeps what the other categories hold`() throws {
    let place = try workplace()
    var task = place.task("customer:1")
    task.categories = [.reach]
    _ = try place.eraser.erase(task, try place.book())
    let values = try place.values()
    #expect(values.values.contains(.string(Workplace.name(1))))
    #expect(!values.values.contains(.array([.string(Workplace.reach(1))])))
    #expect(values.values.contains(.array([.string(Workplace.reach(2))])))
  }

  @Test func `is refused under a hold, and possible after it`() throws {
    let place = try workplace()
    let hold = Event(Privacy.holdPlaced, Subject("customer:1")!, at: Instant(microseconds: 0)).because("claim")
    let seq = Int64(try place.append([hold])[0].seq)
    #expect(throws: ErasureError.held(subject: "customer:1", hold: seq)) {
      try place.eraser.erase(place.task("customer:1"), try place.book())
    }
    #expect(try place.values().count == 540)
    var release = Event(Privacy.holdReleased, Subject("customer:1")!, at: Instant(microseconds: 0)).because("over")
    release.data["hold"] = .int(seq)
    try place.append([release])
    #expect(try place.eraser.erase(place.task("customer:1"), try place.book()).certificate != nil)
  }

  @Test func `done twice is done once`() throws {
    let place = try workplace()
    let certificate = try #require(try place.eraser.erase(place.task("customer:1"), try place.book()).certificate)
    let size = place.log.head.size
    let earlier = try #require(try place.eraser.erase(place.task("customer:1"), try place.book()).earlier)
    #expect(earlier == certificate.event && place.log.head.size == size)
  }

  @Test func `is done again when an older copy of the keys comes back`() throws {
    let place = try workplace()
    let path = try #require(place.disk.paths.first { $0.hasSuffix(".keys") })
    let old = try #require(place.disk.bytes(path))
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    try place.log.close()
    place.disk.put(old, at: path)
    let again = try Workplace(on: place.disk.afterProcessEnd())
    #expect(try again.eraser.replay(try again.book(), about: Circumstances()) == 2)
    #expect(try again.values().count == 360)
    let told = try again.book().destroyed
    #expect(try again.sealing.keys.owners().keys.allSatisfy { told[$0] == nil })
  }

  @Test func `is done again when an older log and vault come back`() throws {
    let place = try workplace()
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    try place.log.close()
    let old = try Self.base.get().afterProcessEnd()
    let path = try #require(place.disk.paths.first { $0.hasSuffix(".keys") })
    old.put(try #require(place.disk.bytes(path)), at: path)
    let again = try Workplace(on: old)
    #expect(try again.book().erasures.isEmpty)
    #expect(try again.eraser.replay(try again.book(), about: Circumstances()) == 2)
    let book = try again.book()
    #expect(book.destroyed.count == 2 && book.erasures.allSatisfy { $0.subject == "customer:1" })
    #expect(try again.eraser.replay(book, about: Circumstances()) == 0)
    #expect(try again.values().count == 360)
  }
}

@Suite struct `An erasure that a crash interrupts` {
  /// Secrets and boxes of the person, as they were before.
  private struct Person {
    let ids: Set<KeyID>
    let traces: [[UInt8]]
  }

  private func person(_ place: Workplace) throws -> Person {
    let ids = try place.sealing.keys.owners().filter { $0.value.subject == "customer:1" }
    let keys = try ids.keys.compactMap { try place.sealing.keys.key($0) }
    return Person(ids: Set(ids.keys), traces: keys.flatMap { key in
      [key.cipher, key.salts].map { secret in secret.withUnsafeBytes { Array($0) } }
    })
  }

  @Test(arguments: [true, false])
  func `at any call of the disk is not called done, and ends when it is asked for again`(_ power: Bool) throws {
    let base = try Workplace.filled()
    let rehearsal = try Workplace(on: base.afterProcessEnd())
    let person = try person(rehearsal)
    let all = try rehearsal.values().count
    rehearsal.disk.set(.none)
    _ = try rehearsal.eraser.erase(rehearsal.task("customer:1"), try rehearsal.book())
    let calls = rehearsal.disk.calls
    #expect(calls > 20)
    var interrupted = 0
    for call in 1...calls {
      let place = try Workplace(on: base.afterProcessEnd())
      place.disk.set(.crash(at: call))
      if (try? place.eraser.erase(place.task("customer:1"), try place.book())) == nil { interrupted += 1 }
      let disk = power ? place.disk.afterCrash(seed: UInt64(call)) : place.disk.afterProcessEnd()
      try expectHonest(disk, person, all, "call \(call), power \(power)")
    }
    #expect(interrupted >= calls - 1)
  }

  private func expectHonest(_ disk: FakeDisk, _ person: Person, _ all: Int, _ comment: Comment) throws {
    let place = try Workplace(on: disk)
    #expect(place.log.damage == nil, comment)
    let book = try place.book()
    if !book.destroyed.isEmpty {
      #expect(Set(book.destroyed.keys) == person.ids, comment)
      for trace in person.traces { #expect(!Workplace.holds(trace, disk), comment) }
    }
    let before = try place.values().count
    #expect(before == all || before <= all * 2 / 3 + 90, comment)
    _ = try place.eraser.erase(place.task("customer:1"), book)
    #expect(try place.values().count == 360, comment)
    #expect(Set(try place.book().destroyed.keys) == person.ids, comment)
    for trace in person.traces { #expect(!Workplace.holds(trace, disk), comment) }
    let size = place.log.head.size
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    #expect(place.log.head.size == size, comment)
    try place.log.close()
    #expect(try Verifier(disk: disk).run().verdict == .clean, comment)
  }

  @Test func `uses no key and nonce twice, however often the same event is appended anew`() throws {
    let base = try Workplace.filled()
    var seen: Set<[UInt8]> = []
    var pairs = 0
    for round in 0..<300 {
      let place = try Workplace(on: base.afterProcessEnd())
      let sealed = try place.sealing.seal([Workplace.contact(301)], by: .keshi)
      for pair in try #require(PersonalRecord(sealed[0].record)).nonces {
        pairs += 1
        #expect(seen.insert(pair).inserted, "round \(round)")
      }
      place.disk.set(.crash(at: 1 + round % 3))
      _ = try? place.append([Workplace.contact(301)])
    }
    #expect(pairs == 600)
  }
}
