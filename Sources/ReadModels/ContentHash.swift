import Crypto
import Projection
import Wire

/// SHA-256 over the canonical text of a read model, whose bytes README.md defines.
struct ContentHash {
  private var hasher = SHA256()
  /// Lines that wait, so that the hash function is not called for each.
  private var waiting: [UInt8] = []
  private static let batch = 32_768

  init(_ provenance: Provenance, columns: [Column]) {
    waiting.reserveCapacity(ContentHash.batch + 4096)
    add(ContentHash.head(provenance, columns: columns))
  }

  mutating func add(_ line: [UInt8]) {
    waiting.append(contentsOf: line)
    if waiting.count >= ContentHash.batch { flush() }
  }

  private mutating func flush() {
    waiting.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// 64 hexadecimal digits.
  consuming func finish() -> String {
    flush()
    var text = Text(capacity: 64)
    for byte in hasher.finalize() { text.append(hex: byte) }
    return text.string
  }

  /// The first line: what the rows mean.
  static func head(_ provenance: Provenance, columns: [Column]) -> [UInt8] {
    let object: JSONObject = [
      "name": .string(provenance.name),
      "asOf": .string(provenance.asOf.description),
      "rule": provenance.rule.map { .string($0.description) } ?? .null,
      "columns": .array(columns.map { .array([.string($0.name), .string($0.kind.rawValue)]) }),
    ]
    var text = Text()
    text.append(object)
    text.append(UInt8(ascii: "\n"))
    return text.bytes
  }
}
