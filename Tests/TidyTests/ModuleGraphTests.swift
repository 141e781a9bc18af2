import Foundation
import Testing

/// The arrows of the module graph. `Sources/README.md` draws them; a module may import what stands here and nothing
/// else of ours.
private let graph: [String: Set<String>] = [
  "Statistics": [],
  "Wire": [],
  "Vocabulary": ["Wire"],
  "Events": ["Vocabulary", "Wire"],
  "Conditions": ["Vocabulary", "Wire"],
  "Projection": ["Conditions", "CPrefetch", "Vocabulary", "Wire"],
  "AccountHistory": ["Conditions", "Projection", "Statistics", "Events", "Vocabulary", "Wire"],
  "CompanyHistory": ["AccountHistory", "Projection", "Statistics", "Events", "Vocabulary", "Wire"],
  "CompanyRules": ["AccountHistory", "CompanyHistory", "Projection", "Vocabulary", "Wire"],
  "ShippedProcedures": [],
  "Matters": ["AccountHistory", "CompanyRules", "Projection", "Events", "Vocabulary", "Wire"],
  "Projections": [
    "AccountHistory", "CompanyHistory", "CompanyRules", "Conditions", "Matters", "Projection", "Statistics", "Events", "Vocabulary",
    "Wire",
  ],
  "ProjectionCatalogue": [
    "Projection", "AccessProjection", "ActivityProjection", "ApprovalsProjection", "ChurnProjection", "ClocksProjection",
    "CommissionsProjection", "ComplaintsProjection", "ContractsProjection", "CustomersProjection", "CycleProjection",
    "DisputesProjection", "ForecastsProjection", "FunnelProjection", "GoalsProjection", "HandoffsProjection",
    "IntegrityProjection", "LifecycleProjection", "LoyaltyProjection", "MarketProjection", "OwnersProjection",
    "PrivacyProjection", "ProceduresProjection", "PurchasingProjection", "ReceivablesProjection", "RisksProjection",
    "SatisfactionProjection", "ScorecardsProjection", "SegmentsProjection", "TalentProjection", "VisitsProjection",
    "WorthProjection",
  ],
  "Log": ["CLZ4", "CChecksum"],
  "Vault": ["Log", "Vocabulary", "Wire", "CChecksum"],
  "Proofs": ["Log", "Wire"],
  "Facts": ["Projection", "Vocabulary", "Wire", "CChecksum"],
  "Timeline": ["Wire", "CLZ4", "CChecksum"],
  "ReadModels": ["Projection", "Vocabulary", "Wire"],
  "XML": ["CExpat"],
  "YAML": ["Vocabulary"],
  "Exchange": ["Events", "Vocabulary", "Wire", "XML"],
  "Import": ["CZlib", "Exchange", "Vocabulary", "Wire"],
  "RuleFiles": ["Conditions", "Projection", "Vocabulary", "Wire", "YAML"],
  "Conformance": ["Vocabulary", "Wire", "XML", "YAML"],
  "Engine": ["Events", "Facts", "Timeline", "Log", "Vault", "ReadModels", "Projection", "Vocabulary", "Wire"],
  "Redline": [],
  "Documents": ["Redline", "Events", "Vocabulary", "Wire"],
  "Backtest": ["Engine", "Projection", "Statistics", "Vocabulary", "Wire"],
  "Demo": ["Events", "Vocabulary", "Wire"],
  "Bench": ["Conformance", "Engine", "Events", "Facts", "Log", "Projection", "Proofs", "Vocabulary", "Wire"],
  "Answers": [
    "Backtest", "CompanyRules", "Conformance", "CZlib", "Documents", "Engine", "Events", "Exchange", "Facts", "Import", "Log",
    "ProjectionCatalogue", "Projection", "Proofs", "ReadModels", "Redline", "RuleFiles", "ShippedProcedures", "Statistics", "Vault",
    "Vocabulary", "Wire", "YAML",
  ],
  "Pages": ["Answers", "Documents", "Engine", "Events", "Projection", "Redline", "Vocabulary", "Wire"],
  "Website": [
    "Answers", "Documents", "Engine", "Events", "Log", "Pages", "ProjectionCatalogue", "Projection", "Proofs", "ReadModels", "Redline",
    "RuleFiles", "Vocabulary", "Wire", "YAML",
  ],
  "AccessControl": ["Vocabulary", "Wire"],
  "Serve": [
    "AccessControl", "Answers", "Engine", "Events", "Exchange", "Log", "Pages", "Projection", "Proofs", "ReadModels", "RuleFiles",
    "Vault", "Vocabulary", "Website", "Wire",
  ],
  "Tool": [
      "AccessControl", "Answers", "Backtest", "Bench", "Conformance", "Demo", "Documents", "Engine", "Events", "Exchange", "Import",
      "Log", "Pages", "ProjectionCatalogue", "Projection", "Proofs", "Redline", "RuleFiles", "Serve", "Vault", "Vocabulary", "Wire",
  ],
]

