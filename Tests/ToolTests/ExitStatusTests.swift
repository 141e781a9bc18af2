import Answers
import Bench
import TestSupport
import Testing
import Vocabulary

@testable import keshi

@Suite struct `A command that fails` {
  @Test(arguments: [
    (.failed, .failed), (.differs, .differs), (.usage, .usage), (.unknownName, .usage), (.badInput, .badInput),
    (.absent, .noInput), (.unavailable, .unavailable), (.cannotCreate, .cannotCreate), (.inputOutput, .inputOutput),
    (.busy, .tryAgain), (.overtaken, .tryAgain), (.notPermitted, .notPermitted), (.objected, .notPermitted),
    (.configuration, .configuration),
  ] as [(Trouble.Kind, keshi.ExitStatus)]) func `ends with the status of its kind`(kind: Trouble.Kind, status: keshi.ExitStatus) {
    #expect(trouble(kind).status == status)
  }

  @Test func `has a status for every kind of trouble, and no trouble ends with 0`() {
    #expect(Trouble.Kind.allCases.allSatisfy { trouble($0).status != .ok })
    #expect(keshi.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 66, 69, 73, 74, 75, 77, 78])
  }

  @Test(arguments: [
    (WorkloadError.cannotOpen(path: "a"), .noInput), (WorkloadError.notJSON(line: 1, offset: 2), .badInput),
    (BenchError.disk(path: "a", errno: 28), .inputOutput), (BenchError.wrongResult("a"), .differs), (Trouble.noYAML, .usage),
  ] as [(any Error, keshi.ExitStatus)]) func `explains the command line's own errors too`(error: any Error, status: keshi.ExitStatus) {
    let trouble = Trouble(explaining: error)
    #expect(trouble.status == status && trouble.what.zh.isChinese, "\(trouble)")
  }

  @Test(arguments: Language.allCases) func `says what, where, what is unharmed and what to do`(language: Language) {
    let text = trouble(.failed).at(Name("here", "此处")).listing([Name("first", "其一")]).text(in: language)
    #expect(text == Name("[E-X] what\n  first\n  where: here\n  unharmed: all\n  to do: this\n", "[E-X] 何事\n  其一\n  位置：此处\n  未受影响：全部\n  处理：如此\n")[language])
  }

  @Test func `lets no text of an event reach the terminal's control`() {
    #expect(!Trouble(explaining: EventError(.unknownType("\u{1B}[2J"))).text(in: .en).contains("\u{1B}"))
  }

  private func trouble(_ kind: Trouble.Kind) -> Trouble {
    Trouble(kind, "E-X", Name("what", "何事"), unharmed: Name("all", "全部"), remedy: Name("this", "如此"))
  }
}
