import Foundation
import Log
import LogTestSupport

/// A log on a disk in memory, open for writing; the same events give the same bytes.
struct TestLog {
  let disk = FakeDisk()
  let directory: LogDirectory

  init() throws {
    try LogDirectory.createForTest(on: disk)
    directory = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
  }
}

/// A folder of the file system that lives as long as its test.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "keshi-proofs-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, making the folders above it, and gives its path.
  @discardableResult func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let place = URL(fileURLWithPath: path).appending(path: name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
    return place.path
  }
}

/// Runs a program of the system; gives its status and all that it said.
func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (status: Int32, output: String) {
  let scratch = try Scratch()
  let place = try scratch.file("output", [])
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.standardInput = FileHandle.nullDevice
  let handle = FileHandle(forWritingAtPath: place)
  (process.standardOutput, process.standardError) = (handle, handle)
  try process.run()
  process.waitUntilExit()
  return (process.terminationStatus, try String(contentsOfFile: place, encoding: .utf8))
}
