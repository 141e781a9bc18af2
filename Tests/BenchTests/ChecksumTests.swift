import Bench
import Events
import Facts
import Projection
import Testing
import Vocabulary
import Wire

/// The results of three projections against those of an independent program, as published with the benchmark.
@Suite struct `The benchmark's results are the oracle's` {
  static let end = Instant("2026-01-01T00:00:00Z")!

  @Test(.enabled("no workload file and no generator: nothing was compared") { WorkloadFile.twentyThousand != nil })
  func `for 20,000 events in one part and in two`() async throws {
    let path = try #require(WorkloadFile.twentyThousand)
    let oracle = "2328dca16a10cbb2dd198bb8f2df3c7416beeabce08c3c74a64add28270c7d9e"
    for rowsPerFile in [65_536, 3_000] {
      let workload = try DerivedWorkload(path: path, rowsPerFile: rowsPerFile)
      #expect(try await checksum(workload, parts: 1) == oracle)
      #expect(try await checksum(workload, parts: 2) == oracle)
    }
  }

  @Test(.enabled("slow, or no workload file: nothing was compared") { WorkloadFile.million != nil })
  func `for a million events, at the end and as of a day before`() async throws {
    let workload = try DerivedWorkload(path: try #require(WorkloadFile.million))
    #expect(
      try await checksum(workload, parts: 2) == "8987794e5b0caaeca00a55a282d77fc906d68b7d33dca07b4f8e5acb63e6d495")
    let day = try #require(Instant("2025-06-30T00:00:00Z"))
    let then = try await checksum(workload, parts: 2, asOf: day)
    #expect(then == "06a1eb5c076ab01d347ea78c1aebde3b8562cabd7eb13a33e19f31f3e249636d")
  }

  @Test(.enabled("no workload file and no generator: nothing was checked") { WorkloadFile.twentyThousand != nil })
  func `and every event is one that the catalogue allows`() throws {
    var types: Set<String> = []
    try Workload.forEachEvent(at: try #require(WorkloadFile.twentyThousand)) { event in
      let entry = try #require(Catalogue.keshi.entry(named: event.type))
      types.insert(event.type)
      try event.check(against: entry.declaration)
    }
    #expect(types.count == 24)
  }

  private func checksum(
    _ workload: DerivedWorkload, parts: Int, asOf now: Instant = end
  ) async throws -> String {
    let segments = try workload.decoded()
    let accounts = workload.table.accountCount
    let rows = await withTaskGroup(of: [BenchRow].self) { group in
      for part in 0..<parts {
        group.addTask { rebuild(segments, accounts: accounts, Partition(index: part, of: parts), asOf: now) }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    return Checksum.of(rows, workload.table)
  }
}
