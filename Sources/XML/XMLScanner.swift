import CExpat

/// Reads XML by expat, block by block, and calls back for each element and text.
///
/// Nothing outside the file is fetched and nothing is expanded: a document type, without which no entity can be
/// declared, ends the reading. Depth, the bytes of one text and the attributes of one element are bounded.
public final class XMLScanner {
  public static let depthLimit = 64
  /// Bytes of one text, and of one element's attributes together.
  public static let textLimit = 1 << 20
  public static let attributeLimit = 64

  /// The names of elements and attributes come without their prefixes.
  public var onStart: (_ name: String, _ attributes: [String: String]) -> Void = { _, _ in }
  public var onEnd: (_ name: String, _ text: String) -> Void = { _, _ in }

  private let parser: XML_Parser
  private var depth = 0
  private var text: [UInt8] = []
  private var failure: XMLFault?

  public init() throws(XMLFault) {
    guard let parser = XML_ParserCreate(nil) else { throw XMLFault(.malformed("out of memory")) }
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { user, name, attributes in if let name { XMLScanner.from(user)?.start(name, attributes) } },
      { user, name in if let name { XMLScanner.from(user)?.end(name) } })
    XML_SetCharacterDataHandler(parser) { user, bytes, count in
      if let bytes { XMLScanner.from(user)?.characters(UnsafeBufferPointer(start: bytes, count: Int(count))) }
    }
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLScanner.from(user)?.stop(.documentType) }
  }

  deinit { XML_ParserFree(parser) }

  /// The line that is being read, from 1.
  public var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private static func from(_ user: UnsafeMutableRawPointer?) -> XMLScanner? {
    user.map { Unmanaged<XMLScanner>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Reads the next bytes; an empty block is the end.
  public func read(_ block: ArraySlice<UInt8>) throws(XMLFault) {
    let status = block.withUnsafeBytes { bytes in
      XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), block.isEmpty ? 1 : 0)
    }
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      let words = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? ""
      throw XMLFault(.malformed(words), line: line)
    }
  }

  private func stop(_ reason: XMLFault.Reason) {
    guard failure == nil else { return }
    failure = XMLFault(reason, line: line)
    XML_StopParser(parser, 0)
  }

  private func start(_ name: UnsafePointer<XML_Char>, _ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
    guard failure == nil else { return }
    depth += 1
    guard depth <= XMLScanner.depthLimit else { return stop(.tooDeep(limit: XMLScanner.depthLimit)) }
    var attributes: [String: String] = [:]
    var bytes = 0
    var place = 0
    while let list, let key = list[place], let value = list[place + 1] {
      let (key, value) = (XMLScanner.bare(key), String(cString: value))
      bytes += key.utf8.count + value.utf8.count
      attributes[key] = value
      place += 2
    }
    guard attributes.count <= XMLScanner.attributeLimit, bytes <= XMLScanner.textLimit else {
      return stop(.tooLarge(XMLScanner.bare(name), limit: XMLScanner.textLimit))
    }
    text.removeAll(keepingCapacity: true)
    onStart(XMLScanner.bare(name), attributes)
  }

  private func end(_ name: UnsafePointer<XML_Char>) {
    guard failure == nil else { return }
    depth -= 1
    onEnd(XMLScanner.bare(name), String(decoding: text, as: UTF8.self))
    text.removeAll(keepingCapacity: true)
  }

  private func characters(_ bytes: UnsafeBufferPointer<XML_Char>) {
    guard failure == nil else { return }
    guard text.count + bytes.count <= XMLScanner.textLimit else {
      return stop(.tooLarge("text", limit: XMLScanner.textLimit))
    }
    text.append(contentsOf: UnsafeRawBufferPointer(bytes))
  }

  /// A name without its prefix: a file may bind any prefix to the namespace.
  private static func bare(_ name: UnsafePointer<XML_Char>) -> String {
    let text = String(cString: name)
    return text.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(text[text.index(after: $0)...]) } ?? text
  }
}
