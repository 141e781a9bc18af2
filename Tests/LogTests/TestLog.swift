import Glibc
import Log
import LogTestSupport

/// A log on a disk in memory, opened for writing.
final class TestLog {
  private(set) var disk: FakeDisk
  private(set) var directory: LogDirectory

  init(_ disk: FakeDisk = FakeDisk(), options: LogOptions = .byHand) throws {
    self.disk = disk
    try LogDirectory.createForTest(on: disk)
    directory = try LogDirectory.open(on: disk, clock: TestClock(), options: options)
  }

  /// Closes in order and opens again.
  func reopen(options: LogOptions = .byHand) throws {
    try directory.close()
    disk = disk.afterProcessEnd()
    directory = try LogDirectory.open(on: disk, clock: TestClock(), options: options)
  }
}

/// A folder of the real file system, removed with the object.
final class TemporaryFolder {
  let path: String
  var disk: PosixDisk { PosixDisk(root: path) }

  struct Failed: Error {}

  init() throws {
    var template = Array("/tmp/keshi-log-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failed() }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = try? run("rm", ["-rf", path]) }
}

/// Whether a program is on the path.
func isInstalled(_ program: String) -> Bool {
  guard let path = getenv("PATH") else { return false }
  return String(cString: path).split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
}

/// Runs a program and gives its exit status and what it printed.
func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: [UInt8]) {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { throw TemporaryFolder.Failed() }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  posix_spawn_file_actions_addclose(&actions, ends[0])
  var words = ([program] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var child = pid_t()
  let failed = posix_spawnp(&child, program, &actions, nil, &words, environ)
  close(ends[1])
  defer { close(ends[0]) }
  guard failed == 0 else { throw TemporaryFolder.Failed() }
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(ends[0], &chunk, chunk.count)
    if count <= 0 { break }
    output += chunk[0..<count]
  }
  var status: Int32 = 0
  waitpid(child, &status, 0)
  return (status >> 8 & 0xFF, output)
}

/// A thread of the system: the log's calls block, so tests must not use the threads that tasks share.
final class TestThread: @unchecked Sendable {  // the handle is written before the object is handed out
  private var thread = pthread_t()

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(&thread, nil, { raw in
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
  }

  func join() { pthread_join(thread, nil) }
}
