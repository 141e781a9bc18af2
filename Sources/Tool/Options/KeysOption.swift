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
