import Glibc
import Log
import LogTestSupport

/// `keshi-torture child WHAT DIR`: a process whose only purpose is to be killed. It prints each event's number and leaf
/// once they are durable, as its last word before the next call.
enum Child {
  static func run(_ words: [String]) throws {
    guard words.count == 2 else { exit(64) }
    let disk = PosixDisk(root: words[1])
    var options = LogOptions.byHand
    switch words[0] {
    case "create":
      return try LogDirectory.createForTest(on: disk)
    case "append":
      try append([[Draft].orders(1), .orders(40), .orders(3)], to: disk, options)
    case "mark":
      try append([[Draft].orders(2), []], to: disk, options)
    case "roll":
      try append([[Draft].orders(250), .orders(20)], to: disk, options)
    case "seal":
      options.housekeeping = .inline
      try append([[Draft].orders(300), .orders(300)], to: disk, options)
    case "threads":
      options = LogOptions()
      options.markerAfterMilliseconds = 1
      options.sealAfterMilliseconds = 1
      try append((0..<6).map { [Draft].orders(90, from: $0 * 90) }, to: disk, options)
    default: exit(64)
    }
  }

  private static func append(_ batches: [[Draft]], to disk: PosixDisk, _ options: LogOptions) throws {
    let log = try LogDirectory.open(on: disk, clock: TestClock(Acknowledged.time), options: options)
    for batch in batches {
      if batch.isEmpty { try log.writer?.mark() } else { try append(batch, to: log) }
    }
    try log.close()
  }

  private static func append(_ batch: [Draft], to log: LogDirectory) throws {
    var text = ""
    for receipt in try log.append(batch) { text += "\(receipt.seq) \(receipt.leaf.hex)\n" }
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      guard count > 0 else { exit(74) }
      done += count
    }
  }
}

/// What a killed process had said.
struct Acknowledged {
  static let time: Int64 = 1_795_434_003_123_456
  /// Number and leaf hash of each event.
  var events: [(seq: Int, leaf: String)] = []

  /// Reads whole lines only: the last may be cut.
  init(child output: [UInt8]) {
    for line in output.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
      if words.count == 2, let seq = Int(words[0]) { events.append((seq, words[1])) }
    }
  }

  /// Receipts as `keshi append` prints them.
  init(receipts output: [UInt8]) {
    for line in output.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
      let text = String(decoding: line, as: UTF8.self)
      guard let leaf = text.member("leaf\":\""), let seq = text.member("seq\":").flatMap({ Int($0) }) else { continue }
      events.append((seq, leaf))
    }
  }
}
