import ArgumentParser
import Vocabulary

/// The option that names the folder of the keys.
struct KeysOption: ParsableArguments {
  @Option(
    help: help(
      "Folder of the keys (else KESHI_KEYS, else keys/ in the data folder).", "密钥目录（否则 KESHI_KEYS，再否则数据目录下的 keys/）。",
      value: "dir"))
  var keys: String?
}

/// Where keys are: never in the log, and best not beside it either.
struct KeysFolder {
  let path: String

  init(path: String) { self.path = path }

  /// `--keys`, else `KESHI_KEYS`, else `keys/` in the data folder.
  init(_ option: KeysOption, in session: Session) {
    path = option.keys?.nonEmpty ?? session.console.environment["KESHI_KEYS"]?.nonEmpty ?? session.dataPath + "/keys"
  }
}
