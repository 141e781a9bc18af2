import Events
import Projection
import Vocabulary

/// One run of one command: the console, and what the global options say.
struct Session {
  let console: Console
  let options: GlobalOptions

  var language: Language { Speech.language }

  /// The data folder.
  var dataPath: String { options.data ?? console.environment["KESHI_DATA"]?.nonEmpty ?? "./keshi-data" }

  var actor: String { options.actor ?? console.environment["KESHI_ACTOR"]?.nonEmpty ?? console.userName }

  var format: Format { options.format ?? (console.outputIsTerminal ? .table : .ndjson) }

  /// Gives an answer's rows in the form that was asked for.
  func rows(_ columns: [Column]) -> any RowWriter { format.writer(columns, on: console) }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
