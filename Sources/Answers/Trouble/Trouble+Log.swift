import Glibc
import Log
import Vocabulary

extension Trouble {
  /// A refusal or a failure of the log.
  public init(_ error: LogError) {
    let told = Trouble.tell(error)
    self.init(
      Trouble.kind(of: error), error.code, told.what, at: told.place, unharmed: Trouble.unharmed(by: error),
      remedy: told.remedy)
  }

  private static func kind(of error: LogError) -> Kind {
    switch error {
    case .disk(_, _, let number): number == EACCES || number == EPERM || number == EROFS ? .notPermitted : .inputOutput
    case .locked: .busy
    case .wrongExpectedVersion: .overtaken
    case .idReused: .objected
    case .exists: .cannotCreate
    case .notALog: .absent
    case .unknownFormat: .unavailable
    case .damaged: .differs
    case .refused, .batchSize: .badInput
    case .readOnly: .notPermitted
    case .outOfRange: .unknownName
    case .copyUnusable: .badInput
    case .unknownOutcome, .stopped, .sealingFailed, .index: .inputOutput
    }
  }

  private static func unharmed(by error: LogError) -> Name {
    switch error {
    case .damaged(let damage):
      damage.leaves.isEmpty
        ? Name("every event", "所有事件")
        : Name(
          "all events but \(damage.leaves.lowerBound) to \(damage.leaves.upperBound - 1)",
          "除 \(damage.leaves.lowerBound) 至 \(damage.leaves.upperBound - 1) 以外的所有事件")
    case .disk, .unknownOutcome, .stopped, .sealingFailed, .index: Unharmed.log
    default: Unharmed.everything
    }
  }

  /// What happened, where, and what to do.
  private typealias Told = (what: Name, place: Name?, remedy: Name)

  private static func tell(_ error: LogError) -> Told {
    switch error {
    case .locked(let path):
      (
        Name("another command is writing to this log", "另一个命令正在写入此日志"), Name(same: path),
        Name("wait until it has ended, then try again", "待其结束后重试")
      )
    case .exists(let path):
      (
        Name("there is a log already", "此处已有日志"), Name(same: path),
        Name("choose another folder with --data", "请用 --data 指定其他目录")
      )
    case .notALog(let path, let reason):
      (
        Name("there is no log here: \(reason)", "此处没有日志：\(reason)"), Name(same: path),
        Name("make one with `keshi init` or `keshi demo`, or name its folder with --data", "用 `keshi init` 或 `keshi demo` 建立，或用 --data 指定目录")
      )
    case .unknownFormat(let path, let found):
      (
        Name("the log's format \(found) is unknown to this program", "本程序不认识日志格式 \(found)"), Name(same: path),
        Name("use a newer version of Keshi", "请使用较新版本的客史")
      )
    case .wrongExpectedVersion(let subject, let expected, let actual):
      (
        Name("\(subject) has \(actual) events, expected were \(expected)", "\(subject) 有 \(actual) 个事件，预期为 \(expected)"), nil,
        Name("read the subject's history, decide again, then try again", "查看该主体的历史，重新判断后重试")
      )
    case .idReused(_, let id, let seq):
      (
        Name("the id \(id) names another event", "编号 \(id) 已指另一事件"), Name("event \(seq)", "事件 \(seq)"),
        Name("give an id that was never used", "请使用从未用过的编号")
      )
    default: tellOfBytes(error)
    }
  }

  private static func tellOfBytes(_ error: LogError) -> Told {
    switch error {
    case .damaged(let damage):
      (
        Name("the log is damaged (\(damage.kind.rawValue))", "日志已损坏（\(damage.kind.rawValue)）"),
        Name("\(damage.file), byte \(damage.offset)", "\(damage.file)，第 \(damage.offset) 字节"),
        Name(
          "`keshi verify` names all damage; `keshi repair --from DIR` mends it from a second copy; until then the log can be read, not written",
          "`keshi verify` 列出全部损坏；`keshi repair --from 目录` 可用另一份副本修复；在此之前日志只读")
      )
    case .refused(let draft, let refusal): (what(refusal), Name("event \(draft) of the command", "命令中的第 \(draft) 个事件"), remedy(for: refusal))
    case .batchSize(let found, let limit):
      (
        Name("the batch has \(found), allowed is 1 to \(limit)", "一批有 \(found)，允许 1 至 \(limit)"), nil,
        Name("append in smaller batches", "请分成更小的批次")
      )
    case .outOfRange(let seq, let size):
      (Name("there is no event \(seq); the log has \(size)", "没有事件 \(seq)；日志有 \(size) 个"), nil, Name("give a smaller number", "请给出较小的编号"))
    default: tellOfFailure(error)
    }
  }

  private static func tellOfFailure(_ error: LogError) -> Told {
    let again = Name("remove the cause, then try again", "排除原因后重试")
    switch error {
    case .disk(let operation, let path, let number):
      return (Name("the disk failed at \(operation): \(systemText(number))", "磁盘操作 \(operation) 失败：\(systemText(number))"), Name(same: path), again)
    case .unknownOutcome(let cause):
      return (
        Name("the last events may or may not be recorded: \(cause)", "最后的事件可能已入账，也可能没有：\(cause)"), nil,
        Name("append them again with the same ids; those recorded are answered with their first receipt", "用相同的 id 重新追加；已入账的会返回首次的回执")
      )
    case .copyUnusable(let reason):
      return (
        Name("the copy cannot repair this log: \(reason)", "该副本不能修复此日志：\(reason)"), nil,
        Name("give another copy with --from, or ask which of the two is right", "请用 --from 指定其他副本，或查明哪一份正确")
      )
    case .stopped(let cause): return (Name("the log takes no more events: \(cause)", "日志已停止接收事件：\(cause)"), nil, again)
    case .sealingFailed(let cause): return (Name("sealing failed, and too much waits for it: \(cause)", "封存失败且积压过多：\(cause)"), nil, again)
    case .index(let cause):
      return (
        Name("the index of older events failed: \(cause)", "较早事件的索引出错：\(cause)"), nil,
        Name("delete the folder derived/ in the data folder; it is made again from the log", "删除数据目录中的 derived/，可由日志重新生成")
      )
    default: return (Name("the log is open for reading only", "日志仅以只读方式打开"), nil, Name("open it for writing", "请以写入方式打开"))
    }
  }

  private static func what(_ refusal: LogError.Refusal) -> Name {
    switch refusal {
    case .empty: Name("the event is empty", "事件为空")
    case .tooLong: Name("the event is longer than \(Log.Limit.lineBytes) bytes", "事件超过 \(Log.Limit.lineBytes) 字节")
    case .lineFeed: Name("the event holds a line feed", "事件含换行符")
    case .nul: Name("the event holds a zero byte", "事件含零字节")
    case .shape: Name("the event is no canonical line", "事件不是规范的一行")
    case .reservedID: Name("the event's id has the form of those that the log gives itself", "事件的 id 与日志自行分配的形式相同")
    }
  }

  private static func remedy(for refusal: LogError.Refusal) -> Name {
    switch refusal {
    case .tooLong: Name("keep long texts in a file and record its hash", "长文本请另存文件，并记录其哈希")
    case .reservedID: Name("choose another id, or none", "请换一个 id，或不指定")
    case .empty, .lineFeed, .nul, .shape: Name("write one JSON object per line", "每行写一个 JSON 对象")
    }
  }
}

extension LogError {
  /// Whether the place that is told begins with a path below the log's folder.
  public var namesFile: Bool {
    switch self {
    case .disk, .locked, .exists, .notALog, .unknownFormat, .damaged: true
    default: false
    }
  }
}
