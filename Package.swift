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
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLZ4", path: "Sources/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .target(name: "Wire", path: "Sources/Wire", swiftSettings: strict + [lifetimes]),
    .target(name: "Vocabulary", dependencies: ["Wire"], path: "Sources/Vocabulary", swiftSettings: strict),
    .target(name: "Events", dependencies: ["Vocabulary", "Wire"], path: "Events", swiftSettings: strict),
    .target(
      name: "Projection", dependencies: ["Vocabulary", "Wire"], path: "Sources/Projection", swiftSettings: strict + [lifetimes]),
    .target(name: "Demo", dependencies: ["Events", "Vocabulary", "Wire"], path: "Sources/Demo", swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["Wire"], path: "Tests/WireTests", swiftSettings: strict),
    .testTarget(
      name: "EventsTests", dependencies: ["Events", "Vocabulary", "Wire"], path: "Tests/EventsTests", exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "DemoTests", dependencies: ["Demo", "Events", "Vocabulary", "Wire"], path: "Tests/DemoTests", swiftSettings: strict),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Import", dependencies: ["CZlib", "Vocabulary", "Wire", .product(name: "Yams", package: "Yams")],
      path: "Sources/Import", exclude: ["README.md", "Mappings"], swiftSettings: strict),
    .testTarget(
      name: "ImportTests", dependencies: ["Events", "Import", "Vocabulary", "Wire"], path: "Tests/ImportTests", swiftSettings: strict),
  ]
)
