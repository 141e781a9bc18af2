import Glibc

/// Kills a program with SIGKILL at a system call that touches a folder, by strace's fault injection.
struct Tracer {
  /// A moment in a program's run: the n-th call of this name that one of its threads makes.
  struct Point {
    let call: String
    let turn: Int
  }

  /// Calls that change or read files. `write` is also how a program acknowledges.
  private static let calls = [
    "pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate", "mkdir", "fcntl", "write", "pread64", "openat",
    "close", "getdents64", "link", "sendfile", "copy_file_range", "rmdir", "read",
  ]

  private let log: String

  /// - Parameter log: where strace may write; read at once.
  init(log: String) { self.log = log }

  /// The points at which an undisturbed run touches `folder`, or writes to its standard output, in their order.
  ///
  /// Found by watching one run; a kill at a point that another run does not reach kills nothing.
  func points(of command: [String], in folder: String, input: String?) throws -> [Point] {
    _ = try Program.run(
      ["strace", "-f", "-y", "-qq", "-s", "256", "-o", log, "-e", "trace=" + Tracer.calls.joined(separator: ",")] + command,
      input: input)
    var (seen, points): ([String: Int], [Point]) = ([:], [])
    var known: Set<String> = []
    for line in try Program.text(of: log).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard words.count == 2, let end = words[1].firstIndex(of: "("), !words[1].hasPrefix("<") else { continue }
      let call = String(words[1][..<end].drop { $0 == " " })
      seen[words[0] + " " + call, default: 0] += 1
      let turn = seen[words[0] + " " + call] ?? 0
      let touches = words[1].contains(folder) || words[1].contains("write(1<")
      if touches, known.insert("\(call) \(turn)").inserted { points.append(Point(call: call, turn: turn)) }
    }
    return points
  }

  /// Not with strace's seccomp filter, which is quicker: under it the injected signal never comes.
  func kill(_ command: [String], at point: Point, input: String? = nil) throws -> (wasKilled: Bool, output: [UInt8]) {
    let result = try Program.run(
      ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(point.call)", "-e",
        "inject=\(point.call):signal=SIGKILL:when=\(point.turn)"] + command,
      input: input)
    return (result.status == 128 + SIGKILL, result.output)
  }
}
