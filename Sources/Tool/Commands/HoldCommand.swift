import Answers
import ArgumentParser
import Engine
import Projection
import Vocabulary

/// `keshi hold …`: legal holds, which forbid erasures.
struct HoldCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "hold",
      abstract: Name("Place, release and list legal holds, which forbid erasures.", "设立、解除与列出法律保全；保全期间禁止擦除。")[Speech.language],
      discussion: example(
        """
        keshi hold place customer:4 --reason "claim 2026-17"
        keshi hold release customer:4 --reason "claim settled"
        """),
      subcommands: [HoldPlaceCommand.self, HoldReleaseCommand.self, HoldListCommand.self])
  }
}

struct HoldPlaceCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "place",
      abstract: Name("Forbid erasures that would reach a subject.", "禁止对某主体的擦除。")[Speech.language],
      discussion: example("keshi hold place customer:4 --reason \"claim 2026-17\" --matter 2026-17"))
  }

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String

  @Option(help: help("The case it belongs to.", "所属案件或事项。", value: "text"))
  var matter: String?

  @OptionGroup var global: GlobalOptions

  static let columns = [Column("subject", .text, "Subject", "主体"), Column("hold", .position, "Hold", "保全")]

  func run(in session: Session) throws {
    let about = try session.reasoned(reason, channel: "cli")
    let seq = try session.withStore(.write) { try $0.placeHold(on: subject, matter: matter, about: about) }
    try session.give(HoldPlaceCommand.columns, [.text(subject), .integer(seq)])
  }
}

struct HoldReleaseCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "release",
      abstract: Name("Release every hold on a subject.", "解除某主体的全部保全。")[Speech.language],
      discussion: example("keshi hold release customer:4 --reason \"claim settled\""))
  }

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let about = try session.reasoned(reason, channel: "cli")
    let released = try session.withStore(.write) { try $0.releaseHolds(on: subject, about: about) }
    let rows = session.rows(HoldPlaceCommand.columns)
    for seq in released { try rows.write([.text(subject), .integer(seq)]) }
    try rows.finish()
  }
}

struct HoldListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Name("List the holds that are in force.", "列出生效中的保全。")[Speech.language],
      discussion: example("keshi hold list"))
  }

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { try session.rows(HoldRows.columns).give(HoldRows.inForce(in: $0.snapshot())) }
  }
}
