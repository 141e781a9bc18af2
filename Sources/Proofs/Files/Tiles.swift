import Log

/// The tree and the lines as static files, after C2SP `tlog-tiles`: `tile/<L>/<N>` holds 256 hashes of level 8 × L,
/// `tile/entries/<N>` 256 lines; the last of each level is partial. Anybody can serve them, and make proofs from them.
public struct TileExport: ~Copyable {
  /// Takes a finished file: its path, and its bytes.
  public typealias Output = (_ path: String, _ bytes: [UInt8]) throws -> Void

  private static let width = Limit.bundleLeaves
  private let output: Output
  private var levels: [[Hash]] = [[]]  // hashes of each level's unfinished tile
  private var numbers: [UInt64] = [0]  // of that tile
  private var entries: [UInt8] = []

  /// Memory: one tile a level, and 256 lines.
  public init(_ output: @escaping Output) { self.output = output }

  /// Adds the next line, without line feed, of at most 65,535 bytes.
  public mutating func add(_ line: UnsafeRawBufferPointer) throws {
    let length = UInt16(line.count)
    entries += [UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + line
    if levels[0].count + 1 == Self.width {
      try output("tile/entries/\(Self.place(numbers[0]))", entries)
      entries.removeAll(keepingCapacity: true)
    }
    try add(leafHash(of: line), level: 0)
  }

  private mutating func add(_ hash: Hash, level: Int) throws {
    if level == levels.count { (levels, numbers) = (levels + [[]], numbers + [0]) }
    levels[level].append(hash)
    guard levels[level].count == Self.width else { return }
    try output("tile/\(level)/\(Self.place(numbers[level]))", levels[level].flatMap(\.bytes))
    var tree = Frontier()
    for hash in levels[level] { tree.append(hash) }
    levels[level] = []
    numbers[level] += 1
    try add(tree.root, level: level + 1)
  }

  /// Writes the partial tiles.
  public consuming func finish() throws {
    for (level, hashes) in levels.enumerated() where !hashes.isEmpty {
      let partial = "\(Self.place(numbers[level])).p/\(hashes.count)"
      try output("tile/\(level)/\(partial)", hashes.flatMap(\.bytes))
      if level == 0 { try output("tile/entries/\(partial)", entries) }
    }
  }

  /// Three digits a path element, all but the last with an `x` in front: 1234067 is `x001/x234/067`.
  static func place(_ number: UInt64) -> String {
    var parts: [String] = []
    var rest = number
    repeat {
      let digits = String(rest % 1000)
      parts.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1000
    } while rest > 0
    return parts.reversed().enumerated().map { $0 + 1 < parts.count ? "x" + $1 : $1 }.joined(separator: "/")
  }
}
