import Answers
import Glibc
import Log
import Vocabulary

/// Everything that a command knows of the world outside: streams, terminals, variables, who sits there.
///
/// Commands touch no global of the process, so a test runs them beside each other.
struct Console: Sendable {
  let input: any Source
  /// Data, and nothing else.
  let output: any Sink
  /// Errors, progress and remarks.
  let remarks: any Sink
  let environment: [String: String]
  var outputIsTerminal = false
  var remarksAreTerminal = false
  var inputIsTerminal = false
  /// Width of the terminal, where there is one.
  var columns = 80
  /// The name of the account that runs the process.
  var userName = "unknown"
  var clock: any LogClock = WallClock()

  /// The streams of this process.
  static func ofProcess() -> Console {
    Console(
      input: FileSource(descriptor: STDIN_FILENO), output: FileSink(descriptor: STDOUT_FILENO),
      remarks: FileSink(descriptor: STDERR_FILENO), environment: processEnvironment(),
      outputIsTerminal: isatty(STDOUT_FILENO) == 1, remarksAreTerminal: isatty(STDERR_FILENO) == 1,
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      columns: terminalColumns(), userName: accountName())
  }

  private static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next = next.advanced(by: 1)
    }
    return variables
  }

  private static func terminalColumns() -> Int {
    var size = winsize()
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return 80
  }

  private static func accountName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return String(getuid()) }
    return String(cString: name)
  }
}

extension Console {
  /// The language that the variables ask for, by the order of POSIX; English where they name none that Keshi speaks.
  var language: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = environment[name], !value.isEmpty { return Language(locale: value) ?? .en }
    }
    return .en
  }

  /// A remark for the person, on standard error. One that cannot be told is not worth failing for.
  func remark(_ text: String) {
    try? remarks.write(text + "\n")
    try? remarks.flush()
  }

  func remark(_ name: Name) { remark(name[Speech.language]) }
}
