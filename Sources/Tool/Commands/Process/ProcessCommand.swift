import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi process …`: whether work follows its procedures.
struct ProcessCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "process",
      abstract: Name(
        "Compare what was done with what procedures ask: conformance, variants, bottlenecks.", "将实际办理与流程要求对照：符合度、变体、瓶颈。")[
          Speech.language],
      discussion: example(
        """
        keshi process list
        keshi process check complaint-handling
        keshi process check complaint-handling complaint:CP-000042
        keshi process check complaint-handling --by deviation --format csv
        keshi process variants order-to-cash --as-of 2025-12-31
        keshi process map contract-amendment --bottlenecks
        keshi process check handling.pnml --about complaint
        """),
      subcommands: [
        ProcessListCommand.self, ProcessShowCommand.self, ProcessPublishCommand.self, ProcessCheckCommand.self,
        ProcessVariantsCommand.self, ProcessMapCommand.self,
      ])
  }

  static var modelHelp: ArgumentHelp {
    help(
      "A procedure such as complaint-handling, or complaint-handling@2; a file .yaml or .pnml.",
      "流程，例如 complaint-handling 或 complaint-handling@2；或 .yaml、.pnml 文件。", value: "model")
  }
}

/// What is compared with what, and as of when.
struct ProcessOptions: ParsableArguments {
  @Option(
    help: help(
      "For a net: the kind of thing that one case is about, such as complaint.", "用于网模型：案例对象的类别，例如 complaint。", value: "kind"))
  var about: String?

  @OptionGroup var reader: ReaderOptions
}

extension Session {
  /// The models that a text names: a procedure that ships or that the log publishes, or a file.
  func processModels(_ text: String, about: String?, in book: ProcedureBook) throws -> [ProcessModel] {
    guard ProcessChoice.isFile(text) else { return try ProcessChoice(naming: text).models(in: book, about: about) }
    let bytes = try InputFile.read(text, limit: ProcessChoice.byteLimit, in: self)
    return try ProcessChoice.file(name: text, bytes: bytes).models(in: book, about: about)
  }

  /// The cases of a model, compared with it, with a bar for what takes long.
  func processCheck(_ text: String, subject: String? = nil, _ options: ProcessOptions) throws -> ProcessCheck {
    try withStore(.read) { store in
      let (snapshot, view) = (try store.snapshot(), options.reader.view)
      let models = try processModels(text, about: options.about, in: ProcedureBook(snapshot, view: view))
      let bars = ProcessBars(on: console)
      defer { bars.finish() }
      return try ProcessCheck(models, subject: subject, view: view, of: snapshot) { bars.update($0, $1, of: $2) }
    }
  }

  /// Procedures as far as they are known without a log, or from one.
  func procedureBook(_ view: View = .present) throws -> ProcedureBook {
    do {
      return try withStore(.read) { try ProcedureBook($0.snapshot(), view: view) }
    } catch let trouble as Trouble where trouble.kind == .absent && view == .present {
      console.remark(Name("There is no log here; these are the procedures that Keshi ships.", "此处没有日志；以下为客史自带的流程。"))
      return try ProcedureBook()
    }
  }
}
