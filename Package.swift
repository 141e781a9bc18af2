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

/// One projection a folder: `Projections/Lifecycle` is the target LifecycleProjection with the type Lifecycle.
let projections = ["Lifecycle", "Loyalty", "Churn", "Contracts", "Funnel"]
func projection(_ name: String) -> Target {
  .target(
    name: name + "Projection", dependencies: ["AccountHistory", "Projection", "Events", "Vocabulary", "Wire"],
    path: "Projections/" + name, swiftSettings: strict)
}

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
    .target(
      name: "AccountHistory", dependencies: ["Projection", "Events", "Vocabulary", "Wire"], path: "Projections/Account",
      swiftSettings: strict),
    .target(
      name: "ProjectionCatalogue",
      dependencies: ["Projection"] + projections.map { .byName(name: $0 + "Projection") }, path: "Projections",
      exclude: projections + ["Account", "README.md"], sources: ["Catalogue.swift"], swiftSettings: strict),
    .target(name: "Demo", dependencies: ["Events", "Vocabulary", "Wire"], path: "Sources/Demo", swiftSettings: strict),
    .testTarget(name: "WireTests", dependencies: ["Wire"], path: "Tests/WireTests", swiftSettings: strict),
    .testTarget(
      name: "EventsTests", dependencies: ["Events", "Vocabulary", "Wire"], path: "Tests/EventsTests", exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "ProjectionTests",
      dependencies: [
        "ProjectionCatalogue", "AccountHistory", "Projection", "Events", "Vocabulary", "Wire",
        .product(name: "Crypto", package: "swift-crypto"),
      ] + projections.map { .byName(name: $0 + "Projection") },
      path: "Tests/ProjectionTests", swiftSettings: strict + [lifetimes]),
    .testTarget(
      name: "DemoTests", dependencies: ["Demo", "Events", "Vocabulary", "Wire"], path: "Tests/DemoTests", swiftSettings: strict),
  ] + projections.map { projection($0) }
)
