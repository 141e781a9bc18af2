import Foundation

/// The built command, run as a process of its own.
struct Binary {
  /// Where the build put it: beside the test program.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent().appending(path: "keshi").path
  }()

  let process = Process()

  /// Prepares a run whose streams are files, so that nothing said before a kill is lost in a pipe.
  init(_ arguments: [String], input: String? = nil, output: String? = nil, remarks: String? = nil, environment: [String: String] = [:]) {
    process.executableURL = URL(fileURLWithPath: Binary.path)
    process.arguments = arguments
    process.environment = ["LANG": "C", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardInput = input.flatMap { FileHandle(forReadingAtPath: $0) } ?? FileHandle.nullDevice
    process.standardOutput = Binary.fresh(output) ?? FileHandle.nullDevice
    process.standardError = Binary.fresh(remarks) ?? FileHandle.nullDevice
  }

  private static func fresh(_ path: String?) -> FileHandle? {
    guard let path else { return nil }
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return FileHandle(forWritingAtPath: path)
  }

  /// Runs to the end and gives the exit status.
  @discardableResult func run() throws -> Int32 {
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Runs a line of shell in which `$keshi` is the command; gives status, output and remarks.
  static func shell(_ line: String, environment: [String: String] = [:]) throws -> (status: Int32, output: String, remarks: String) {
    let folder = try Folder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "set -o pipefail; " + line]
    process.environment = ["LANG": "C", "PATH": "/usr/bin:/bin", "keshi": path].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = fresh(folder.path + "/output")
    process.standardError = fresh(folder.path + "/remarks")
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOfFile: folder.path + "/output", encoding: .utf8),
      try String(contentsOfFile: folder.path + "/remarks", encoding: .utf8)
    )
  }
}
