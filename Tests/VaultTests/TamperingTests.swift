import LogTestSupport
import Testing
import Vocabulary

@testable import Engine
@testable import Log
@testable import Vault

@Suite struct `Verifying finds in the vault` {
  private static let file = FileNames.Vault(first: 0, generation: 0)
  private static let base = Result { try Workplace.filled() }

  private func workplace() throws -> Workplace { try Workplace(on: try Self.base.get().afterProcessEnd()) }

  /// The sealed segment's vault with its records changed, every checksum right again.
  private func tampered(_ change: (inout [VaultRecord]) -> Void) throws -> Workplace {
    let place = try workplace()
    let log = place.log.manifest.id
    let file = try #require(try VaultFile(Self.file, disk: place.disk, log: log))
    var records = try file.numbers.map { VaultRecord(seq: $0, bytes: try file.record(at: $0) ?? []) }
    change(&records)
    try place.log.close()
    place.disk.remove(Self.file.path)
    try VaultFile.write(records, as: Self.file, disk: place.disk, log: log)
    return try Workplace(on: place.disk.afterProcessEnd())
  }

  private func kinds(_ place: Workplace, withKeys: Bool = true) throws -> [VaultProblem.Kind] {
    try place.problems(withKeys: withKeys).map(\.kind)
  }

  @Test func `nothing, where nothing was done`() throws {
    #expect(try workplace().problems().isEmpty)
    #expect(try workplace().problems(withKeys: false).isEmpty)
    let place = try workplace()
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    #expect(try place.problems().isEmpty && place.problems(withKeys: false).isEmpty)
  }

  @Test func `two records that were swapped, of one person or of two`() throws {
    for other in [3, 1] {
      let place = try tampered { records in
        let (a, b) = (records[0], records.first { $0.seq == UInt64(other) } ?? records[0])
        records[0] = VaultRecord(seq: a.seq, bytes: b.bytes)
        let place = records.firstIndex { $0.seq == b.seq } ?? 0
        records[place] = VaultRecord(seq: b.seq, bytes: a.bytes)
      }
      let problems = try place.problems()
      #expect(Set(problems.map(\.kind)) == [.altered] && Set(problems.compactMap(\.seq)) == [0, Int64(other)])
    }
  }

  @Test func `a record that was dropped, also without keys`() throws {
    let place = try tampered { $0.removeAll { $0.seq == 4 } }
    for withKeys in [true, false] {
      #expect(try place.problems(withKeys: withKeys).map { [$0.kind.rawValue, "\($0.seq ?? -1)"] } == [["vault-missing", "4"]])
    }
  }

  @Test func `a box that was dropped from a record, also without keys`() throws {
    let place = try tampered { records in
      guard let record = PersonalRecord(records[2].bytes), let box = record.boxes.last else { return }
      records[2] = VaultRecord(seq: records[2].seq, bytes: record.without([box.key])?.bytes ?? [])
    }
    for withKeys in [true, false] {
      let problems = try place.problems(withKeys: withKeys)
      #expect(problems.map(\.kind) == [.missing] && problems[0].what == "channels")
    }
  }

  @Test(arguments: [0, 5, 17, 30, 33, 40]) func `a byte that was changed`(_ offset: Int) throws {
    let place = try tampered { records in
      var bytes = records[7].bytes
      bytes[offset] ^= 1
      records[7] = VaultRecord(seq: records[7].seq, bytes: bytes)
    }
    let found = try kinds(place)
    #expect(!found.isEmpty && Set(found).isSubset(of: [.altered, .keyMissing, .missing]), "\(found)")
  }

  @Test func `a record for an event that commits to nothing`() throws {
    let place = try tampered { records in
      let place = records.firstIndex { $0.seq > 9 } ?? 0
      records.insert(VaultRecord(seq: 9, bytes: records[0].bytes), at: place)
    }
    #expect(try kinds(place) == [.stray])
  }

  @Test func `an older generation that was put back after an erasure`() throws {
    let place = try workplace()
    let old = try #require(place.disk.bytes(Self.file.path))
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    let newer = FileNames.Vault(first: 0, generation: 1)
    #expect(place.disk.paths.contains(newer.path))
    try place.log.close()
    place.disk.remove(newer.path)
    place.disk.put(old, at: Self.file.path)
    let again = try Workplace(on: place.disk.afterProcessEnd())
    for withKeys in [true, false] { #expect(Set(try kinds(again, withKeys: withKeys)) == [.revived]) }
    _ = try again.eraser.replay(try again.book(), about: Circumstances())
  }

  @Test func `a destroyed key that was put back`() throws {
    let place = try workplace()
    let path = try #require(place.disk.paths.first { $0.hasSuffix(".keys") })
    let old = try #require(place.disk.bytes(path))
    _ = try place.eraser.erase(place.task("customer:1"), try place.book())
    try place.log.close()
    place.disk.put(old, at: path)
    let again = try Workplace(on: place.disk.afterProcessEnd())
    #expect(try kinds(again) == [.keyRevived, .keyRevived])
  }

  @Test func `a key that was destroyed while the log says nothing of it`() throws {
    let place = try workplace()
    let id = try #require(try place.sealing.keys.owners().keys.sorted().first)
    try place.sealing.keys.destroy([id])
    #expect(try kinds(place).contains(.unfinished))
  }

  @Test func `a byte of the file that rotted`() throws {
    let place = try workplace()
    let whole = try #require(place.disk.bytes(Self.file.path))
    try place.log.close()
    for offset in [0, 30, 49, 60, whole.count / 2, whole.count - 1] {
      var bytes = whole
      bytes[offset] ^= 8
      let disk = place.disk.afterProcessEnd()
      disk.put(bytes, at: Self.file.path)
      #expect(try kinds(try Workplace(on: disk)).contains(.damaged), "byte \(offset)")
      #expect(try Verifier(disk: disk).run().verdict == .clean, "every line is whole")
    }
  }

  @Test func `a line that was redacted without an approval`() throws {
    let place = try workplace()
    try place.log.redact([12, 290])
    #expect(try place.problems().map(\.seq) == [12, 290] && kinds(place) == [.unapproved, .unapproved])
  }
}
