import Dispatch
import Facts
import Foundation
import Synchronization

/// Files of facts, read side by side and handed over in their order while later ones are still being read: what is made
/// of them one after the other does not wait for all.
final class FactsFiles: Sendable {
  private let files: [String]
  private let fingerprint: UInt64
  private let next = Mutex(0)
  private let results: Mutex<[SegmentFacts?]>
  private let isRead: [DispatchSemaphore]
  /// Files that are read at once.
  private static let readers = 2

  init(_ files: [String], _ fingerprint: UInt64) {
    (self.files, self.fingerprint) = (files, fingerprint)
    results = Mutex(Array(repeating: nil, count: files.count))
    isRead = files.map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<min(FactsFiles.readers, files.count) {
      let thread = Thread { self.readAll() }
      thread.stackSize = 4 << 20
      thread.start()
    }
  }

  /// The facts of one file, once; `nil` where it is missing, damaged or of other declarations. Waits until it is read.
  func facts(_ place: Int) -> SegmentFacts? {
    isRead[place].wait()
    return results.withLock { results in
      defer { results[place] = nil }
      return results[place]
    }
  }

  /// Reads no further file.
  func stop() { next.withLock { $0 = files.count } }

  private func readAll() {
    while true {
      let place = next.withLock { next in
        defer { next += 1 }
        return next
      }
      guard place < files.count else { return }
      let facts = try? read(files[place])
      results.withLock { $0[place] = facts }
      isRead[place].signal()
    }
  }

  private func read(_ file: String) throws -> SegmentFacts? {
    guard let bytes = try DerivedFile.read(file) else { return nil }
    return try SegmentFacts(decoding: bytes, fingerprint: fingerprint, file: file)
  }
}
