import Projection

/// An event that is durable, as a person or a program is told it.
public struct Acknowledgement: Equatable, Sendable {
  public let seq: Int64
  public let id: String
  /// Hash of the line as a leaf of the tree, in hexadecimal.
  public let leaf: String
  /// Size of a tree that holds the leaf.
  public let size: Int64
  /// The event was there before; nothing was written.
  public let isDuplicate: Bool

  public init(seq: Int64, id: String, leaf: String, size: Int64, isDuplicate: Bool) {
    (self.seq, self.id, self.leaf, self.size, self.isDuplicate) = (seq, id, leaf, size, isDuplicate)
  }

  public static let columns = [
    Column("seq", .position, "No.", "序号"), Column("id", .text, "Id", "编号"), Column("leaf", .text, "Leaf", "叶哈希"),
    Column("size", .position, "Size", "日志大小"), Column("duplicate", .flag, "Duplicate", "重复"),
  ]

  public var cells: [Cell] {
    [.integer(seq), .text(id), .text(leaf), .integer(size), isDuplicate ? .flag(true) : .absent]
  }
}
