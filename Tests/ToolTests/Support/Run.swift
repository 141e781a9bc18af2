import Answers
import Foundation
import Vocabulary

@testable import keshi

/// Runs a command in this process and keeps what it says.
struct Run {
  let status: ExitStatus
  let output: String
  let remarks: String

  init(
    _ arguments: String..., input: String = "", environment: [String: String] = [:], terminal: Bool = false, columns: Int = 80
  ) {
    self.init(arguments, source: MemorySource(input), environment: environment, terminal: terminal, columns: columns)
  }

  init(
    _ arguments: [String], source: any Source, environment: [String: String] = [:], terminal: Bool = false, columns: Int = 80
  ) {
    let output = MemorySink()
    let remarks = MemorySink()
    let console = Console(
      input: source, output: output, remarks: remarks, environment: environment, outputIsTerminal: terminal,
      remarksAreTerminal: false, columns: columns, userName: "tester")
    status = Invocation(arguments, on: console).run()
    self.output = output.text
    self.remarks = remarks.text
  }

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}
