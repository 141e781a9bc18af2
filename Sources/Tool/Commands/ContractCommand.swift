import ArgumentParser
import Documents
import Engine
import Events
import Vocabulary
import Wire

/// `keshi contract show|diff`: the text of a contract, and what changed in it.
struct ContractCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "contract",
      abstract: Name(
        "Show a contract's text in force, who assented, and what changed between versions.", "查看合同的有效文本、各方同意情况及版本间的变更。")[Speech.language],
      discussion: example("keshi contract show HT-2025-0042"),
      subcommands: [ContractShowCommand.self, ContractDiffCommand.self])
  }
}

/// Where both commands find their contract.
struct ContractReading {
  let id: String
  let file: ContractFile
  /// The day as of which is asked: the reader's, or that of the log's latest business time.
  let day: Day

  /// - Throws: `E-CONTRACT-NONE` where nothing is known of such a contract from there.
  init(_ argument: String, _ reader: ReaderOptions, _ snapshot: Snapshot) throws {
    let kind = EntityKind.contract.word + ":"
    let name = argument.hasPrefix(kind) ? argument : kind + argument
    id = String(name.dropFirst(kind.count))
    var events: [Event] = []
    try snapshot.history(of: name, view: reader.view) { stored in
      var event = stored.event
      event.seq = stored.seq
      if event.subject.description == name { events.append(event) }
    }
    file = ContractFile(events)
    guard !file.versions.isEmpty else { throw Trouble.noContract(name) }
    day = try snapshot.businessTime(of: reader.view).day
  }

  /// - Throws: `E-CONTRACT-VERSION` with the versions that there are.
  func version(_ number: Int) throws -> ContractVersion {
    guard let version = file.version(number) else {
      throw Trouble.noVersion(number, of: id, known: file.versions.map(\.number))
    }
    return version
  }
}

extension Trouble {
  fileprivate static func noContract(_ name: String) -> Trouble {
    Trouble(
      .noInput, "E-CONTRACT-NONE", Name("no text of \(name) is known from there", "从该时点看不到 \(name) 的任何文本"),
      unharmed: Unharmed.log, remedy: Name("`keshi show contracts` lists the contracts", "用 `keshi show contracts` 列出全部合同"))
  }

  fileprivate static func noVersion(_ number: Int, of id: String, known: [Int]) -> Trouble {
    let list = known.map(String.init).joined(separator: ", ")
    return Trouble(
      .usage, "E-CONTRACT-VERSION",
      Name("contract:\(id) has no version \(number); it has \(list)", "contract:\(id) 没有第 \(number) 版；现有版本：\(list)"),
      unharmed: Unharmed.log, remedy: Name("name one of these versions", "请指定其中一个版本"))
  }
}
