/// Receipts that clients kept and the operator has laid into the log's folder, as far as opening needs them: how many
/// leaves the largest of them was given for. `Sources/Proofs` compares what they say with the lines.
public enum KeptReceipts {
  private static let directory = "receipts"
  private static let suffix = ".ndjson"

  /// The files of them, by path, in the order of their names.
  public static func files(on disk: any Disk) throws(LogError) -> [String] {
    try disk.list(directory).filter { $0.hasSuffix(suffix) }.sorted().map { "\(directory)/\($0)" }
  }

  /// What is lost if the log has `size` leaves: an event that somebody has a receipt for was durable.
  static func damage(_ disk: any Disk, size: UInt64) throws(LogError) -> Damage? {
    for path in try files(on: disk) {
      guard let proven = try largest(disk, path), proven > size else { continue }
      return Damage(file: path, offset: 0, leaves: size..<proven, kind: .missing)
    }
    return nil
  }

  /// The largest size in the last lines of a file; `nil` where no line is a receipt. Clients append to such files, so the
  /// newest receipts stand at the end.
  private static func largest(_ disk: any Disk, _ path: String) throws(LogError) -> UInt64? {
    let file = try disk.open(path, .read)
    let start = max(0, try file.size() - Limit.receiptBytes)
    let buffer = ByteBuffer()
    try file.load(Limit.receiptBytes, at: start, into: buffer)
    var largest: UInt64?
    for line in buffer.bytes.split(separator: 10) {
      guard let size = size(UnsafeRawBufferPointer(rebasing: line)) else { continue }
      largest = max(largest ?? 0, size)
    }
    return largest
  }

  /// The size that a receipt names; `nil` for a line that is none, such as one that a crash or the bound has cut.
  private static func size(_ line: UnsafeRawBufferPointer) -> UInt64? {
    let fields = LineFields(line)
    guard line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}"), let seq = fields.number("seq"),
      let size = fields.number("size"), seq < size, size <= Limit.leaves, fields.text("leaf").flatMap({ Hash(hex: $0) }) != nil
    else { return nil }
    return size
  }
}
