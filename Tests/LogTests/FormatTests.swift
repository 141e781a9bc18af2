import Log
import LogTestSupport
import Testing

/// `Sources/Log/FORMAT.md` is the specification. Its worked example is made again here and compared byte by byte.
@Suite struct `The format's worked example` {
  private static let active = "active/00000000000000000000.0.evlog.lz4"

  /// The log of the example: two events in one batch, closed.
  private func example() throws -> FakeDisk {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    _ = try log.append([.order(1, customer: 4, id: "a"), .order(2, customer: 4)])
    try log.close()
    return disk
  }

  /// The fenced block of this name in FORMAT.md.
  private func documented(_ name: String) throws -> String {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try PosixDisk(root: "/\(folder)/Sources/Log").open("FORMAT.md", .read)
    var bytes = [UInt8](repeating: 0, count: try file.size())
    _ = try bytes.withUnsafeMutableBytes { space throws(LogError) in try file.readSome(into: space, at: 0) }
    let blocks = String(decoding: bytes, as: UTF8.self).split(separator: "```", omittingEmptySubsequences: false)
    let block = try #require(blocks.first { $0.hasPrefix("text \(name)\n") }, "FORMAT.md has no block \(name)")
    return String(block.drop { $0 != "\n" }.dropFirst())
  }

  @Test func `is what the writer writes`() throws {
    let disk = try example()
    let manifest = try #require(disk.bytes("LOG.json"))
    #expect(try documented("LOG.json") == String(decoding: manifest, as: UTF8.self))
    let dump = hexDump(try #require(disk.bytes(Self.active)))
    #expect(try documented("active") == dump, "made again:\n\(dump)")
  }

  @Test func `is what the reader reads`() throws {
    let disk = FakeDisk()
    disk.put(Array(try documented("LOG.json").utf8), at: "LOG.json")
    disk.put(bytes(ofDump: try documented("active")), at: Self.active)
    #expect(try Verifier(disk: disk).run().verdict == .clean)
    let lines = try LogDirectory.openReadOnly(on: disk).allLines()
    #expect(try documented("lines") == lines.joined(separator: "\n") + "\n")
  }
}

/// Sixteen bytes a line, as `hexdump -C` prints them; equal lines but the first are one `*`.
private func hexDump(_ bytes: [UInt8]) -> String {
  var text = ""
  var before: ArraySlice<UInt8> = []
  var isSkipping = false
  for start in stride(from: 0, to: bytes.count, by: 16) {
    let row = bytes[start..<min(start + 16, bytes.count)]
    if row.elementsEqual(before) {
      if !isSkipping { text += "*\n" }
      isSkipping = true
      continue
    }
    (before, isSkipping) = (row, false)
    let hex = row.map { hexadecimal(Int($0), 2) }.joined(separator: " ")
    let letters = row.map { (32..<127).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
    text += "\(hexadecimal(start, 8))  \(hex)  |\(letters)|\n"
  }
  return text + hexadecimal(bytes.count, 8) + "\n"
}

private func hexadecimal(_ number: Int, _ width: Int) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: width - digits.count) + digits
}

/// The inverse of `hexDump`.
private func bytes(ofDump dump: String) -> [UInt8] {
  var bytes: [UInt8] = []
  for line in dump.split(separator: "\n") where line != "*" {
    let offset = Int(line.prefix(8), radix: 16) ?? 0
    while bytes.count < offset { bytes += bytes.suffix(16) }  // what a `*` stands for
    guard line.count > 8 else { continue }
    bytes += line.dropFirst(10).prefix(47).split(separator: " ").compactMap { UInt8($0, radix: 16) }
  }
  return bytes
}
