/// A stable least-significant-digit radix sort of row numbers by a column of keys (Knuth, TAOCP 3, §5.2.5).
enum RadixSort {
  private static let digit = 11

  /// Complexity: O(rows × ⌈width ÷ 11⌉).
  static func sort(_ rows: inout [UInt32], by keys: [UInt32], width: Int) {
    var source = rows
    var target = [UInt32](repeating: 0, count: rows.count)
    for shift in stride(from: 0, to: width, by: digit) {
      pass(source, into: &target, keys, shift: UInt32(shift))
      swap(&source, &target)
    }
    rows = source
  }

  private static func pass(_ source: [UInt32], into target: inout [UInt32], _ keys: [UInt32], shift: UInt32) {
    let mask: UInt32 = 1 << UInt32(digit) - 1
    var places = [Int](repeating: 0, count: 1 << digit)
    for row in source { places[Int(keys[Int(row)] >> shift & mask)] += 1 }
    var total = 0
    for bucket in places.indices { (places[bucket], total) = (total, total + places[bucket]) }
    for row in source {
      let bucket = Int(keys[Int(row)] >> shift & mask)
      target[places[bucket]] = row
      places[bucket] += 1
    }
  }
}
