import Answers
import Mustache

/// HTML that this module has made. Whatever was text is escaped, so that a template can show it as it is.
///
/// Templates escape nothing: what they are given is a `Markup`, of text or of parts, so that no template can forget it. The
/// smallest parts, of which a page has hundreds (cells, links, items), are made by hand here, because the template engine
/// takes longer to look up the names of one than the rest of a page takes.
public struct Markup: Sendable {
  private(set) var html = ""

  init() {}
  init(_ text: String) { html = text.asHTML }

  /// Adds signs that this program says, as they are.
  mutating func tag(_ signs: StaticString) { signs.withUTF8Buffer { html += String(decoding: $0, as: UTF8.self) } }
  mutating func text(_ text: String) { html += text.asHTML }
  mutating func part(_ other: Markup) { html += other.html }

  /// Parts one after another, each on its own lines.
  static func lines(_ parts: [Markup]) -> Markup {
    var all = Markup()
    for (place, part) in parts.enumerated() {
      if place > 0 { all.tag("\n") }
      all.part(part)
    }
    return all
  }
}

/// As the template engine takes it.
struct ShownMarkup: MustacheCustomRenderable {
  let renderText: String
  var isNull: Bool { false }
}

extension String {
  /// The text as HTML shows it, in elements and in quoted attributes (HTML Standard, 13.1.2.3 and 13.3): sign by sign as a
  /// browser reads them, whatever a person sees as one character. Controls and marks that turn the direction of writing
  /// become visible.
  fileprivate var asHTML: String {
    guard utf8.contains(where: \.mayNeedEscape) else { return self }
    var bytes: [UInt8] = []
    let text = withoutControls.utf8
    bytes.reserveCapacity(text.count + 16)
    for byte in text {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  /// Signs of markup, and the first bytes of controls and of marks that turn the direction of writing.
  fileprivate var mayNeedEscape: Bool {
    switch self {
    case 0..<0x20, 0x7F, 0xC2, 0xE2: true
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
