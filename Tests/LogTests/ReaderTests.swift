import Log
import LogTestSupport
import Testing

@Suite struct `A reader in another process` {
  @Test func `sees what a later block or marker calls durable, and nothing else`() throws {
    let log = try TestLog()
    _ = try log.directory.append(.orders(3))
    let reader = try LogDirectory.openReadOnly(on: log.disk)
    #expect(reader.head.size == 0)
    _ = try log.directory.append(.orders(2))
    try reader.reader.refresh()
    #expect(reader.head.size == 3)
    try log.directory.writer?.mark()
    try reader.reader.refresh()
    #expect(reader.head == log.directory.head)
    #expect(try reader.allLines() == log.directory.allLines())
    #expect(throws: LogError.readOnly) { try reader.append(.orders(1)) }
  }

  @Test func `keeps reading while files are sealed and unlinked under it`() throws {
    let log = try TestLog()
    for batch in 0..<6 { _ = try log.directory.append(.orders(100, from: batch * 100)) }
    try log.directory.writer?.mark()
    let reader = try LogDirectory.openReadOnly(on: log.disk)
    let before = try reader.allLines()
    try log.directory.writer?.seal()
    #expect(try reader.allLines() == before)
    try reader.reader.refresh()
    #expect(try reader.allLines() == before)
    _ = try log.directory.append(.orders(300, from: 600))
    try log.directory.writer?.mark()
    try reader.reader.refresh()
    #expect(reader.head == log.directory.head)
    #expect(try reader.allLines() == log.directory.allLines())
  }

  @Test func `reads single lines in any order, through a cache of any size`() throws {
    let log = try TestLog()
    for batch in 0..<8 { _ = try log.directory.append(.orders(100, from: batch * 100)) }
    try log.directory.writer?.seal()
    let lines = try log.directory.allLines().map { Array($0.utf8) }
    try log.directory.close()
    for cacheBytes in [0, 20_000, 1 << 20] {
      var options = LogOptions()
      options.cacheBytes = cacheBytes
      let reader = try LogDirectory.openReadOnly(on: log.disk.afterProcessEnd(), options: options)
      var random = SeededRandom(seed: 3)
      let numbers = (0..<100).map { _ in random.next() % 800 }
      #expect(try reader.reader.lines(at: numbers) == numbers.map { lines[Int($0)] })
    }
  }
}

@Suite struct `Plain tools` {
  @Test(arguments: [("lz4", ["-dc"]), ("zstd", ["-dcq", "--format=lz4"]), ("bsdcat", [])])
  func `print exactly the lines of every file`(_ tool: String, _ options: [String]) throws {
    guard isInstalled(tool) else {
      print("SKIPPED: \(tool) is not installed, so nobody has checked that it can read the log")
      return
    }
    let folder = try TemporaryFolder()
    try LogDirectory.createForTest(on: folder.disk)
    let log = try LogDirectory.open(on: folder.disk, clock: TestClock(), options: .byHand)
    for batch in 0..<7 { _ = try log.append(.orders(100, from: batch * 100)) }
    try log.writer?.seal()
    _ = try log.append(.orders(20, from: 700, note: String(repeating: "long ", count: 12_000)))
    // Sealed segments, an active file at rest, and one that is being written and has space ahead.
    var printed: [[UInt8]] = []
    for directory in ["seg", "active"] {
      for name in try folder.disk.list(directory).sorted() {
        let (status, output) = try run(tool, options + ["\(folder.path)/\(directory)/\(name)"])
        #expect(status == 0, "\(tool) \(name)")
        printed += output.split(separator: 10).map(Array.init)
      }
    }
    let events = printed.filter { !$0.starts(with: Array("{\"$".utf8)) }
    let lines = try log.allLines().map { Array($0.utf8) }
    // The first active file still holds the end of a sealed segment, so those lines are printed twice.
    #expect(Set(events) == Set(lines) && events.count >= lines.count)
    #expect(printed.count - events.count == (try folder.disk.list("seg").count + folder.disk.list("active").count))
  }
}
