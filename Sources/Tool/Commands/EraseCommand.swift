import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi erase SUBJECT --reason TEXT`: destroys a person's keys and what they opened.
struct EraseCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "erase",
      abstract: Name(
        "Destroy the keys of a subject's personal values, and the values.", "销毁主体个人信息的密钥及其内容。")[Speech.language],
      discussion: example(
        """
        keshi erase customer:4 --reason "request of 2026-11-20, PIPL art. 47"
        keshi erase customer:4 --reason "consent withdrawn" --category reach
        """) + "\n\n"
        + Name(
          """
          A customer's erasure reaches everything that belongs to the customer. It cannot be undone. No line, root or \
          proof changes; read models stay as they are, because they hold nothing personal. A legal hold forbids it, \
          status 77. A certificate is kept in certificates/. Running it again completes what a crash interrupted.
          """,
          """
          对客户的擦除涵盖该客户名下的一切，且不可撤销。行、根与证明均不改变；读模型不含个人信息，保持原样。\
          法律保全期间拒绝执行（状态 77）。证明书保存在 certificates/。再次运行可完成被中断的擦除。
          """)[Speech.language])
  }

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String

  @Option(help: help("Only values of this category; may be given again.", "仅此类信息；可多次给出。", value: "category"))
  var category: [PersonalCategory] = []

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let about = try session.reasoned(reason, channel: "cli")
    try session.withStore(.write, keys: keys) { store in
      let categories = category.isEmpty ? Set(PersonalCategory.allCases) : Set(category)
      switch try store.erase(subject, categories: categories, about: about) {
      case .nothing(let earlier): try tellNothing(earlier, in: session)
      case .done(let certificate): try give(certificate, of: store, in: session)
      }
    }
  }

  private func give(_ certificate: Certificate, of store: Store, in session: Session) throws {
    try session.give(Certificate.columns, certificate.cells(in: store))
    session.console.remark(
      Name(
        "Erased. What was given out before (backups of the keys, exports) is beyond reach; the certificate lists what remains.",
        "已擦除。此前交出的副本（密钥备份、导出文件）无法触及；证明书列明尚存内容。"))
  }

  private func tellNothing(_ earlier: Int64?, in session: Session) throws {
    try session.give(Certificate.columns, Certificate.nothing(of: subject, erasedBefore: earlier))
    session.console.remark(
      earlier.map { Name("Erased already, by event \($0).", "此前已由事件 \($0) 擦除。") }
        ?? Name("Nothing personal is held about \(subject).", "未保存 \(subject) 的任何个人信息。"))
  }
}

extension Session {
  /// The circumstances of something for which a reason is mandatory.
  func reasoned(_ reason: String, channel: String) throws -> Circumstances {
    guard !reason.isEmpty, reason.utf8.count <= Circumstances.lengthLimit else {
      throw Trouble.usage(
        Name("--reason has 1 to \(Circumstances.lengthLimit) bytes", "--reason 为 1 至 \(Circumstances.lengthLimit) 字节"),
        remedy: Name("give another text", "请换一段文字"))
    }
    var about = circumstances(channel: channel)
    about.reason = reason
    return about
  }
}
