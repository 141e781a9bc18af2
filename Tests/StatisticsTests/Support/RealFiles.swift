import Foundation
import Testing

/// Real files, where they are.
enum RealFiles {
  static let absent: Comment = "the folder of real data is absent; KESHI_REALDATA names it"

  /// The folder, or `nil` where it is absent.
  static let folder: String? = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { root.deleteLastPathComponent() }
    let path = ProcessInfo.processInfo.environment["KESHI_REALDATA"] ?? root.path + "/shared/data"
    return FileManager.default.fileExists(atPath: path + "/cdnow_sample.txt") ? path : nil
  }()

  struct Unreadable: Error { let file: String }

  static func text(_ name: String) throws -> String {
    guard let folder else { throw Unreadable(file: name) }
    let path = folder + "/" + name
    let data = name.hasSuffix(".gz") ? try unpacked(path) : try Data(contentsOf: URL(fileURLWithPath: path))
    guard let text = String(data: data, encoding: .utf8) else { throw Unreadable(file: name) }
    return text
  }

  private static func unpacked(_ path: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unreadable(file: path) }
    return data
  }

  /// Rows of a CSV file by their columns' names. None of the files has a quoted line break.
  static func rows(_ name: String) throws -> [[String: String]] {
    var text = try text(name)
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    let lines = text.split(whereSeparator: \.isNewline).map { fields(String($0)) }
    guard let head = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(head, $0), uniquingKeysWith: { first, _ in first }) }
  }

  private static func fields(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for letter in line {
      switch letter {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(letter)
      }
    }
    return fields
  }

  /// Days since 1970-01-01 of year-month-day; `nil` of anything else. (Howard Hinnant's days_from_civil.)
  static func day(_ text: String?, reversed: Bool = false) -> Int? {
    guard let parts = text?.split(separator: "-").compactMap({ Int($0) }), parts.count == 3 else { return nil }
    let (y, m, d) = reversed ? (parts[2], parts[1], parts[0]) : (parts[0], parts[1], parts[2])
    let year = m <= 2 ? y - 1 : y
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
