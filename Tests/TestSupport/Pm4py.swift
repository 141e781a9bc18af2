import Foundation

/// pm4py, where an interpreter has it: KESHI_PYTHON names one. It is asked in tests alone and never shipped.
public enum Pm4py {
  static let python = ProcessInfo.processInfo.environment["KESHI_PYTHON"] ?? "python3"
  public static let isThere = (try? run("import pm4py")) != nil
  /// What is said where it is skipped.
  public static let absence = "needs pm4py from PyPI; KESHI_PYTHON names an interpreter that has it"

  public struct Failed: Error {}

  /// Runs a program and gives what it printed.
  public static func run(_ program: String, _ arguments: String...) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return data
  }
}
