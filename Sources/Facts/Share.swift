import Projection

/// Which accounts are a partition's, and their numbers in it.
///
/// Division by a number that stays the same is a multiplication (Lemire, Kaser, Kurz, "Faster remainder by direct
/// computation", 2019): exact for 32-bit numbers.
struct Share: Sendable, BitwiseCopyable {
  private let count: UInt32
  private let index: UInt32
  private let inverse: UInt64

  init(_ partition: Partition) {
    count = UInt32(partition.count)
    index = UInt32(partition.index)
    inverse = UInt64.max / UInt64(partition.count) &+ 1
  }

  /// The account's number in its partition, and whether that is this one.
  @inline(__always)
  func split(_ account: UInt32) -> (local: UInt32, isOurs: Bool) {
    guard count > 1 else { return (account, true) }
    let local = UInt32(truncatingIfNeeded: UInt64(account).multipliedFullWidth(by: inverse).high)
    return (local, account &- local &* count == index)
  }
}
