// swift-tools-version: 6.2
import PackageDescription

// The module graph of Sources/README.md, one line a module. Tests/TidyTests reads the import lines and fails on an
// arrow that is not drawn here.

/// Every target of ours: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
/// For the targets that define views into bytes (`~Escapable` types).
let lifetimes: SwiftSetting = .enableExperimentalFeature("Lifetimes")

let package = Package(
  name: "keshi",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CLZ4", path: "Sources/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .target(name: "Wire", path: "Sources/Wire", swiftSettings: strict + [lifetimes]),
    .target(name: "Vocabulary", dependencies: ["Wire"], path: "Sources/Vocabulary", swiftSettings: strict),
    .target(name: "Events", dependencies: ["Vocabulary", "Wire"], path: "Events", swiftSettings: strict),
    .target(
      name: "Projection", dependencies: ["Vocabulary", "Wire"], path: "Sources/Projection", swiftSettings: strict + [lifetimes]),
    .target(
      name: "ReadModels",
      dependencies: [
        "Projection", "Vocabulary", "Wire", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Sources/ReadModels", exclude: ["README.md"], swiftSettings: strict),
    .testTarget(
      name: "ReadModelsTests",
      dependencies: ["ReadModels", "Projection", "Vocabulary", "Wire", .product(name: "GRDBSQLite", package: "GRDB.swift")],
      path: "Tests/ReadModelsTests", swiftSettings: strict),
  ]
)
