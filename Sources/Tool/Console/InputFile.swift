import Answers
import Glibc

/// A file that a person names on the command line; `-` is standard input.
enum InputFile {
  /// Reads a file that has at most `limit` bytes, or the first `limit + 1` of a longer one, so that its reader can say
  /// that it is too long.
  static func read(_ path: String, limit: Int, in session: Session) throws -> [UInt8] {
    if path == "-" { return try gather(from: session.console.input, limit) }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw Trouble.file(path, errno: errno) }
    defer { close(descriptor) }
    do { return try gather(from: FileSource(descriptor: descriptor), limit) } catch SourceError.failed(let number) {
      throw Trouble.file(path, errno: number)
    }
  }

  private static func gather(from source: any Source, _ limit: Int) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let more = try source.read(upTo: min(limit + 1 - bytes.count, 1 << 20))
      guard !more.isEmpty else { break }
      bytes += more
    }
    return bytes
  }
}
