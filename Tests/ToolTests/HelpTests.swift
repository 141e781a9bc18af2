import Answers
import ArgumentParser
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import keshi

/// Every command, as the words that a person types.
private let commands: [[String]] = [[]] + words(of: Keshi.self, after: [])

private func words(of command: any ParsableCommand.Type, after path: [String]) -> [[String]] {
  command.configuration.subcommands.flatMap { child in
    let place = path + [child._commandName]
    return [place] + words(of: child, after: place)
  }
}

@Suite struct `Help texts` {
  @Test(arguments: commands) func `are kept`(command: [String]) throws {
    for language in Language.allCases {
      let run = Run(command + ["--help", "--lang", language.rawValue], source: MemorySource(""))
      #expect(run.status == .ok)
      try Golden.check(run.output, (["help"] + command).joined(separator: "-") + "." + language.rawValue + ".txt")
    }
  }

  @Test(arguments: commands) func `show an example`(command: [String]) {
    let run = Run(command + ["--help", "--lang", "en"], source: MemorySource(""))
    #expect(run.output.contains("EXAMPLE:\n  keshi") || run.output.contains("EXAMPLE:\n  echo") || run.output.contains("EXAMPLE:\n  cat"))
  }

  @Test(arguments: commands) func `are Chinese wherever they are English`(command: [String]) {
    let run = Run(command + ["--help", "--lang", "zh"], source: MemorySource(""))
    for line in run.output.split(separator: "\n") where line.hasPrefix("  --") {
      let explained = line.split(separator: " ", omittingEmptySubsequences: true).count > 2
      #expect(!explained || String(line).isChinese, "not translated: \(line)")
    }
    #expect(!run.output.contains("USAGE") && !run.output.contains("OPTIONS") && !run.output.contains("Show "))
  }

  @Test func `every command has the global options`() {
    for command in commands.dropFirst() {
      let run = Run(command + ["--help"], source: MemorySource(""))
      if run.output.contains("SUBCOMMANDS:") { continue }
      for name in GlobalOptions.names { #expect(run.output.contains(name + " <"), "\(command) has no \(name)") }
    }
  }

  @Test func `the version is said`() { #expect(Run("--version").output == Keshi.version + "\n") }
}
