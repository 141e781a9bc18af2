import Crypto
import Foundation

/// What a page answers, whatever carries it.
public struct PageReply: Sendable {
  public var status: Int
  public var mediaType: String
  /// Another page of this site, for which the browser asks instead.
  public var location: String?
  /// The name under which a browser keeps the answer as a file.
  public var fileName: String?
  public var body: [UInt8]
  /// SHA-256 of the style that stands in the page itself, in base64: the one that a browser may apply (CSP 3, 2.3.1).
  public private(set) var styleHash: String?

  public init(
    status: Int = 200, mediaType: String = "text/html; charset=utf-8", location: String? = nil, fileName: String? = nil, body: [UInt8]
  ) {
    (self.status, self.mediaType, self.location, self.fileName, self.body) = (status, mediaType, location, fileName, body)
  }

  /// After a form that was taken: the browser asks for the page that shows what came of it.
  static func see(_ address: String) -> PageReply { PageReply(status: 303, location: address, body: []) }

  /// A page that is complete in one file, to print or to keep: its style stands in it.
  static func document(_ html: String) -> PageReply {
    var reply = PageReply(body: Array(html.utf8))
    if let start = html.range(of: "<style>"), let end = html.range(of: "</style>", range: start.upperBound..<html.endIndex) {
      let sum = SHA256.hash(data: Data(html[start.upperBound..<end.lowerBound].utf8))
      reply.styleHash = Data(sum).base64EncodedString()
    }
    return reply
  }

  /// Something to keep.
  static func file(_ name: String, _ mediaType: String, _ bytes: [UInt8]) -> PageReply {
    PageReply(mediaType: mediaType, fileName: name, body: bytes)
  }
}
