#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a file line by line through one buffer.
struct LineFile: ~Copyable {
  private static let step = 1 << 20

  private let path: String
  private let descriptor: Int32
  private(set) var bytes: [UInt8] = []
  private var start = 0
  private var ended = false

  init(path: String) throws(WorkloadError) {
    self.path = path
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .cannotOpen(path: path) }
  }

  deinit { close(descriptor) }

  /// Where the next line stands in `bytes`, without its end; `nil` behind the last. Valid until the next call.
  mutating func next() throws(WorkloadError) -> Range<Int>? {
    var searched = start
    while true {
      if let end = newline(from: searched) {
        defer { start = end + 1 }
        return start..<end
      }
      searched = bytes.count - start
      guard !ended else {
        defer { start = bytes.count }
        return start < bytes.count ? start..<bytes.count : nil
      }
      try refill()
    }
  }

  private func newline(from place: Int) -> Int? {
    let span = bytes.span
    for place in place..<span.count where span[place] == UInt8(ascii: "\n") { return place }
    return nil
  }

  /// Moves the unread rest to the front and reads behind it.
  private mutating func refill() throws(WorkloadError) {
    bytes.removeSubrange(..<start)
    start = 0
    let held = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: LineFile.step))
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + held, LineFile.step) }
    guard count >= 0 else { throw .cannotRead(path: path) }
    bytes.removeLast(LineFile.step - count)
    ended = count == 0
  }
}
