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
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
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
      name: "ProjectionCatalogue",
      dependencies: ["Projection"] + projections.map { .byName(name: $0 + "Projection") },
      path: "Projections", exclude: projections + ["Account", "Company", "Documents", "Matters", "Rules", "README.md", "SCHEMA.md"],
      sources: ["Catalogue.swift"],
      swiftSettings: strict),

    // The machine.
    machine("Log", ["CLZ4", "CChecksum", crypto], embedded: ["FORMAT.md"]),
    machine("Vault", ["Log", "Vocabulary", "Wire", "CChecksum", crypto], exclude: ["README.md"]),
    machine("Proofs", ["Log", "Wire", crypto], exclude: ["README.md"], embedded: ["Auditor"]),
    machine("Facts", ["Projection", "Vocabulary", "Wire", "CChecksum"], exclude: ["README.md"], views: true),
    machine("Timeline", ["Wire", "CLZ4", "CChecksum"], exclude: ["README.md"], views: true),
    machine(
      "ReadModels", ["Projection", "Vocabulary", "Wire", crypto] + sqlite, exclude: ["README.md"]),
    machine("Exchange", ["CExpat", "Events", "Vocabulary", "Wire", sqlite[0]], exclude: ["README.md"]),
    machine(
      "RuleFiles", ["Conditions", "Projection", "Vocabulary", "Wire", .product(name: "Yams", package: "Yams")],
      exclude: ["README.md"]),
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
      "Bench", ["Engine", "Events", "Facts", "Log", "Projection", "Proofs", "Vocabulary", "Wire", crypto],
      exclude: ["README.md"]),

    // What is answered, whoever asks.
    machine(
      "Answers",
      [
        "Backtest", "Documents", "Engine", "Events", "Exchange", "Facts", "Import", "Log", "Redline", "ProjectionCatalogue",
        "Projection", "Proofs", "ReadModels", "RuleFiles", "Statistics", "Vault", "Vocabulary", "Wire", crypto,
      ], exclude: ["README.md", "RuleDiff/README.md"]),
    machine(
      "Pages",
      [
        "Answers", "Documents", "Engine", "Events", "Projection", "Redline", "Vocabulary", "Wire",
        .product(name: "Mustache", package: "swift-mustache"),
      ], exclude: ["README.md"], embedded: ["Templates"]),

    // The command line.
    .executableTarget(
      name: "keshi",
      dependencies: [
        "Answers", "Backtest", "Bench", "Documents", "Demo", "Engine", "Events", "Exchange", "Import", "Log", "Pages",
        "ProjectionCatalogue", "Projection", "Proofs", "Redline", "RuleFiles", "Vault", "Vocabulary", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool", exclude: ["README.md"], swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("TidyTests", []),
    tests("WireTests", ["Wire"]),
    tests("StatisticsTests", ["Statistics"]),
    tests("BacktestTests", ["Backtest", "Statistics", "Wire"]),
    tests("EventsTests", ["Events", "Vocabulary", "Wire"], exclude: ["Golden"]),
    tests("ConditionsTests", ["TestSupport", "Conditions", "Vocabulary", "Wire"]),
    tests("RuleFilesTests", ["TestSupport", "Conditions", "ProjectionCatalogue", "Projection", "RuleFiles", "Vocabulary", "Wire", crypto]),
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
    tests("ImportTests", ["Events", "Exchange", "Import", "Vocabulary", "Wire"]),
    tests("ExchangeTests", ["Events", "Exchange", "Import", "Vocabulary", "Wire"] + sqlite),
    .target(name: "LogTestSupport", dependencies: ["Log"], path: "Tests/LogTestSupport", swiftSettings: strict),
    tests("LogTests", ["Log", "LogTestSupport", "CChecksum", crypto]),
    // Hostile bytes for every decoder; `tools/fuzz` builds it with libFuzzer and the address sanitizer.
    .executableTarget(
      name: "keshi-fuzz",
      dependencies: [
        "Events", "Facts", "Import", "Log", "LogTestSupport", "Projection", "ProjectionCatalogue", "Timeline", "Vocabulary", "Wire",
        "CChecksum",
      ], path: "Tests/Fuzz", swiftSettings: strict + [lifetimes],
      linkerSettings: isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])] : []),
    // The whole fault campaign; `tools/torture` runs it.
    .executableTarget(
      name: "keshi-torture", dependencies: ["Log", "LogTestSupport"], path: "Tests/Torture", swiftSettings: strict),
    tests(
      "VaultTests", ["Vault", "Engine", "Events", "Facts", "Log", "LogTestSupport", "Projection", "Vocabulary", "Wire", crypto]),
    tests(
      "EngineTests", ["TestSupport", "Engine", "Events", "Facts", "Log", "Projection", "ReadModels", "Timeline", "Vocabulary", "Wire"]),
    tests("ProofsTests", ["Log", "LogTestSupport", "Proofs"], exclude: ["Cross"]),
    tests("BenchTests", ["Bench", "Events", "Facts", "Projection", "Vocabulary", "Wire"]),
    tests(
      "AnswersTests",
      [
        "TestSupport", "Answers", "Backtest", "Engine", "Events", "Facts", "Import", "Log", "ProjectionCatalogue", "Projection", "Proofs",
        "ReadModels", "RuleFiles", "Statistics", "Vault", "Vocabulary", "Wire",
      ]),
    tests(
      "PagesTests",
      ["TestSupport", "Pages", "Answers", "Engine", "Events", "Log", "Projection", "Vocabulary", "Wire"]),
    tests(
      "ToolTests",
      [
        "keshi", "TestSupport", "Answers", "Backtest", "Bench", "Demo", "Engine", "Events", "Facts", "Import", "Log", "LogTestSupport", "Projection",
        "ProjectionCatalogue", "Proofs", "ReadModels", "RuleFiles", "Statistics", "Vault", "Vocabulary", "Wire", crypto,
      ],
      exclude: ["Golden"]),
  ] + projections.map(projection)
)
