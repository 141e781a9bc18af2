import Crypto
import Foundation
import Vocabulary

/// The program `openssl`, for what no library of ours does.
enum OpenSSL {
  /// Runs it and gives what it printed. Throws where it is not installed, or says no.
  static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let (output, remarks) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, output, remarks)
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try remarks.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let words = String(decoding: complaint, as: UTF8.self)
    switch process.terminationStatus {
    case 0: return String(decoding: text, as: UTF8.self)
    case 127: throw Trouble.noOpenSSL
    default: throw Trouble.openSSL(words.split(separator: "\n").first.map(String.init) ?? "?")
    }
  }

  /// The bytes of a dump that `openssl` prints behind a title: `    0000 - 5a 6b …-…   text`.
  static func hexDump(in text: String, after title: String) -> [UInt8] {
    let lines = text.split(separator: "\n")
    guard let start = lines.firstIndex(where: { $0.hasPrefix(title) }) else { return [] }
    var bytes: [UInt8] = []
    for line in lines[(start + 1)...] {
      guard line.hasPrefix("    "), let dash = line.firstRange(of: " - ") else { break }
      let columns = line[dash.upperBound...].prefix(47)
      bytes += columns.split { $0 == " " || $0 == "-" }.prefix(16).compactMap { UInt8($0, radix: 16) }
    }
    return bytes
  }

  static func sha256(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
