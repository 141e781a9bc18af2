extension String {
  /// Whether a text has at least one Chinese character.
  public var isChinese: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
}
