import Wire

/// Several files in one, as POSIX's `ustar` interchange format lays them (IEEE Std 1003.1-2017, pax): every system opens it.
struct Archive {
  private(set) var bytes: [UInt8] = []
  private let time: Int64

  /// - Parameter now: the time that the files bear.
  init(at now: Instant) { time = max(0, now.microseconds / 1_000_000) }

  /// - Precondition: the name is ASCII of at most 100 bytes.
  mutating func add(_ name: String, _ content: [UInt8]) {
    precondition(name.utf8.count <= 100 && content.count < 1 << 33)
    var head = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) { head.replaceSubrange(place..<place + text.utf8.count, with: text.utf8) }
    func octal(_ number: Int64, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(name, at: 0)
    put("0000644\0", at: 100)
    put("0000000\0", at: 108)
    put("0000000\0", at: 116)
    put(octal(Int64(content.count), 11), at: 124)
    put(octal(time, 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar\u{0}00", at: 257)
    let sum = head.reduce(Int64(0)) { $0 + Int64($1) }
    put(octal(sum, 6) + "\0 ", at: 148)
    bytes += head + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The whole, with the two empty blocks that end it.
  var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
