import Glibc

extension [UInt8] {
  /// Where bytes first stand at or behind a place.
  func first(_ wanted: [UInt8], from: Int) -> Int? {
    guard let head = wanted.first, from >= 0, from + wanted.count <= count else { return nil }
    return withUnsafeBytes { text -> Int? in
      guard let base = text.baseAddress else { return nil }
      return wanted.withUnsafeBytes { pattern -> Int? in
        guard let needle = pattern.baseAddress else { return nil }
        var place = from
        let last = text.count - pattern.count
        while place <= last, let hit = memchr(base + place, Int32(head), last - place + 1) {
          place = UnsafeRawPointer(hit) - base
          if memcmp(hit, needle, pattern.count) == 0 { return place }
          place += 1
        }
        return nil
      }
    }
  }
}
