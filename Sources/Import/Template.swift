import Vocabulary

/// A text with holes: `customer:{account}`, `{teams.manager}`, `cdnow:{customer}:{row}`. Two braces stand for one.
struct Template: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case literal(String)
    /// A column, or the column of a look-up table after its name and a point.
    case hole(Hole)
    case row
    case file
    case occurrence
  }

  struct Hole: Hashable, Sendable {
    let name: String
    let spot: Spot
  }

  /// Names that mean something else than a column.
  static let reserved: [String: Part] = ["row": .row, "file": .file, "n": .occurrence]

  var parts: [Part]
  let spot: Spot

  /// The text of a template without holes.
  var constant: String? {
    switch parts.count {
    case 0: return ""
    case 1: if case .literal(let text) = parts[0] { return text } else { return nil }
    default: return nil
    }
  }

  /// A single column.
  init(column: String, at spot: Spot) {
    parts = [.hole(Hole(name: column, spot: spot))]
    self.spot = spot
  }

  init(_ node: YAMLNode) throws(MappingError) {
    spot = node.spot
    parts = []
    let scalars = Array(try node.text().unicodeScalars)
    var literal = ""
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      let isDoubled = place + 1 < scalars.count && scalars[place + 1] == scalar
      guard scalar == "{" || scalar == "}", !isDoubled else {
        literal.unicodeScalars.append(scalar)
        place += isDoubled && (scalar == "{" || scalar == "}") ? 2 : 1
        continue
      }
      let here = node.textSpot.advanced(by: place)
      guard scalar == "{", let end = scalars[place...].firstIndex(of: "}"), end > place + 1 else {
        throw MappingError(
          .template(Name("a brace without its partner, or nothing between them; write {{ for a brace", "花括号不成对或其中为空；要写花括号本身请用 {{")),
          file: node.file, at: here)
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = ""
      let name = String(String.UnicodeScalarView(scalars[(place + 1)..<end]))
      parts.append(Template.reserved[name] ?? .hole(Hole(name: name, spot: here.advanced(by: 1))))
      place = end + 1
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }
}
