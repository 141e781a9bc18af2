import Facts
import Glibc
import Timeline

/// The timeline packs of a data folder, opened when first asked for. One thread at a time.
final class TimelineStore {
  private let directory: String
  private let fingerprint: UInt64
  /// Packs that were looked for; `nil` where there is none that can be used.
  private var packs: [Int64: Pack?] = [:]

  init(directory: String, fingerprint: UInt64) {
    self.directory = directory
    self.fingerprint = fingerprint
  }

  private func file(_ first: Int64) -> String { directory + "/" + FactsStore.fileName(first) + ".pack" }

  /// The pack of the stretch that begins at `first`. One that is missing, damaged or numbered otherwise is no pack:
  /// the log answers in its place.
  func pack(_ first: Int64) -> Pack? {
    if let known = packs[first] { return known }
    let found = try? Pack(file: file(first), fingerprint: fingerprint)
    packs[first] = .some(found)
    return found
  }

  /// Believes a pack no more; the next rebuild makes it again.
  func discard(_ first: Int64) {
    packs[first] = .some(nil)
    unlink(file(first))
  }

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
    packs[stretch.first] = nil
  }
}
