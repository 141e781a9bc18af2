import Foundation

/// A Python that has a package: `KESHI_PYTHON`, else `python3`. `nil`: none has it.
public enum Python {
  public static func having(_ package: String) -> String? {
    let named = ProcessInfo.processInfo.environment["KESHI_PYTHON"] ?? "python3"
    return (try? run(named, "import \(package)"))?.status == 0 ? named : nil
  }

  public static func run(
    _ python: String, _ code: String, _ arguments: [String] = []
  ) throws -> (status: Int32, output: String, remarks: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", code] + arguments
    let place = NSTemporaryDirectory() + "keshi-python-" + UUID().uuidString
    defer { for end in [".out", ".err"] { try? FileManager.default.removeItem(atPath: place + end) } }
    func stream(_ end: String) -> FileHandle? {
      _ = FileManager.default.createFile(atPath: place + end, contents: nil)
      return FileHandle(forWritingAtPath: place + end)
    }
    process.standardOutput = stream(".out")
    process.standardError = stream(".err")
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOfFile: place + ".out", encoding: .utf8),
      try String(contentsOfFile: place + ".err", encoding: .utf8)
    )
  }
}
