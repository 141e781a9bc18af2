/// What `LOG.json` says of a log. Written once, at creation.
public struct Manifest: Equatable, Sendable {
  static let file = "LOG.json"

  /// Name of the log for the outside world, as in a C2SP checkpoint: a host and a path, no scheme.
  public let origin: String
  public let id: LogID
  /// When the log was made, as canonical ISO 8601 text in UTC.
  public let created: String
  /// Leaves in a sealed segment: a power of two from 256 to 65,536. Fixed for the log's life, because files are named
  /// by it.
  public let segmentLeaves: Int

  /// Segment sizes that a log may have.
  static let segmentSizes = (8...16).map { 1 << $0 }

  /// The text of the file, in the canonical form of RFC 8785 with one LF behind it.
  var text: [UInt8] {
    let text = """
      {"created":\(JSONText.quoted(created)),"format":"\(SegmentHead.format)","id":"\(id.hex)",\
      "origin":\(JSONText.quoted(origin)),"segmentLeaves":\(segmentLeaves)}

      """
    return Array(text.utf8)
  }

  init(origin: String, id: LogID, created: String, segmentLeaves: Int) {
    (self.origin, self.id, self.created, self.segmentLeaves) = (origin, id, created, segmentLeaves)
  }

  /// Reads the text of `LOG.json` at `path` (for errors). The text must be exactly what this program would write.
  init(_ text: UnsafeRawBufferPointer, path: String) throws(LogError) {
    let fields = LineFields(text)
    guard let format = fields.text("format") else { throw .notALog(path: path, reason: "LOG.json has no format") }
    guard format == SegmentHead.format else { throw .unknownFormat(path: path, found: format) }
    guard let origin = fields.text("origin"), let id = fields.text("id").flatMap(LogID.init(hex:)),
      let created = fields.text("created"),
      let leaves = fields.number("segmentLeaves"), Self.segmentSizes.contains(Int(clamping: leaves))
    else { throw .notALog(path: path, reason: "LOG.json lacks a field or has a wrong one") }
    self.init(origin: origin, id: id, created: created, segmentLeaves: Int(leaves))
    guard text.elementsEqual(self.text) else { throw .notALog(path: path, reason: "LOG.json was edited") }
  }
}
