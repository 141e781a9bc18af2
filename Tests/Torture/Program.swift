import Glibc

/// Other programs.
enum Program {
  struct Failed: Error {
    let command: [String]
  }

  /// The path of this program.
  static func path() throws -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { throw Failed(command: ["readlink"]) }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func isInstalled(_ program: String) -> Bool {
    guard let path = getenv("PATH") else { return false }
    return String(cString: path).split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// Runs a program. `status` is its exit status, or 128 and the signal that ended it; its errors are not kept.
  static func run(_ command: [String], input: String? = nil) throws -> (status: Int32, output: [UInt8]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failed(command: command) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let source = input.map { temporary($0) } ?? "/dev/null"
    posix_spawn_file_actions_addopen(&actions, 0, source, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let failed = posix_spawnp(&child, command[0], &actions, nil, &words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard failed == 0 else { throw Failed(command: command) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(ends[0], &chunk, chunk.count), count > 0 { output += chunk[0..<count] }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    let signal = status & 0x7F
    return (signal == 0 ? status >> 8 & 0xFF : 128 + signal, output)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A file as text; none where it cannot be read.
  static func text(of path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Failed(command: ["read", path]) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[0..<count] }
    return bytes
  }

  /// A file that holds `text`, the same for each call of this process.
  private static func temporary(_ text: String) -> String {
    let path = "/tmp/keshi-torture-\(getpid()).input"
    if let file = fopen(path, "w") {
      fputs(text, file)
      fclose(file)
    }
    return path
  }
}
