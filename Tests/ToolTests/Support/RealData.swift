import Foundation
import Testing

@testable import keshi

/// Real files, where they are.
enum RealData {
  /// The folder, or `nil` where it is absent; KESHI_REALDATA names it.
  static let folder: String? = {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "shared/data"
      ).path
    let path = ProcessInfo.processInfo.environment["KESHI_REALDATA"] ?? beside
    return FileManager.default.fileExists(atPath: path + "/cdnow_sample.txt") ? path : nil
  }()

  /// A log into which the CDNOW purchases were imported, for all tests of one run.
  static let purchases: Folder? = {
    guard let folder, let log = try? Folder(), log.run("init").status == .ok,
      log.run("import", "--map", "cdnow", folder + "/cdnow_sample.txt").status == .ok
    else { return nil }
    return log
  }()
}
