import Foundation
import Glibc
import Vocabulary

extension Trouble {
  /// Standard output, standard error or a file could not be written.
  public init(_ error: SinkError) {
    switch error {
    case .closed: self.init(.inputOutput, writing: EPIPE)
    case .failed(let number): self.init(.inputOutput, writing: number)
    }
  }

  private init(_ kind: Kind, writing number: Int32) {
    self.init(
      kind, "E-OUTPUT", Name("the answer could not be written: ", "无法输出结果：") + Name(same: systemText(number)),
      unharmed: Unharmed.log, remedy: Name("make room or choose another target, then run it again", "腾出空间或更换输出位置后重试"))
  }

  /// Standard input could not be read.
  public init(_ error: SourceError) {
    let reason =
      switch error {
      case .interrupted: Name("a signal came", "收到信号")
      case .failed(let number): Name(same: systemText(number))
      }
    self.init(
      .inputOutput, "E-INPUT", Name("standard input could not be read: ", "无法读取标准输入：") + reason,
      unharmed: Unharmed.log,
      remedy: Name("run it again; give events an id, so that none is recorded twice", "请重试；为事件指定 id 可避免重复入账"))
  }

  /// A file or folder that could not be made, read or written.
  public init(_ error: CocoaError) {
    let number = (error.userInfo[NSUnderlyingErrorKey] as? POSIXError)?.code.rawValue
    let path = (error.userInfo[NSFilePathErrorKey] as? String).map { Name(same: $0) }
    let isDenied = error.code == .fileWriteNoPermission || error.code == .fileReadNoPermission
    self.init(
      isDenied ? .notPermitted : .cannotCreate, "E-FILE",
      Name("a file or folder cannot be made or read", "无法建立或读取文件或目录")
        + Name(same: number.map { ": " + systemText($0) } ?? ""), at: path, unharmed: Unharmed.log,
      remedy: Name("check the path, its permissions and the room on the disk", "请检查路径、权限与磁盘空间"))
  }

  /// A file that a person named.
  public static func file(_ path: String, errno number: Int32) -> Trouble {
    Trouble(
      number == EACCES || number == EPERM ? .notPermitted : number == ENOENT ? .absent : .inputOutput, "E-FILE",
      Name("the file could not be read: ", "无法读取文件：") + Name(same: systemText(number)), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("check the path and its permissions", "请检查路径与权限"))
  }
}

/// The system's own words for an error number.
public func systemText(_ number: Int32) -> String { String(cString: strerror(number)) }
