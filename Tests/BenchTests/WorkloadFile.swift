import Foundation

/// Where the workload's files are: made beforehand (`KESHI_WORKLOAD` names their directory), or made now where the
/// generator stands beside the repository.
enum WorkloadFile {
  static let twentyThousand = find("e20k.jsonl", arguments: ["--events", "20000", "--customers", "2000", "--seed", "7"])
  /// Too slow for every run; only where slow tests are asked for.
  static let million = isSlowWanted ? existing("e1m.jsonl") : nil

  static var isSlowWanted: Bool { ProcessInfo.processInfo.environment["KESHI_SLOW_TESTS"] != nil }

  private static func existing(_ name: String) -> String? {
    guard let directory = ProcessInfo.processInfo.environment["KESHI_WORKLOAD"] else { return nil }
    let path = directory + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static func find(_ name: String, arguments: [String]) -> String? {
    if let path = existing(name) { return path }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let generator = root.deletingLastPathComponent().appendingPathComponent("shared/bench/gen.py").path
    guard FileManager.default.fileExists(atPath: generator) else { return nil }
    let own = "keshi-\(ProcessInfo.processInfo.processIdentifier)-\(name)"
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(own).path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", generator] + arguments + ["--out", path]
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? path : nil
  }
}