/// What each module may import that is not ours.
private let outside: [String: Set<String>] = [
  "Wire": [], "Vocabulary": [], "Events": [], "Projection": [], "Projections": [], "AccountHistory": [], "CompanyHistory": [], "ProjectionCatalogue": [], "Demo": ["Crypto"],
  "Facts": ["Synchronization"], "Redline": [], "Documents": [], "Conditions": [], "CompanyRules": [], "Matters": [], "ShippedProcedures": [], "RuleFiles": [],
  "XML": [], "YAML": ["Yams"], "Conformance": ["Dispatch", "Synchronization"],
  "Statistics": [], "Backtest": [],
  "Log": ["Crypto", "Glibc", "Synchronization", "Dispatch"],
  "Vault": ["Crypto", "Synchronization"],
  "Proofs": ["Foundation", "Crypto", "Synchronization"],
  "Timeline": ["Glibc"],
  "ReadModels": ["Foundation", "GRDB", "Crypto", "Glibc", "SQLite3", "GRDBSQLite"],
  "Exchange": ["Foundation", "GRDB", "Glibc"],
  "Import": ["Foundation", "Glibc", "Yams"],
  "Engine": ["Foundation", "Crypto", "Dispatch", "Glibc", "Synchronization"],
  "Bench": ["Foundation", "Crypto", "Dispatch", "Glibc", "Synchronization"],
  "Answers": ["Foundation", "Crypto", "Glibc", "Synchronization"],
  "Pages": ["Mustache"], "Website": ["Foundation", "Crypto", "Dispatch", "Glibc", "Synchronization"],
  "AccessControl": ["Crypto", "Glibc", "JWTKit", "Synchronization"],
  "Serve": [
    "AsyncHTTPClient", "Crypto", "Foundation", "Glibc", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
    "ServiceLifecycle", "Synchronization", "UnixSignals",
  ],
  "Tool": ["Foundation", "ArgumentParser", "Dispatch", "Glibc", "Logging", "Synchronization"],
]

@Suite struct `The house keeps its shape` {
  @Test func `every import is an arrow of the graph`() throws {
    let platforms: Set = ["Darwin", "Musl"]  // stand behind canImport, where Glibc is not
    for file in try Tree.swiftFiles(below: ["Events", "Projections", "Sources"]) {
      let module = Tree.module(of: file)
      let allowed = try #require(graph[module], "\(file): no module \(module) in the graph")
      let foreign = try #require(outside[module], "\(file): no module \(module) in the graph")
      for imported in try Tree.imports(of: file) {
        #expect(
          allowed.union(foreign).union(platforms).contains(imported), "\(file) imports \(imported), which the graph does not allow")
      }
    }
  }

  @Test func `no module of the graph is only on paper`() throws {
    let found = Set(try Tree.swiftFiles(below: ["Events", "Projections", "Sources"]).map(Tree.module))
    #expect(found == Set(graph.keys))
  }

  @Test func `what happens and what is concluded reach no clock, no random, no file`() throws {
    let banned = ["Date()", "ContinuousClock", "SuspendingClock", "clock_gettime", ".random(", "SystemRandomNumberGenerator", "FileManager", "getenv", "ProcessInfo",
      "UUID(", ".shuffled(", ".randomElement(", "Task {", "Thread", "Dispatch", "#file", "Locale"]
    for file in try Tree.swiftFiles(below: ["Events", "Projections", "Sources/Projection", "Sources/Statistics", "Sources/Vocabulary", "Sources/Wire"]) {
      let code = try Tree.code(of: file)
      for word in banned { #expect(!code.contains(word), "\(file) uses \(word)") }
    }
  }

  /// The order of a hash table's members is another in each process: who concludes must not go through one.
  @Test func `no conclusion depends on the order of a hash table`() throws {
    for file in try Tree.swiftFiles(below: ["Projections"]) {
      let code = try Tree.code(of: file)
      for word in ["hashValue", "Hasher()", "Set<", "Set(", "Dictionary("] where !file.hasPrefix("Projections/Rules/") {
        #expect(!code.contains(word), "\(file) uses \(word)")
      }
    }
  }

  @Test func `evolve places every type`() throws {
    for file in try Tree.swiftFiles(below: ["Projections"]) {
      let lines = try Tree.code(of: file).split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() where line.contains("default:") {
        let before = lines[..<number].reversed().prefix(60)
        let inEvolve = before.first { $0.contains("func ") }?.contains("evolve") ?? false
        #expect(!inEvolve, "\(file):\(number + 1) has default: in evolve")
      }
    }
  }

  @Test func `nothing is forced`() throws {
    for file in try Tree.swiftFiles(below: ["Events", "Projections", "Sources"]) {
      #expect(!(try Tree.code(of: file).contains("try!")), "\(file) uses try!")
    }
  }

  @Test func `files stay readable`() throws {
    for file in try Tree.swiftFiles(below: ["Events", "Projections", "Sources"]) {
      #expect(try Tree.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count <= 401, "\(file) is longer than 400 lines")
    }
    for file in try Tree.swiftFiles(below: ["Tests"]) {
      #expect(try Tree.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count <= 501, "\(file) is longer than 500 lines")
    }
  }
}
