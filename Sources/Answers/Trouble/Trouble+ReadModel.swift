import ReadModels
import Vocabulary

extension Trouble {
  /// A read model that cannot be written or read.
  public init(_ error: ReadModelError) {
    self.init(
      Trouble.kind(of: error), error.code, Name(error.message(in: .en), error.message(in: .zh)),
      unharmed: Name("the log, and the read model in use", "日志，以及现用的读模型"), remedy: Trouble.remedy(for: error))
  }

  private static func kind(of error: ReadModelError) -> Kind {
    switch error {
    case .badName, .badColumn, .badValue, .outOfOrder, .limit: .failed
    case .busy: .busy
    case .missing, .noneBefore: .absent
    case .damaged: .differs
    case .newerFormat: .unavailable
    case .full, .io: .inputOutput
    }
  }

  private static func remedy(for error: ReadModelError) -> Name {
    switch error {
    case .badName, .badColumn, .badValue, .outOfOrder, .limit:
      Name("this is a mistake of the program; report this line", "这是程序的错误，请报告此行")
    case .busy: Name("try again when the other rebuild has ended", "待另一重建结束后重试")
    case .noneBefore: Name("a rebuild that changes rows keeps the model before it", "改变了行的重建会保留此前的读模型")
    case .missing(let model), .damaged(let model, _): Name(same: "keshi rebuild \(model)")
    case .newerFormat(let model, _, _):
      Name("use a newer version of Keshi, or `keshi rebuild \(model)`", "请使用较新版本的客史，或 `keshi rebuild \(model)`")
    case .full(let model):
      Name("make room, then `keshi rebuild \(model)`", "腾出空间后运行 `keshi rebuild \(model)`")
    case .io: Name("check the disk and the permissions of the data folder, then try again", "检查磁盘与数据目录的权限后重试")
    }
  }
}
