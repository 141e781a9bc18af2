import Mustache

/// The templates of the folder beside this file: part of the program, compiled once.
enum Templates {
  /// The text of each by its name: `base` is what every page stands in, the others are pages and their parts.
  static let texts: [String: String] = [
    "base": PackageResources.base_mustache, "style": PackageResources.style_mustache,
    "facts": PackageResources.facts_mustache, "table": PackageResources.table_mustache,
    "matrix": PackageResources.matrix_mustache, "signatures": PackageResources.signatures_mustache,
    "rows": PackageResources.rows_mustache, "chart": PackageResources.chart_mustache, "report": PackageResources.report_mustache,
    "redline": PackageResources.redline_mustache, "rule-difference": PackageResources.rule_difference_mustache,
    "site": PackageResources.site_mustache, "block": PackageResources.block_mustache, "links": PackageResources.links_mustache,
    "notice": PackageResources.notice_mustache,
    "site-table": PackageResources.site_table_mustache, "board-column": PackageResources.board_column_mustache,
    "form": PackageResources.form_mustache, "form-field": PackageResources.form_field_mustache,
    "code-line": PackageResources.code_line_mustache, "sheet": PackageResources.sheet_mustache,
    "site-style": PackageResources.site_style_mustache,
    "problem": PackageResources.problem_mustache, "sign-in": PackageResources.sign_in_mustache,
    "record": PackageResources.record_mustache,
  ].mapValues { String(decoding: $0, as: UTF8.self) }

  /// What is shown is a `Markup`, which is escaped: the engine shows it as it is.
  private static let head = "{{% CONTENT_TYPE: TEXT}}\n"

  static let library: MustacheLibrary = {
    do {
      return MustacheLibrary(templates: try texts.mapValues { try MustacheTemplate(string: head + $0) })
    } catch {
      preconditionFailure("a template cannot be read: \(error)")  // the tests read each of them
    }
  }()
}
