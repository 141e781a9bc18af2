import ArgumentParser

/// What `--format` may say: the forms of every answer, and YAML, which `keshi rules show` and `keshi process show` give.
enum FormatChoice: Equatable, ExpressibleByArgument {
  case rows(Format)
  case yaml

  init?(argument: String) {
    if argument == "yaml" {
      self = .yaml
    } else if let format = Format(rawValue: argument) {
      self = .rows(format)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { Format.allCases.map(\.rawValue) }
}
