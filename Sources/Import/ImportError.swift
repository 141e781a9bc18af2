public import Exchange
public import Vocabulary

/// Why an import stops as a whole. Rows that cannot be used do not stop it; see `RowProblem`.
public struct ImportError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case cannotOpen(String)
    case damaged(String)
    case noHeader
    case badHeader(RowProblem)
    case unknownEncoding(String)
    case noSection(globs: [String])
    case severalSections
    case noFiles
    case cannotSpill(String)
    /// A process log or CloudEvents that cannot be read to its end.
    case exchange(ExchangeError)
    /// A table was given, and no mapping that says what its rows mean.
    case needsMapping
    case otherKind(found: String)
  }

  public let reason: Reason
  public let file: String

  public init(_ reason: Reason, file: String) {
    self.reason = reason
    self.file = file
  }

  /// Stable, for programs.
  public var code: String {
    switch reason {
    case .cannotOpen: "E-IMPORT-OPEN"
    case .damaged: "E-IMPORT-DAMAGED"
    case .noHeader, .badHeader: "E-IMPORT-HEADER"
    case .unknownEncoding: "E-IMPORT-ENCODING"
    case .noSection, .severalSections, .noFiles: "E-IMPORT-FILES"
    case .cannotSpill: "E-IMPORT-SPILL"
    case .exchange(let error): error.code
    case .needsMapping: "E-IMPORT-MAPPING"
    case .otherKind: "E-IMPORT-KIND"
    }
  }

  /// One sentence for a person.
  public func message(in language: Language) -> String { (file.isEmpty ? "" : file + ": ") + text[language] }

  private var text: Name {
    switch reason {
    case .cannotOpen(let why): Name("cannot be opened (\(why))", "无法打开（\(why)）")
    case .damaged(let why): Name("cannot be read to its end (\(why))", "无法读到结尾（\(why)）")
    case .noHeader: Name("has no header row; the file is empty", "没有标题行，文件为空")
    case .badHeader(let problem):
      Name("the header row cannot be read: \(problem.message(in: .en))", "标题行无法读取：\(problem.message(in: .zh))")
    case .unknownEncoding(let name):
      Name("this system cannot decode \(name)", "本系统无法解码 \(name)")
    case .noSection(let globs):
      Name(
        "no section of the mapping matches this file name; sections match: \(globs.joined(separator: ", "))",
        "映射中没有匹配此文件名的部分；可匹配：\(globs.joined(separator: "、"))")
    case .severalSections: Name("several sections of the mapping match this file name", "映射中有多个部分匹配此文件名")
    case .noFiles: Name("no data file was given", "没有给出数据文件")
    case .exchange(let error): Name(error.message(in: .en), error.message(in: .zh))
    case .needsMapping:
      Name("is a table; a mapping must say what its rows mean", "是表格；须用映射说明各行的含义")
    case .otherKind(let found): Name("is of another kind: \(found)", "是另一种文件：\(found)")
    case .cannotSpill(let why): Name("a temporary file cannot be used (\(why))", "临时文件不可用（\(why)）")
    }
  }
}
