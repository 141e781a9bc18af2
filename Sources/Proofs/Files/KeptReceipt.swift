public import Log
import Wire

/// What a client keeps of an append: `{"seq","id","leaf","size"}`, one a line. Nobody signed it; it is the client's own
/// memory of what the log once acknowledged, and the log must still bear it out.
public struct KeptReceipt: Hashable, Sendable {
  public let seq: UInt64
  public let id: String
  public let leaf: Hash
  /// Leaves that were durable when the event was acknowledged; more than `seq`.
  public let size: UInt64

  public init(seq: UInt64, id: String, leaf: Hash, size: UInt64) {
    (self.seq, self.id, self.leaf, self.size) = (seq, id, leaf, size)
  }

  /// Reads receipts, one JSON object a line; further members are passed over, as `keshi append` prints some.
  public static func list(_ bytes: [UInt8]) throws(ProofError) -> [KeptReceipt] {
    guard bytes.count <= ProofLimit.receiptBytes else { throw .tooLarge(.receipt, limit: ProofLimit.receiptBytes) }
    var receipts: [KeptReceipt] = []
    for (number, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy({ $0 == 0x20 || $0 == 13 }) else { continue }
      guard receipts.count < ProofLimit.receipts else { throw .tooLarge(.receipt, limit: ProofLimit.receipts) }
      receipts.append(try KeptReceipt(Array(line), line: number + 1))
    }
    guard !receipts.isEmpty else { throw .malformed(.receipt, line: 1, .missingLine) }
    return receipts
  }

  private init(_ bytes: [UInt8], line: Int) throws(ProofError) {
    guard let object = (try? JSON(parsing: bytes))?.object else { throw .malformed(.receipt, line: line, .json) }
    guard let seq = object["seq"]?.int, let size = object["size"]?.int, seq >= 0, size > seq else {
      throw .malformed(.receipt, line: line, .number)
    }
    guard let leaf = object["leaf"]?.string.flatMap({ Hash(hex: $0) }) else {
      throw .malformed(.receipt, line: line, .hash)
    }
    guard let id = object["id"]?.string else { throw .malformed(.receipt, line: line, .name) }
    self.init(seq: UInt64(seq), id: id, leaf: leaf, size: UInt64(size))
  }
}
