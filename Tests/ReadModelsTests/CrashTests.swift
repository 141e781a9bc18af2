import Foundation
import GRDBSQLite
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

#if canImport(Glibc)
import Glibc
#endif

@Suite struct `An interrupted build harms nothing` {
  /// The process dies at this step; what is then in place, and how many files a dead build left.
  @Test(arguments: [(0, 5, 1), (1, 5, 1), (2, 5, 1), (3, 5, 1), (4, 5, 1), (5, 12_000, 0)])
  func `the process dies`(at step: Int, expectedRows: Int, left: Int) async throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(5))
    let directory = folder.store.directory
    await #expect(processExitsWith: .exitCode(9)) { [directory = directory as String, step = step as Int] in
      let steps: [BuildStep] = [.begun, .rows(10_000), .indexing, .syncing, .swapping, .swapped]
      try ReadModelStore(directory: directory).build(
        Sample.rows(12_000), options: BuildOptions(indices: ["stage"])
      ) { if $0 == steps[step] { _exit(9) } }
    }
    #expect(folder.files.filter { $0.contains(".sqlite.new-") }.count == left)
    let model = try folder.store.open("lifecycle")
    #expect(model.count == expectedRows)
    try model.verify()
    try folder.store.build(Sample.rows(7))
    #expect(folder.files == ["lifecycle.sqlite", "lifecycle.sqlite.before"])
    #expect(try folder.store.open("lifecycle").count == 7)
    #expect(try folder.store.openBefore("lifecycle").count == expectedRows)
  }

  @Test(arguments: [1, 20_000, 400_000])
  func `no room`(bytes: Int) async throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(5))
    let directory = folder.store.directory
    await #expect(processExitsWith: .exitCode(73)) { [directory = directory as String, bytes = bytes as Int] in
      signal(SIGXFSZ, SIG_IGN)
      var size = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &size)
      let found = code { () throws(ReadModelError) in
        try ReadModelStore(directory: directory).build(Sample.rows(50_000))
      }
      exit(found == "E-MODEL-FULL" || found == "E-MODEL-IO" ? 73 : 1)
    }
    #expect(folder.files == ["lifecycle.sqlite"])
    try folder.store.open("lifecycle").verify()
  }

  @Test func `a refused row leaves no file`() throws {
    let folder = try Folder()
    #expect(code { () throws(ReadModelError) in try folder.store.build(["b", "a"].map { Sample.row($0) }) } != nil)
    #expect(folder.files.isEmpty)
    #expect(code { () throws(ReadModelError) in try folder.store.open("lifecycle") } == "E-MODEL-MISSING")
  }

  @Test func `two builds of one model at a time`() throws {
    let folder = try Folder()
    var inner: String?
    try folder.store.build(Sample.rows(3)) { step in
      if step == .syncing { inner = code { () throws(ReadModelError) in try folder.store.build(Sample.rows(9)) } }
    }
    #expect(inner == "E-MODEL-BUSY")
    #expect(try folder.store.open("lifecycle").count == 3)
  }
}

@Suite struct `The swap` {
  @Test func `a reader goes on with the file that it has open`() throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(20_000, stage: "active"))
    let old = try folder.store.open("lifecycle")
    var seen = 0
    try old.forEach { row throws(ReadModelError) in
      if seen == 100 { try folder.store.build(Sample.rows(5, stage: "lost")) }
      if row.values[0] == .text("active") { seen += 1 }
    }
    #expect(seen == 20_000)
    #expect(old.isReplaced)
    #expect(try old.rows(limit: 9).count == 9)
    try old.verify()
    let new = try folder.store.open("lifecycle")
    #expect(!new.isReplaced)
    #expect(try new.rows(limit: 9).map { $0.values[0] } == Array(repeating: .text("lost"), count: 5))
  }

  @Test func `what a tool left beside the old file is not read into the new one`() throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(50))
    let path = folder.store.path(of: "lifecycle")
    var handle: OpaquePointer?
    #expect(sqlite3_open(path, &handle) == SQLITE_OK)
    let edit = "PRAGMA journal_mode = WAL; UPDATE lifecycle SET stage = 'edited'"
    #expect(sqlite3_exec(handle, edit, nil, nil, nil) == SQLITE_OK)
    #expect(folder.files.contains("lifecycle.sqlite-wal"))
    try folder.store.build(Sample.rows(50))
    #expect(folder.files == ["lifecycle.sqlite"])
    try folder.store.open("lifecycle").verify()
    sqlite3_close(handle)
  }

  @Test func `many rows pass in little memory`() async throws {
    await #expect(processExitsWith: .exitCode(0)) {
      let folder = try Folder()
      func peak() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
      }
      try folder.store.build(Sample.rows(1000))
      let before = peak()
      for _ in 0..<2 { try folder.store.build(Sample.rows(100_000)) }
      // 100,000 rows are 9 MB on disk and 30 MB as values; SQLite keeps 2 MB of pages for each of two files.
      exit(peak() - before < 12_000 ? 0 : 1)
    }
  }
}
