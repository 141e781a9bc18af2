/// Reads a log from two copies, block by block: from our own where it is whole, else from the other.
struct TwoCopies {
  let own: Catalogue
  let other: Catalogue?
  /// Lines that only the other copy had.
  private(set) var borrowed: UInt64 = 0
  private let decoder = BlockDecoder()

  init(own: Catalogue, other: Catalogue?) { (self.own, self.other) = (own, other) }

  /// Hands over the lines from `start` to `end`, and after each block that was handed over to its end, the root that
  /// its header claims for the log so far. Throws `damaged` on reaching a line that neither copy has.
  mutating func forEachBlock(
    from start: UInt64, to end: UInt64,
    _ body: (LineBlock, _ claimed: Hash?) throws(LogError) -> Void
  ) throws(LogError) {
    var next = start
    while next < end {
      let isBorrowed = try load(next)
      guard let block = decoder.block(in: next..<end), let header = decoder.header, block.count > 0 else {
        throw .damaged(Damage(file: "", offset: 0, leaves: next..<next + 1, kind: .missing))
      }
      if isBorrowed { borrowed += UInt64(block.count) }
      try body(block, block.end == header.end ? header.root : nil)
      next = block.end
    }
  }

  /// Decodes the block that holds `seq`; says whether it is the other copy's.
  private func load(_ seq: UInt64) throws(LogError) -> Bool {
    var failure = LogError.outOfRange(seq: seq, size: own.head.size)
    for (catalogue, isOther) in [(own, false)] + (other.map { [($0, true)] } ?? []) {
      do throws(LogError) {
        let (file, place) = try catalogue.locate(seq)
        guard let kind = try decoder.load(place, from: file, log: own.manifest.id) else { return isOther }
        failure = .damaged(Damage(file: file.path, offset: place.offset, leaves: place.first..<place.end, kind: kind))
      } catch {
        if !isOther { failure = error }
      }
    }
    throw failure
  }
}
