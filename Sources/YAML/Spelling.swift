// How a file's words are repeated to the person who wrote them.

extension String {
  /// The word nearest to a mistyped one, where one is near enough to be meant.
  public func nearest(among words: [String]) -> String? {
    let limit = max(1, count / 3)
    return words.map { ($0, editDistance(self, $0, limit: limit)) }.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// As an error repeats it: without line ends, and no longer than helps.
  public var shortened: String {
    let limit = 60
    var shown = String(String.UnicodeScalarView(unicodeScalars.prefix(limit).map { $0.isControl ? " " : $0 }))
    if unicodeScalars.count > limit { shown += "…" }
    return shown
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}

/// Letters to add, take away or change (Levenshtein 1966); `limit + 1` for anything beyond.
/// Complexity: O(length²) of words whose length the caller bounds.
private func editDistance(_ a: String, _ b: String, limit: Int) -> Int {
  let (a, b) = (Array(a.lowercased().prefix(64)), Array(b.lowercased().prefix(64)))
  guard abs(a.count - b.count) <= limit else { return limit + 1 }
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (letter == other ? 0 : 1))
      diagonal = row[j + 1]
      row[j + 1] = next
    }
  }
  return row[b.count]
}
