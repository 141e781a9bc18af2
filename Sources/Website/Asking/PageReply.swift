/// What a page answers, whatever carries it.
public struct PageReply: Sendable {
  public var status: Int
  public var mediaType: String
  /// Another page of this site, for which the browser asks instead.
  public var location: String?
  /// The name under which a browser keeps the answer as a file.
  public var fileName: String?
  public var body: [UInt8]

  public init(
    status: Int = 200, mediaType: String = "text/html; charset=utf-8", location: String? = nil, fileName: String? = nil, body: [UInt8]
  ) {
    (self.status, self.mediaType, self.location, self.fileName, self.body) = (status, mediaType, location, fileName, body)
  }

  /// After a form that was taken: the browser asks for the page that shows what came of it.
  static func see(_ address: String) -> PageReply { PageReply(status: 303, location: address, body: []) }

  /// Something to keep.
  static func file(_ name: String, _ mediaType: String, _ bytes: [UInt8]) -> PageReply {
    PageReply(mediaType: mediaType, fileName: name, body: bytes)
  }
}
