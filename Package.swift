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
  ],
  targets: [
    .systemLibrary(name: "CLZ4", path: "Sources/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .target(name: "Wire", path: "Sources/Wire", swiftSettings: strict + [lifetimes]),
    .target(name: "Vocabulary", dependencies: ["Wire"], path: "Sources/Vocabulary", swiftSettings: strict),
    .target(name: "Events", dependencies: ["Vocabulary", "Wire"], path: "Events", swiftSettings: strict),
    .target(
      name: "Projection", dependencies: ["Vocabulary", "Wire"], path: "Sources/Projection", swiftSettings: strict + [lifetimes]),
    .testTarget(name: "WireTests", dependencies: ["Wire"], path: "Tests/WireTests", swiftSettings: strict),
    .testTarget(
      name: "EventsTests", dependencies: ["Events", "Vocabulary", "Wire"], path: "Tests/EventsTests", exclude: ["Golden"],
      swiftSettings: strict),
  ]
)
