/// Which id stands for which event, by digests: 24 bytes an id, whatever its length.
///
/// Two ids share a digest of 128 bits with a probability that a company's whole history does not reach; a row would then
/// be quarantined, not lost. The digests are seeded anew for each import, so that nobody can choose ids that collide.
struct Digests {
  struct Digest: Equatable {
    let low: UInt64
    let high: UInt64
  }

  private struct Slot {
    var id = Digest(low: 0, high: 0)
    /// What the id was given to; 0 in a free slot.
    var content: UInt64 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private(set) var count = 0
  private let seeds: (UInt64, UInt64)

  init() {
    var generator = SystemRandomNumberGenerator()
    seeds = (generator.next(), generator.next())
  }

  func digest(ofID bytes: ArraySlice<UInt8>) -> Digest {
    Digest(low: Digests.mix(bytes, seeds.0), high: Digests.mix(bytes, seeds.1))
  }

  /// Never 0.
  func digest(ofContent bytes: ArraySlice<UInt8>) -> UInt64 { Digests.mix(bytes, seeds.0 ^ seeds.1) | 1 }

  /// What an id was given to; `nil` where to nothing yet.
  func content(of id: Digest) -> UInt64? {
    let content = slots[place(of: id)].content
    return content == 0 ? nil : content
  }

  mutating func give(_ id: Digest, to content: UInt64) {
    if count * 10 >= slots.count * 7 { grow() }
    let place = place(of: id)
    if slots[place].content == 0 { count += 1 }
    slots[place] = Slot(id: id, content: content)
  }

  private func place(of id: Digest) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: id.low) & mask
    while slots[place].content != 0, slots[place].id != id { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.content != 0 { slots[place(of: slot.id)] = slot }
  }

  /// Sixteen bytes at a time, each pair of words multiplied to 128 bits and folded (the principle of wyhash, Wang Yi 2019).
  private static func mix(_ bytes: ArraySlice<UInt8>, _ seed: UInt64) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var (state, place) = (seed ^ 0x9E37_79B9_7F4A_7C15, 0)
      while place + 16 <= bytes.count {
        let a = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let b = bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
        state = folded(a ^ state, b ^ 0xA076_1D64_78BD_642F)
        place += 16
      }
      var (a, b, shift) = (UInt64(0), UInt64(0), UInt64(0))
      while place < bytes.count {
        if shift < 64 { a |= UInt64(bytes[place]) << shift } else { b |= UInt64(bytes[place]) << (shift - 64) }
        (place, shift) = (place + 1, shift + 8)
      }
      return folded(folded(a ^ state, b ^ 0xE703_7ED1_A0B4_28DB), UInt64(bytes.count) ^ 0x8EBC_6AF0_9C88_C6E3)
    }
  }

  private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return high ^ low
  }
}
