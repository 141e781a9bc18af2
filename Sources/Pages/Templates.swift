import Mustache

/// The templates of the folder beside this file: part of the program, compiled once.
enum Templates {
  /// The text of each by its name: `base` is what every page stands in, the others are pages and their parts.
  static let texts: [String: String] = [
    "base": PackageResources.base_mustache, "style": PackageResources.style_mustache,
    "facts": PackageResources.facts_mustache, "table": PackageResources.table_mustache,
    "matrix": PackageResources.matrix_mustache, "signatures": PackageResources.signatures_mustache,
    "redline": PackageResources.redline_mustache, "rule-difference": PackageResources.rule_difference_mustache,
  ].mapValues { String(decoding: $0, as: UTF8.self) }

  static let library: MustacheLibrary = {
    do {
      return MustacheLibrary(templates: try texts.mapValues { try MustacheTemplate(string: $0) })
    } catch {
      preconditionFailure("a template cannot be read: \(error)")  // the tests read each of them
    }
  }()
}
