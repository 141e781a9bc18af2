// swift-tools-version: 6.2
import PackageDescription

// The module graph, one line a module; Tests/TidyTests reads the import lines and fails on an arrow that is not drawn
// there.

/// Whether this build is for `tools/fuzz`: our modules then count which of their branches an input reaches.
let isFuzzing = Context.environment["KESHI_FUZZING"] != nil

/// Every target of ours: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"]), .define("FUZZER")] : [])
/// For the targets that define or keep views into bytes (`~Escapable` types).
let lifetimes: SwiftSetting = .enableExperimentalFeature("Lifetimes")

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let sqlite: [Target.Dependency] = [
  .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
]

func machine(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], embedded: [String] = [],
  views: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(name)", exclude: exclude,
    resources: embedded.map { .embedInCode($0) }, swiftSettings: strict + (views ? [lifetimes] : []))
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, swiftSettings: strict)
}

/// One folder of Projections/ each. A new projection is its folder, its name here, and a line in the catalogue.
let projections = [
  "Access", "Activity", "Approvals", "Churn", "Clocks", "Commissions", "Complaints", "Contracts", "Customers", "Cycle",
  "Disputes", "Forecasts", "Funnel", "Goals", "Handoffs", "Integrity", "Lifecycle", "Loyalty", "Market", "Owners",
  "Privacy", "Procedures", "Purchasing", "Receivables", "Risks", "Satisfaction", "Scorecards", "Segments", "Talent",
  "Visits", "Worth",
]

