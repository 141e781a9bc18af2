import Crypto
import Wire

/// Hashes of papers whose words the story knows, so that whoever holds the words can check them.
enum Digest {
  /// SHA-256 of a text's UTF-8, in lower-case hexadecimal.
  static func of(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).reduce(into: Text()) { $0.append(hex: $1) }.string
  }
}
