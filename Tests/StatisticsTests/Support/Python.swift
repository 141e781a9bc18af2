import Foundation
import Testing

/// A Python that has a package: `KESHI_PYTHON`, else `python3`.
enum Python {
  static let withStatsmodels = having("statsmodels")
  static let absent: Comment = "no Python with statsmodels; KESHI_PYTHON names one"

  private static func having(_ package: String) -> String? {
    let named = ProcessInfo.processInfo.environment["KESHI_PYTHON"] ?? "python3"
    return (try? run(named, "import \(package)")) != nil ? named : nil
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// What a program prints that is handed `input` as a file. - Throws: `Failed` with what it complained about.
  static func run(_ python: String, _ code: String, input: Data = Data()) throws -> Data {
    let place = NSTemporaryDirectory() + "keshi-python-" + UUID().uuidString
    defer { for end in [".in", ".out", ".err"] { try? FileManager.default.removeItem(atPath: place + end) } }
    try input.write(to: URL(fileURLWithPath: place + ".in"))
    func stream(_ end: String) -> FileHandle? {
      _ = FileManager.default.createFile(atPath: place + end, contents: nil)
      return FileHandle(forWritingAtPath: place + end)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-W", "ignore", "-c", code, place + ".in"]
    process.standardOutput = stream(".out")
    process.standardError = stream(".err")
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: (try? String(contentsOfFile: place + ".err", encoding: .utf8)) ?? "no remarks")
    }
    return try Data(contentsOf: URL(fileURLWithPath: place + ".out"))
  }

  /// One call with values in JSON both ways.
  static func ask<Answer: Decodable>(_ python: String, _ code: String, _ question: some Encodable) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: run(python, code, input: JSONEncoder().encode(question)))
  }
}
