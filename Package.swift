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
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CLZ4", path: "Sources/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .target(name: "Wire", path: "Sources/Wire", swiftSettings: strict + [lifetimes]),
    .target(name: "Vocabulary", dependencies: ["Wire"], path: "Sources/Vocabulary", swiftSettings: strict),
    .target(name: "Events", dependencies: ["Vocabulary", "Wire"], path: "Events", swiftSettings: strict),
    .target(
      name: "Projection", dependencies: ["Vocabulary", "Wire"], path: "Sources/Projection", swiftSettings: strict + [lifetimes]),
    .target(
      name: "Timeline", dependencies: ["Wire", "CLZ4", "CChecksum"], path: "Sources/Timeline", exclude: ["README.md"],
      swiftSettings: strict + [lifetimes]),
    .target(
      name: "Engine",
      dependencies: ["Events", "Facts", "Projection", "Vocabulary", "Wire", .product(name: "Crypto", package: "swift-crypto")],
      path: "Sources/Engine", swiftSettings: strict),
    .target(name: "CChecksum", path: "Sources/CChecksum"),
    .target(
      name: "Facts", dependencies: ["Projection", "Vocabulary", "Wire", "CChecksum"], path: "Sources/Facts",
      swiftSettings: strict + [lifetimes]),
    .testTarget(name: "TidyTests", path: "Tests/TidyTests", swiftSettings: strict),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "Events", "Facts", "Projection", "Timeline", "Vocabulary", "Wire"],
      path: "Tests/EngineTests", swiftSettings: strict),
    .executableTarget(
      name: "keshi",
      dependencies: [
        "Engine", "Events", "Facts", "Projection", "Vocabulary", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tool", swiftSettings: strict),
    .testTarget(
      name: "ToolTests", dependencies: ["keshi", "Events", "Projection", "Vocabulary", "Wire"], path: "Tests/ToolTests",
      exclude: ["Golden"], swiftSettings: strict),
  ]
)
