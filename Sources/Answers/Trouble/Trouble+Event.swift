import Vocabulary

extension Trouble {
  /// An event that its declaration refuses.
  public init(_ error: EventError) {
    let remedy =
      switch error.reason {
      case .json:
        Name("write one JSON object per line, in UTF-8", "每行写一个 UTF-8 编码的 JSON 对象")
      case .unknownType:
        Name("`keshi events` lists the types", "用 `keshi events` 查看全部类型")
      case .lineTooLong:
        Name("keep long texts in a file and record its hash", "长文本请另存文件，并记录其哈希")
      case .occurredLater:
        Name("correct occurredAt, or the clock of this machine", "请更正 occurredAt 或本机时钟")
      default:
        Name("`keshi events TYPE` shows the fields and what they may hold", "用 `keshi events 类型` 查看字段及取值")
      }
    self.init(
      .badInput, error.code, Name(error.message(in: .en), error.message(in: .zh)), unharmed: Unharmed.everything,
      remedy: remedy)
  }
}
