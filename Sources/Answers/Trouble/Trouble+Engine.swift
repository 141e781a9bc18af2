import Engine
import Facts
import Vocabulary

extension Trouble {
  /// A question that could not be answered.
  public init(_ error: EngineError) {
    self.init(
      Trouble.kind(of: error), error.code, Trouble.sentence(of: error), unharmed: Unharmed.log,
      remedy: Trouble.remedy(for: error))
  }

  /// The engine counts events, a person names them by their numbers: the newest is one below the count.
  private static func sentence(of error: EngineError) -> Name {
    guard case .beyondHead(let position, let head) = error else {
      return Name(error.message(in: .en), error.message(in: .zh))
    }
    return Name("there is no event \(position - 1) yet; the log has \(head)", "尚无事件 \(position - 1)；日志现有 \(head) 个事件")
  }

  private static func kind(of error: EngineError) -> Kind {
    switch error {
    case .unknownProjection, .severalRows, .unknownField, .unknownRule, .unknownRuleKind, .beyondHead: .unknownName
    case .unknownSubject: .absent
    case .badRule: .configuration
    case .unreadableEvent: .differs
    case .derivedFile: .inputOutput
    }
  }

  private static func remedy(for error: EngineError) -> Name {
    switch error {
    case .unknownProjection: Name("`keshi show` lists the read models", "用 `keshi show` 查看全部读模型")
    case .unknownSubject:
      Name("subjects are written kind:id, for example customer:42", "主体写作 类别:编号，例如 customer:42")
    case .severalRows: Name("name one of them", "请指明其中一行")
    case .unknownField(_, let model, _):
      Name("`keshi show \(model)` shows the fields", "用 `keshi show \(model)` 查看各字段")
    case .unknownRule(let kind, _, _):
      Name("`keshi rules show \(kind)` shows the versions", "用 `keshi rules show \(kind)` 查看各版本")
    case .unknownRuleKind: Name("`keshi rules list` lists the kinds", "用 `keshi rules list` 查看全部类别")
    case .badRule:
      Name("publish a corrected version of the rule, or judge by another with --rule", "请发布更正后的规则版本，或用 --rule 指定其他版本")
    case .beyondHead(_, let head):
      Name("give a number up to \(head - 1), or a time", "请给出不超过 \(head - 1) 的编号，或一个时间")
    case .unreadableEvent:
      Name("run `keshi verify`; a newer program may know this event", "运行 `keshi verify`；较新版本的程序可能认识此事件")
    case .derivedFile:
      Name("delete the file and run the command again", "删除该文件后重新运行命令")
    }
  }

  /// Facts that could not be derived from the log's lines.
  public init(_ error: FactsError) {
    let remedy = Name("run `keshi verify`; then `keshi rebuild --from-log`", "先运行 `keshi verify`，再运行 `keshi rebuild --from-log`")
    switch error {
    case .unreadableLine(let seq, let offset):
      self.init(
        .badInput, error.code, Name("a line of the log is not one that Keshi writes", "日志中有一行不是客史写入的"),
        at: Name("event \(seq), byte \(offset)", "事件 \(seq)，第 \(offset) 字节"), unharmed: Unharmed.log, remedy: remedy)
    case .refused(let seq, let message):
      self.init(
        .badInput, error.code,
        Name("a line of the log holds an event that is not declared so: \(message)", "日志中有一个与声明不符的事件：\(message)"),
        at: Name("event \(seq)", "事件 \(seq)"), unharmed: Unharmed.log, remedy: remedy)
    case .damaged(let file, let what):
      self.init(
        .inputOutput, error.code, Name("a derived file is damaged: \(what)", "派生文件已损坏：\(what)"), at: Name(same: file),
        unharmed: Unharmed.log,
        remedy: Name("run `keshi rebuild --from-log`; the file is made again", "运行 `keshi rebuild --from-log` 即可重新生成"))
    case .tooManyLayouts(let seq):
      self.init(
        .failed, error.code, Name("too many shapes of events in one segment", "同一分段内事件形状过多"),
        at: Name("event \(seq)", "事件 \(seq)"), unharmed: Unharmed.log, remedy: remedy)
    }
  }
}
