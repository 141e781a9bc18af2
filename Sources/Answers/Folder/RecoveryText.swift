import Engine
import Log
import Vocabulary

/// What is said when a log was recovered, or cannot be read as a whole.
enum RecoveryText {
  /// Everything that one opening found.
  static func all(_ recovery: RecoveryReport) -> [Name] {
    var told: [Name] = []
    if let cut = recovery.cut { told.append(RecoveryText.cut(cut, kept: recovery.kept, root: recovery.root)) }
    told += recovery.repaired.map(repaired)
    if let before = recovery.before { told.append(file(before, Name("before", "恢复前"))) }
    if let after = recovery.after { told.append(file(after, Name("after", "恢复后"))) }
    return told
  }

  static func replayed(_ count: Int) -> Name {
    Name(
      "Erasures of \(count) keys were done again: an older copy of log, vault or keys had come back.",
      "已重新执行 \(count) 个密钥的擦除：日志、保险库或密钥的旧副本曾被放回。")
  }

  static func unsigned(_ error: any Error) -> Name {
    let why = Trouble(explaining: error)
    return Name("No checkpoint was signed: ", "未能签署检查点：") + why.what
      + Name(" [\(why.code)]. The events are recorded.", " [\(why.code)]。事件已入账。")
  }

  private static func cut(_ cut: RecoveryReport.Cut, kept: UInt64, root: Hash) -> Name {
    let bytes = cut.bytes.count
    return Name(
      """
      The last writer was interrupted: \(bytes) bytes that were never acknowledged were cut from \(cut.file).
        why:   what should be a block there is none (\(cut.reason.rawValue))
        where: bytes \(cut.bytes.lowerBound) to \(cut.bytes.upperBound - 1), SHA-256 \(cut.sha256.hex)
        copy:  \(cut.quarantine)
        kept:  all \(kept) acknowledged events, root \(root.hex)
      """,
      """
      上次写入被中断：已从 \(cut.file) 截去 \(bytes) 字节未确认的内容。
        原因：该处不是完整的块（\(cut.reason.rawValue)）
        位置：第 \(cut.bytes.lowerBound) 至 \(cut.bytes.upperBound - 1) 字节，SHA-256 \(cut.sha256.hex)
        副本：\(cut.quarantine)
        保留：全部 \(kept) 个已确认事件，根哈希 \(root.hex)
      """)
  }

  private static func repaired(_ damage: Damage) -> Name {
    Name(
      "Bytes that follow from the events were wrong at \(damage.file), byte \(damage.offset) (\(damage.kind.rawValue)); they are made anew. Every event is whole.",
      "\(damage.file) 第 \(damage.offset) 字节处可由事件推出的字节有误（\(damage.kind.rawValue)），将重新生成。所有事件完好。")
  }

  private static func file(_ state: RecoveryReport.FileState, _ when: Name) -> Name {
    Name(
      "  \(when.en): \(state.file), \(state.bytes) bytes, SHA-256 \(state.sha256.hex)",
      "  \(when.zh)：\(state.file)，\(state.bytes) 字节，SHA-256 \(state.sha256.hex)")
  }

  static func damagedElsewhere(_ damage: Damage) -> Name {
    Name(
      "[E-LOG-DAMAGED] THE LOG IS DAMAGED at \(damage.file), byte \(damage.offset), and open for reading only. Every event that this answer needed could be read.",
      "[E-LOG-DAMAGED] 日志已损坏（\(damage.file) 第 \(damage.offset) 字节），仅可读取。以上结果所需的事件均已读到。")
  }

  static func incomplete(_ lost: [Losses.Stretch], folder: String) -> Name {
    let count = lost.reduce(0) { $0 + $1.events.count }
    let head = Name(
      "[E-LOG-DAMAGED] THE LOG IS DAMAGED. \(count) events could not be read, and the answer above is without them:",
      "[E-LOG-DAMAGED] 日志已损坏。有 \(count) 个事件无法读取，以上结果未包含它们：")
    let places = lost.prefix(20).map { stretch in
      let place = "\(folder)/log/\(stretch.file), "
      let (first, last) = (stretch.events.lowerBound, stretch.events.upperBound - 1)
      return Name(
        "\n  events \(first) to \(last): \(place)byte \(stretch.offset)",
        "\n  事件 \(first) 至 \(last)：\(place)第 \(stretch.offset) 字节")
    }
    let rest = lost.count > 20 ? Name("\n  …and \(lost.count - 20) more places", "\n  ……另有 \(lost.count - 20) 处") : Name(same: "")
    let remedy = Name(
      "\n  unharmed: all other events\n  to do: `keshi repair --from DIR` mends it from a second copy",
      "\n  未受影响：其余所有事件\n  处理：`keshi repair --from 目录` 可用另一份副本修复")
    return places.reduce(head, +) + rest + remedy
  }
}
