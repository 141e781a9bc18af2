import Engine
import Log
import Projection
import Vocabulary
import Wire

// What copying and mending a log comes to, as a row.

extension Backup {
  public static let columns = [
    Column("path", .text, "Copy", "副本"), Column("events", .integer, "Events", "事件数"), Column("root", .text, "Root", "根哈希"),
    Column("files", .integer, "Files", "文件数"), Column("bytes", .integer, "Bytes", "字节数"),
  ]

  /// - Parameter path: where the copy is, as somebody named it.
  public func cells(at path: String) -> [Cell] {
    [.text(path), .integer(position), .text(root), .integer(Int64(fileCount)), .integer(Int64(byteCount))]
  }
}

extension RepairReport {
  public static let columns = [
    Column("verdict", .text, "Verdict", "结论"), Column("events", .position, "Events", "事件数"),
    Column("root", .text, "Root", "根哈希"), Column("borrowed", .integer, "Events from the copy", "取自副本的事件"),
    Column("mended", .text, "Files written anew", "重写的文件"), Column("problems", .text, "Problems", "问题"),
  ]

  public var cells: [Cell] {
    [
      .text(after.contractVerdict), .integer(Int64(after.events)), .text(after.root.hex), .integer(Int64(borrowed)),
      .json(.array(mended.map { .object($0.json) })), .json(.array(after.problems.map { .object($0.json) })),
    ]
  }
}

extension RepairReport.Mended {
  fileprivate var json: JSONObject {
    var object: JSONObject = [
      "file": .string(file), "sha256": .string(sha256.hex), "events": .int(Int64(leaves.count)),
    ]
    if !leaves.isEmpty {
      object["firstSeq"] = .int(Int64(leaves.lowerBound))
      object["lastSeq"] = .int(Int64(leaves.upperBound) - 1)
    }
    if let kept { object["kept"] = .string(kept) }
    return object
  }
}