func projection(_ name: String) -> Target {
  .target(
    name: name + "Projection",
    dependencies: [
      "AccountHistory", "CompanyHistory", "CompanyRules", "Conditions", "Matters", "Projection", "Statistics", "Events",
      "Vocabulary", "Wire",
    ],
    path: "Projections/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "keshi",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The system's libraries, and the two pieces of C.
    .systemLibrary(name: "CLZ4", path: "Sources/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", path: "Sources/CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "CChecksum", path: "Sources/CChecksum"),
    .target(name: "CPrefetch", path: "Sources/CPrefetch"),

    // What is computed, and stores nothing.
    machine("Statistics", [], exclude: ["README.md"]),

    // What can happen.
    machine("Wire", [], views: true),
    machine("Vocabulary", ["Wire"]),
    .target(name: "Events", dependencies: ["Vocabulary", "Wire"], path: "Events", exclude: ["README.md"],
      swiftSettings: strict),

    // What we conclude.
    machine("Conditions", ["Vocabulary", "Wire"], exclude: ["README.md"]),
    machine("Projection", ["Conditions", "Vocabulary", "Wire", "CPrefetch"], views: true),
    .target(
      name: "AccountHistory", dependencies: ["Conditions", "Projection", "Statistics", "Events", "Vocabulary", "Wire"],
      path: "Projections/Account", swiftSettings: strict),
    .target(
      name: "CompanyHistory",
      dependencies: ["AccountHistory", "Projection", "Statistics", "Events", "Vocabulary", "Wire"],
      path: "Projections/Company", swiftSettings: strict),
    .target(
      name: "CompanyRules", dependencies: ["AccountHistory", "CompanyHistory", "Projection", "Vocabulary", "Wire"],
      path: "Projections/Rules", exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Matters",
      dependencies: ["AccountHistory", "CompanyRules", "Projection", "Events", "Vocabulary", "Wire"],
      path: "Projections/Matters", swiftSettings: strict),
    .target(
      name: "Documents", dependencies: ["Redline", "Events", "Vocabulary", "Wire"], path: "Projections/Documents",
      swiftSettings: strict),
    .target(
      name: "ShippedProcedures", path: "Projections/SOPs", resources: [.embedInCode("Files")], swiftSettings: strict),
    .target(
      name: "ProjectionCatalogue",
      dependencies: ["Projection"] + projections.map { .byName(name: $0 + "Projection") },
      path: "Projections",
      exclude: projections + ["Account", "Company", "Documents", "Matters", "Rules", "SOPs", "README.md", "SCHEMA.md"],
      sources: ["Catalogue.swift"],
      swiftSettings: strict),

    // The machine.
    machine("Log", ["CLZ4", "CChecksum", crypto], exclude: ["README.md"], embedded: ["FORMAT.md"]),
    machine("Vault", ["Log", "Vocabulary", "Wire", "CChecksum", crypto], exclude: ["README.md"]),
    machine("Proofs", ["Log", "Wire", crypto], exclude: ["README.md"], embedded: ["Auditor"]),
    machine("Facts", ["Projection", "Vocabulary", "Wire", "CChecksum"], exclude: ["README.md"], views: true),
    machine("Timeline", ["Wire", "CLZ4", "CChecksum"], exclude: ["README.md"], views: true),
    machine(
      "ReadModels", ["Projection", "Vocabulary", "Wire", crypto] + sqlite, exclude: ["README.md"]),
    machine("XML", ["CExpat"]),
    machine("YAML", ["Vocabulary", .product(name: "Yams", package: "Yams")]),
    machine("Exchange", ["Events", "Vocabulary", "Wire", "XML", sqlite[0]], exclude: ["README.md"]),
    machine("RuleFiles", ["Conditions", "Projection", "Vocabulary", "Wire", "YAML"], exclude: ["README.md"]),
    machine("Conformance", ["Vocabulary", "Wire", "XML", "YAML"], exclude: ["README.md"]),
    machine(
      "Engine", ["Events", "Facts", "Timeline", "Log", "Vault", "ReadModels", "Projection", "Vocabulary", "Wire", crypto],
      exclude: ["README.md"]),
    machine("Backtest", ["Engine", "Projection", "Statistics", "Vocabulary", "Wire"]),
    .target(
      name: "Import", dependencies: ["CZlib", "Exchange", "Vocabulary", "Wire", .product(name: "Yams", package: "Yams")],
      path: "Sources/Import", exclude: ["README.md"], resources: [.embedInCode("Mappings")], swiftSettings: strict),
    machine("Redline", []),
    machine("Demo", ["Events", "Vocabulary", "Wire", crypto]),
    machine(
      "Bench", ["Conformance", "Engine", "Events", "Facts", "Log", "Projection", "Proofs", "Vocabulary", "Wire", crypto],
      exclude: ["README.md"]),

    // What is answered, whoever asks.
    machine(
      "Answers",
      [
        "Backtest", "CompanyRules", "Conformance", "CZlib", "Documents", "Engine", "Events", "Exchange", "Facts", "Import",
        "Log", "Redline", "ProjectionCatalogue", "Projection", "Proofs", "ReadModels", "RuleFiles", "ShippedProcedures",
        "Statistics", "Vault", "Vocabulary", "Wire", "YAML", crypto,
      ], exclude: ["README.md", "RuleDiff/README.md"]),
    machine(
      "Pages",
      [
        "Answers", "Documents", "Engine", "Events", "Projection", "Redline", "Vocabulary", "Wire",
        .product(name: "Mustache", package: "swift-mustache"),
      ], exclude: ["README.md"], embedded: ["Templates", "Assets"]),

    // The pages that people work with.
    machine(
      "Website",
      [
        "Answers", "Documents", "Engine", "Events", "Log", "Pages", "ProjectionCatalogue", "Projection", "Proofs", "ReadModels", "Redline",
        "RuleFiles", "Vocabulary", "Wire", "YAML", crypto,
      ], exclude: ["README.md"]),

    // Who may do what, and the HTTP door.
    machine("AccessControl", ["Vocabulary", "Wire", crypto, .product(name: "JWTKit", package: "jwt-kit")]),
    machine(
      "Serve",
      [
        "AccessControl", "Answers", "Engine", "Events", "Exchange", "Log", "Pages", "Projection", "Proofs", "ReadModels", "RuleFiles",
        "Vault", "Vocabulary", "Website", "Wire", crypto,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], exclude: ["README.md"]),

    // The command line.
    .executableTarget(
      name: "keshi",
      dependencies: [
        "AccessControl", "Answers", "Backtest", "Bench", "Conformance", "Documents", "Demo", "Engine", "Events", "Exchange",
        "Import", "Log", "Pages", "ProjectionCatalogue", "Projection", "Proofs", "Redline", "RuleFiles", "Serve", "Vault",
        "Vocabulary", "Wire", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/Tool", exclude: ["README.md"], swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("TidyTests", []),
    tests("WireTests", ["Wire"]),
    tests("StatisticsTests", ["Statistics"]),
    tests("BacktestTests", ["Backtest", "Statistics", "Wire"]),
    .target(
      name: "EventsTestSupport", dependencies: ["Events", "Vocabulary", "Wire"], path: "Tests/EventsTestSupport",
      swiftSettings: strict),
    tests("EventsTests", ["TestSupport", "Events", "EventsTestSupport", "Vocabulary", "Wire"], exclude: ["Golden"]),
    tests("ConditionsTests", ["TestSupport", "Conditions", "Vocabulary", "Wire"]),
    tests("RuleFilesTests", ["TestSupport", "Conditions", "ProjectionCatalogue", "Projection", "RuleFiles", "Vocabulary", "Wire", "YAML", crypto]),
    tests("ConformanceTests", ["TestSupport", "Conformance", "Events", "ShippedProcedures", "Vocabulary", "Wire", "XML", "YAML"]),
    tests("FoldTests", ["Projection", "Vocabulary", "Wire"]),
    tests(
      "ProjectionTests",
      [
        "ProjectionCatalogue", "AccountHistory", "CompanyHistory", "CompanyRules", "Conditions", "Matters", "Projection",
        "Statistics", "Events", "Vocabulary", "Wire", "TestSupport", crypto,
      ]
        + projections.map { .byName(name: $0 + "Projection") }),
    tests("RedlineTests", ["Redline"]),
    tests("DocumentsTests", ["Documents", "Redline", "Events", "Vocabulary", "Wire"]),
    tests("DemoTests", ["Demo", "Events", "Vocabulary", "Wire"]),
    tests("ReadModelsTests", ["ReadModels", "Projection", "Vocabulary", "Wire"] + sqlite),
    tests("ImportTests", ["Events", "EventsTestSupport", "Exchange", "Import", "Vocabulary", "Wire"]),
    tests("ExchangeTests", ["TestSupport", "Events", "EventsTestSupport", "Exchange", "Import", "Vocabulary", "Wire"] + sqlite),
    .target(name: "LogTestSupport", dependencies: ["Log", "Proofs"], path: "Tests/LogTestSupport", swiftSettings: strict),
    tests("LogTests", ["Log", "LogTestSupport", "CChecksum", crypto]),
    // Hostile bytes for every decoder; `tools/fuzz` builds it with libFuzzer and the address sanitizer.
    .executableTarget(
      name: "keshi-fuzz",
      dependencies: [
        "Conditions", "Conformance", "Events", "Exchange", "Facts", "Import", "Log", "LogTestSupport", "Projection",
        "ProjectionCatalogue", "Proofs", "RuleFiles", "ShippedProcedures", "Timeline", "Vault", "Vocabulary", "Wire", "CChecksum",
      ], path: "Tests/Fuzz", swiftSettings: strict + [lifetimes],
      linkerSettings: isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])] : []),
    // The whole fault campaign; `tools/torture` runs it.
    .executableTarget(
      name: "keshi-torture", dependencies: ["Events", "Log", "LogTestSupport", "Vault", "Vocabulary", "Wire"], path: "Tests/Torture", swiftSettings: strict),
    tests(
      "VaultTests", ["Vault", "Engine", "Events", "Facts", "Log", "LogTestSupport", "Projection", "Vocabulary", "Wire", crypto]),
    tests(
      "EngineTests", ["TestSupport", "Engine", "Events", "EventsTestSupport", "Facts", "Log", "Projection", "ReadModels", "Timeline", "Vocabulary", "Wire"]),
    tests("ProofsTests", ["Log", "LogTestSupport", "Proofs"], exclude: ["Cross"]),
    tests("BenchTests", ["Bench", "Events", "Facts", "Projection", "Vocabulary", "Wire"]),
    tests(
      "AnswersTests",
      [
        "TestSupport", "Answers", "Backtest", "Conformance", "Engine", "Events", "Facts", "Import", "Log", "ProjectionCatalogue", "Projection", "Proofs",
        "ReadModels", "RuleFiles", "Statistics", "Vault", "Vocabulary", "Wire",
      ]),
    tests(
      "PagesTests",
      ["TestSupport", "Pages", "Answers", "Engine", "Events", "Log", "Projection", "Vocabulary", "Wire"]),
    tests("AccessControlTests", ["AccessControl", "Events", "Vocabulary", "Wire", .product(name: "JWTKit", package: "jwt-kit")]),
    tests(
      "ServeTests",
      [
        "AccessControl", "Answers", "Demo", "Engine", "Events", "Log", "Pages", "Projection", "ReadModels", "Serve", "Vocabulary", "Wire",
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "HummingbirdTesting", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "WebsiteTests",
      ["TestSupport", "Website", "Answers", "Engine", "Events", "Log", "Projection", "ReadModels", "Vocabulary", "Wire", crypto]),
    tests(
      "ToolTests",
      [
        "keshi", "TestSupport", "Answers", "Backtest", "Bench", "Conformance", "Demo", "Engine", "Events", "EventsTestSupport",
        "Exchange", "Facts", "Import", "Log", "LogTestSupport", "Projection",
        "ProjectionCatalogue", "Proofs", "ReadModels", "RuleFiles", "Statistics", "Vault", "Vocabulary", "Wire", crypto,
      ],
      exclude: ["Golden"]),
  ] + projections.map(projection)
)
