import Answers
import ArgumentParser
import Engine
import Projection
import Vocabulary

/// `keshi redact …`: a line gives place to its hash, by four eyes.
struct RedactCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "redact",
      abstract: Name(
        "Replace a line by its hash, where something slipped into it that may not be kept.", "某行混入不得保存的内容时，以其哈希代替该行。")[Speech.language],
      discussion: example(
        """
        keshi redact request 4711 --reason "a name in the field outcome"
        keshi redact approve 4711 --actor wang
        keshi redact execute 4711
        """) + "\n\n"
        + Name(
          "Who approves must be another than who asked. Every root and proof stays; the event is gone from histories and read models; `keshi verify` lists it.",
          "批准人不得是申请人。根与证明均不变；该事件从经过与读模型中消失；`keshi verify` 会列出它。")[Speech.language],
      subcommands: [RedactRequestCommand.self, RedactApproveCommand.self, RedactExecuteCommand.self])
  }

  static let columns = [Column("line", .position, "Line", "行"), Column("event", .position, "Event", "事件")]
}

struct RedactRequestCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "request",
      abstract: Name("Ask for a line to be replaced by its hash.", "申请以哈希代替某行。")[Speech.language],
      discussion: example("keshi redact request 4711 --reason \"a name in the field outcome\""))
  }

  @Argument(help: help("Number of the event.", "事件序号。", value: "seq"))
  var seq: Int64

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let about = try session.reasoned(reason, channel: "cli")
    let event = try session.withStore(.write) { try $0.requestRedaction(of: seq, about: about) }
    try session.give(RedactCommand.columns, [.integer(seq), .integer(event)])
  }
}

struct RedactApproveCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "approve",
      abstract: Name("Approve it, as somebody else than who asked.", "由申请人以外的人批准。")[Speech.language],
      discussion: example("keshi redact approve 4711 --actor wang"))
  }

  @Argument(help: help("Number of the event.", "事件序号。", value: "seq"))
  var seq: Int64

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let about = session.circumstances(channel: "cli")
    let event = try session.withStore(.write) { try $0.approveRedaction(of: seq, about: about) }
    try session.give(RedactCommand.columns, [.integer(seq), .integer(event)])
  }
}

struct RedactExecuteCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "execute",
      abstract: Name("Replace the line, after an approval.", "经批准后替换该行。")[Speech.language],
      discussion: example("keshi redact execute 4711"))
  }

  @Argument(help: help("Number of the event.", "事件序号。", value: "seq"))
  var seq: Int64

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    var about = session.circumstances(channel: "cli")
    about.reason = Name("approved redaction", "经批准的替换")[session.language]
    let (event, path) = try session.withStore(.write) { store in
      let certificate = try store.redact(seq, about: about)
      return (certificate.event, store.path(of: certificate))
    }
    try session.give(RedactCommand.columns, [.integer(seq), Cell(event)])
    session.console.remark(
      Name(
        "The line is gone; its certificate is \(path). Read models were removed: run keshi rebuild.",
        "该行已不存在，证明书为 \(path)。读模型已移除，请运行 keshi rebuild。"))
  }
}
