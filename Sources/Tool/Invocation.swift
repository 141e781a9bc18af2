import Answers
import ArgumentParser
import Glibc
import Vocabulary

/// A command that can be run on any console.
protocol KeshiCommand: ParsableCommand {
  var global: GlobalOptions { get }
  /// Whether `--format yaml` gives a file that can be edited and published.
  var answersInYAML: Bool { get }
  func run(in session: Session) throws
}

extension KeshiCommand {
  var answersInYAML: Bool { false }

  /// Unused: `Invocation` runs commands.
  func run() throws {}
}

/// From words to an exit status: parses, runs, and explains what went wrong.
struct Invocation {
  let arguments: [String]
  let console: Console
  private let language: Language

  init(_ arguments: [String], on console: Console) {
    self.arguments = Invocation.globalOptionsLast(arguments)
    self.console = console
    language = Invocation.language(asked: self.arguments) ?? console.language
  }

  func run() -> ExitStatus {
    signal(SIGPIPE, SIG_IGN)
    return Speech.$language.withValue(language) {
      do {
        try execute()
        return .ok
      } catch let ending as Ending {
        return ending.status
      } catch SinkError.closed {
        return .ok
      } catch {
        return tell(Trouble(explaining: error))
      }
    }
  }

  private func execute() throws {
    let command: any ParsableCommand
    do { command = try Keshi.parseAsRoot(arguments) } catch {
      guard Keshi.exitCode(for: error) == .success else { throw Trouble(usage: error) }
      return try show(help: Keshi.fullMessage(for: error, columns: helpColumns))
    }
    switch command {
    case let command as any KeshiCommand:
      if command.global.format == .yaml, !command.answersInYAML { throw Trouble.noYAML }
      try command.run(in: Session(console: console, options: command.global))
    default:
      try run(builtIn: command)
    }
    try console.output.flush()
  }

  /// `keshi` and `keshi rules` without a subcommand, and `keshi help`: their answer is a help text.
  private func run(builtIn command: any ParsableCommand) throws {
    var command = command
    do {
      try command.run()
    } catch {
      try show(help: Keshi.fullMessage(for: error, columns: helpColumns))
    }
  }

  private var helpColumns: Int { console.outputIsTerminal ? console.columns : 100 }

  private func show(help text: String) throws {
    try console.output.write(HelpText.localised(text, in: language) + "\n")
    try console.output.flush()
  }

  private func tell(_ trouble: Trouble) -> ExitStatus {
    try? console.output.flush()
    try? console.remarks.write(trouble.text(in: language))
    try? console.remarks.flush()
    return trouble.status
  }
}

/// Ends a command whose answer has been given, but whose status is not 0.
struct Ending: Error {
  let status: ExitStatus
}

// Options before the command.
extension Invocation {
  /// The arguments with the global options moved to the end, so that they may stand anywhere: the parser knows options
  /// only behind the command that declares them.
  static func globalOptionsLast(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    var rest: [String] = []
    var global: [String] = []
    var place = 0
    while place < end {
      let word = arguments[place]
      place += 1
      if GlobalOptions.names.contains(word) {
        global.append(word)
        if place < end { global.append(arguments[place]) }
        place += 1
      } else if GlobalOptions.names.contains(where: { word.hasPrefix($0 + "=") }) {
        global.append(word)
      } else {
        rest.append(word)
      }
    }
    return rest + global + arguments[end...]
  }

  /// The language that `--lang` names; needed before the arguments are parsed, because errors and help speak it.
  static func language(asked arguments: [String]) -> Language? {
    for (place, word) in arguments.enumerated() {
      if word == "--" { return nil }
      if word == "--lang", place + 1 < arguments.count { return Language(rawValue: arguments[place + 1]) }
      if word.hasPrefix("--lang=") { return Language(rawValue: String(word.dropFirst(7))) }
    }
    return nil
  }
}
