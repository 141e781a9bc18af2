import Import
import Vocabulary

extension Trouble {
  /// An import that stops as a whole.
  public init(_ error: ImportError) {
    self.init(
      Trouble.kind(of: error), error.code, Name(error.message(in: .en), error.message(in: .zh)),
      unharmed: Name("the log; what was recorded before is in it", "日志；此前已入账的仍在其中"), remedy: Trouble.remedy(for: error))
  }

  private static func kind(of error: ImportError) -> Kind {
    switch error.reason {
    case .cannotOpen, .noFiles: .absent
    case .damaged, .noHeader, .badHeader: .badInput
    case .noSection, .severalSections: .usage
    case .unknownEncoding: .unavailable
    case .cannotSpill: .inputOutput
    case .exchange: .badInput
    case .needsMapping, .otherKind: .usage
    }
  }

  private static func remedy(for error: ImportError) -> Name {
    switch error.reason {
    case .cannotOpen: Name("check the path and its permissions", "请检查路径与权限")
    case .damaged: Name("get the file again, then import it again; what is there already is not recorded twice", "重新取得文件后再次导入；已有内容不会重复入账")
    case .noHeader, .badHeader: Name("check the mapping's header, delimiter and encoding", "请检查映射的标题行、分隔符与编码")
    case .unknownEncoding: Name("convert the file to UTF-8", "请把文件转换为 UTF-8")
    case .noSection, .severalSections: Name("rename the file, or change the mapping's file patterns", "请重命名文件，或修改映射中的文件名模式")
    case .noFiles: Name("name at least one data file", "请至少给出一个数据文件")
    case .exchange:
      Name("correct the file, or export it again from where it comes; then import it again", "更正文件或从来源重新导出，然后再次导入")
    case .needsMapping, .otherKind:
      Name("name a mapping with --map; a path, or a shipped one that `keshi import --help` lists", "请用 --map 指定映射：文件路径，或 `keshi import --help` 列出的自带映射")
    case .cannotSpill: Name("make room for temporary files, or set TMPDIR", "为临时文件腾出空间，或设置 TMPDIR")
    }
  }

  /// A mapping that cannot be used. Its message names file, line and column.
  public init(_ error: MappingError) {
    self.init(
      .configuration, error.code, Name(error.message(in: .en), error.message(in: .zh)), unharmed: Unharmed.everything,
      remedy: Name("correct the mapping at that place; `keshi events TYPE` shows fields", "请在该处更正映射；`keshi events 类型` 可查看字段"))
  }
}
