import Log
import LogTestSupport
import Testing

@Suite struct `The log's contract` {
  @Test(arguments: EventLogContract.all)
  func `is kept by the double in memory`(_ promise: EventLogContract) throws {
    try promise.check(MemoryLog())
  }

  @Test(arguments: EventLogContract.all)
  func `is kept by the directory`(_ promise: EventLogContract) throws {
    let log = try TestLog()
    try promise.check(log.directory)
    try log.directory.close()
    #expect(try Verifier(disk: log.disk).run().verdict == .clean)
  }

  @Test(arguments: EventLogContract.all)
  func `is kept on a disk that writes in pieces and interrupts`(_ promise: EventLogContract) throws {
    let disk = FakeDisk()
    disk.set(.shortAndInterrupted)
    let log = try TestLog(disk)
    try promise.check(log.directory)
  }

  @Test(arguments: EventLogContract.all)
  func `is kept on a real disk, with the log's own threads`(_ promise: EventLogContract) throws {
    let folder = try TemporaryFolder()
    try LogDirectory.createForTest(on: folder.disk)
    let log = try LogDirectory.open(on: folder.disk, clock: TestClock())
    try promise.check(log)
    try log.close()
    #expect(try Verifier(disk: folder.disk).run().verdict == .clean)
  }
}

@Suite struct `Identity and versions` {
  @Test func `outlast closing and opening, sealed or not`() throws {
    let log = try TestLog()
    _ = try log.directory.append((0..<700).map { .order($0, customer: $0 % 3, id: "id-\($0)") })
    let first = try log.directory.append([.order(700, customer: 1, id: "last \"one\" \\ é")])
    try log.directory.writer?.seal()
    try log.reopen()
    let again = try log.directory.append([
      .order(0, customer: 0, id: "id-0"), .order(0, customer: 0, id: "id-699"),
    ])
    #expect(again.map(\.seq) == [0, 699])
    #expect(first[0].seq == 700)
    #expect(throws: LogError.wrongExpectedVersion(subject: "customer:1", expected: 5, actual: 234)) {
      try log.directory.append([.order(1)], expecting: [Expectation(subject: "customer:1", version: 5)])
    }
  }

  @Test func `are remembered over many segments where no index follows`() throws {
    let log = try TestLog()
    for batch in 0..<10 {
      _ = try log.directory.append((0..<260).map { .order($0, customer: 1, id: "\(batch)-\($0)") })
      try log.directory.writer?.seal()
    }
    let again = try log.directory.append((0..<10).map { .order(0, id: "\($0)-7") })
    let firsts: [UInt64] = (0..<10).map { $0 * 260 + 7 }
    #expect(again.map(\.seq) == firsts)
    _ = try log.directory.append([.order(1)], expecting: [Expectation(subject: "customer:1", version: 2_600)])
  }

  @Test func `are asked of the index for what it covers, and only for that`() throws {
    let log = try TestLog()
    for batch in 0..<3 {
      _ = try log.directory.append((0..<300).map { .order($0, customer: 1, id: "id-\(batch)-\($0)") })
    }
    let index = ArrayIndex(covering: 512, lines: try log.directory.allLines())
    var options = LogOptions.byHand
    options.index = index
    try log.reopen(options: options)
    #expect(try log.directory.append([.order(1, id: "id-0-5"), .order(1, id: "id-2-299")]).map(\.seq) == [5, 899])
    _ = try log.directory.append([.order(1)], expecting: [Expectation(subject: "customer:1", version: 900)])
    #expect(try log.directory.events(of: "customer:1").count == 901)
  }

  @Test func `an id that looks like the log's own is refused`() throws {
    let log = try TestLog()
    let own = try log.directory.append(.orders(1))[0].id
    let prefix = String(own.dropLast())
    #expect(throws: LogError.refused(draft: 0, .reservedID)) {
      try log.directory.append([.order(1, id: prefix + "17")])
    }
    #expect(try log.directory.append([.order(1, id: prefix + "17x")]).count == 1)
  }
}

/// An index over the first lines of a log, kept in arrays.
private struct ArrayIndex: EventIndex {
  let covered: UInt64
  private let ids: [String: UInt64]
  private let subjects: [String]

  init(covering count: Int, lines: [String]) {
    covered = UInt64(count)
    let part = lines.prefix(count)
    ids = Dictionary(uniqueKeysWithValues: part.enumerated().compactMap { index, line in
      line.split(separator: "\"id\":\"").last?.split(separator: "\"").first.map { (String($0), UInt64(index)) }
    })
    subjects = part.map { $0.contains("customer:1") ? "customer:1" : "" }
  }

  func find(id: String) -> UInt64? { ids[id] }
  func version(of subject: String, before seq: UInt64) -> Int { subjects.prefix(Int(seq)).count { $0 == subject } }
  func events(of subject: String, before seq: UInt64) -> [UInt64] {
    subjects.prefix(Int(seq)).indices.filter { subjects[$0] == subject }.map { UInt64($0) }
  }
}
