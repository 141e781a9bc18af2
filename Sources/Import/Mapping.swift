public import Exchange
public import Vocabulary

/// How rows of files become events: the compiled form of a mapping file. README.md describes the language.
///
/// Loading checks everything that can be known without the data: keys, event types, fields, conditions, templates,
/// dates, and the columns of sections that name them. The columns of the others are checked against the files' headers
/// before the first row is read.
public struct Mapping: Sendable {
  public enum Order: String, CaseIterable, Sendable {
    /// By business time, across all files; what is equal keeps the order of sections, files, rows and events.
    case time
    /// As they are read. Needs no memory for the events.
    case file
  }

  /// The name of the mapping's file, for messages.
  public let name: String
  public let order: Order
  let sections: [SectionSpec]
  let lookups: [LookupSpec]
  let catalogue: Catalogue

  /// The kinds of file that are read without sections, because what they hold says itself what it is; `nil` for a
  /// mapping with sections.
  let native: Set<FileKind>?

  static let keys = ["title", "order", "lookups", "files"]

  /// Reads a mapping. The error names the place in the file and what is allowed there.
  public static func load(_ yaml: String, name: String, catalogue: Catalogue) throws(MappingError) -> Mapping {
    try Mapping(yaml, name: name, catalogue: catalogue)
  }

  /// What stands in for a mapping where none is needed: CloudEvents of our own types become the events that they are,
  /// and what a process log says becomes records.
  ///
  /// - Parameter kinds: the kinds of file that are taken.
  public static func native(_ kinds: Set<FileKind> = Set(FileKind.allCases), catalogue: Catalogue) -> Mapping {
    Mapping(kinds, catalogue)
  }

  private init(_ kinds: Set<FileKind>, _ catalogue: Catalogue) {
    (native, self.catalogue) = (kinds, catalogue)
    (name, order, sections, lookups) = ("", .time, [], [])
  }

  private init(_ yaml: String, name: String, catalogue: Catalogue) throws(MappingError) {
    self.name = name
    self.catalogue = catalogue
    native = nil
    let root = try YAMLNode.root(of: yaml, file: name)
    let keys = try root.members(Mapping.keys, required: ["files"])
    _ = try keys["title"]?.text()
    order = try keys["order"]?.word(Order.self) ?? .time
    var lookups: [LookupSpec] = []
    for (key, value) in try keys["lookups"]?.pairs() ?? [] { lookups.append(try LookupSpec(key, value)) }
    self.lookups = lookups
    var sections: [SectionSpec] = []
    for item in try keys["files"]?.items() ?? [] { sections.append(try SectionSpec(item, catalogue: catalogue)) }
    guard !sections.isEmpty else { throw root.fail(.missingKey("files")) }
    self.sections = sections
    for section in sections {
      let binder = Binder(mapping: self, columns: section.dialect.format.columns, tables: nil)
      _ = try SectionPlan(section, binder)
    }
  }
}
