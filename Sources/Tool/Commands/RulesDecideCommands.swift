import Answers
import ArgumentParser
import Engine
import Projection
import Vocabulary

/// `keshi rules approve KIND [VERSION]`: the second person's word puts a proposal in force.
struct RulesApproveCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "approve",
      abstract: Name("Approve a proposed version, which puts it in force from its time.", "批准提案，自其生效时间起现行。")[
        Speech.language],
      discussion: example(#"keshi rules approve churn 2 --actor "Li Na""#))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A version; may be left out where only one waits.", "版本；只有一个提案时可省略。", value: "version"))
  var version: Int?

  @Option(help: help("Why; else what the author said.", "缘由；缺省为提出人的说明。", value: "text"))
  var why: String?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.write) { store in
      let book = try store.snapshot().ruleBook()
      let proposal = try book.proposal(of: RuleKind.named(kind).name, version)
      let event = try proposal.approved(
        by: session.actor, in: book, why: why?.nonEmpty, at: session.console.clock.millisecond)
      try session.record(event, in: store)
    }
  }
}

/// `keshi rules reject KIND [VERSION] --why TEXT`: a proposal is turned down.
struct RulesRejectCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "reject", abstract: Name("Turn down a proposed version.", "驳回提案。")[Speech.language],
      discussion: example(#"keshi rules reject churn 2 --why "too many warnings""#))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A version; may be left out where only one waits.", "版本；只有一个提案时可省略。", value: "version"))
  var version: Int?

  @Option(help: help("Why.", "缘由。", value: "text"))
  var why: String

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.write) { store in
      let proposal = try store.snapshot().ruleBook().proposal(of: RuleKind.named(kind).name, version)
      let event = proposal.rejected(by: session.actor, why: why, at: session.console.clock.millisecond)
      try session.record(event, in: store)
    }
  }
}
