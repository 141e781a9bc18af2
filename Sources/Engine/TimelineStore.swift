import Facts
import Glibc
import Synchronization
import Timeline

/// The timeline packs of a data folder, opened when first asked for and then shared by all who read. May be used from any
/// thread.
final class TimelineStore: Sendable {
  private let directory: String
  private let fingerprint: UInt64
  /// Packs that are open. One that is not there is looked for again: a rebuild may have made it.
  private let packs = Mutex<[Int64: Pack]>([:])

  init(directory: String, fingerprint: UInt64) {
    self.directory = directory
    self.fingerprint = fingerprint
  }

  private func file(_ first: Int64) -> String { directory + "/" + FactsStore.fileName(first) + ".pack" }

  /// The pack of the stretch that begins at `first`. One that is missing, damaged or numbered otherwise is no pack:
  /// the log answers in its place.
  func pack(_ first: Int64) -> Pack? {
    if let known = packs.withLock({ $0[first] }) { return known }
    guard let found = try? Pack(file: file(first), fingerprint: fingerprint) else { return nil }
    packs.withLock { $0[first] = found }
    return found
  }

  /// Believes a pack no more; the next rebuild makes it again.
  func discard(_ first: Int64) {
    packs.withLock { $0[first] = nil }
    unlink(file(first))
  }

  /// Reads no pack any more that is open: what lies in the folder has changed.
  func forget() { packs.withLock { $0 = [:] } }

  /// Makes the packs that are missing, for all complete stretches.
  func complete(_ store: FactsStore, from source: any LineSource, progress: Progress) throws {
    for stretch in store.stretches where stretch.count == Int(FactsStore.stretch) {
      guard source.isWhole else { return }
      if pack(stretch.first) == nil { try make(stretch, source) }
      progress(stretch.first + Int64(stretch.count), store.size)
    }
  }

  private func make(_ stretch: SegmentFacts, _ source: any LineSource) throws {
    var writer = PackWriter(fingerprint: fingerprint)
    try source.forEachLine(in: stretch.first..<stretch.first + Int64(stretch.count)) { _, line in writer.add(line) }
    guard source.isWhole else { return }
    var accounts: [UInt32] = []
    stretch.unpackAccounts(into: &accounts)
    try DerivedFile.write(writer.encoded(accounts: accounts), to: file(stretch.first))
    packs.withLock { $0[stretch.first] = nil }
  }
}
