import ArgumentParser
import Vocabulary

/// The language of the command that runs.
///
/// A task-local value and not a variable of the process, because help texts are made before a command exists, and
/// because tests run commands in both languages at once.
enum Speech {
  @TaskLocal static var language: Language = .en
}

/// A help text in the language of the command.
func help(_ en: String, _ zh: String) -> ArgumentHelp { ArgumentHelp(stringLiteral: Name(en, zh)[Speech.language]) }

/// A help text and the word that stands for the value.
func help(_ en: String, _ zh: String, value: String) -> ArgumentHelp {
  ArgumentHelp(Name(en, zh)[Speech.language], valueName: value)
}
