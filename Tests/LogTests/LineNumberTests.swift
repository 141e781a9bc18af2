import Testing

@testable import Log

@Suite struct `A line's own number` {
  /// `first`: the place at which the line stands. The number counts only as a member of the outermost object.
  @Test(arguments: [
    (#"{"seq":7}"#, 7, true), (#"{"a":1,"seq":7}"#, 7, true), (#"{"a":1,"seq":7,"subject":"customer:4","type":"x","v":1}"#, 7, true),
    (#"{"a":1,"seq":8,"subject":"customer:4"}"#, 7, false), (#"{"a":1,"seq":70}"#, 7, false), (#"{"a":1,"seq":"7"}"#, 7, false),
    (#"{"a":1,"seq":7.5}"#, 7, false), (#"{"a":1}"#, 7, false), (#"{"data":{"a":1,"seq":7}}"#, 7, false),
    (#"{"data":{"a":1,"seq":7},"seq":8}"#, 7, false), (#"{"data":{"a":1,"seq":8},"seq":7}"#, 7, true),
    (#"{"a":1,"seq":8,"z":{"a":1,"seq":7}}"#, 7, false), (#"{"a":1,"seq":7,"z":{"a":1,"seq":8}}"#, 7, true),
    (#"{"a":1,"seq":8,"z":[{"a":1,"seq":7}]}"#, 7, false), (#"{"a":1,"seq":8,"z":",\"seq\":7"}"#, 7, false),
    (#"{"a":1,"seq":7,"z":",\"seq\":8"}"#, 7, true), (#"{"a":1,"seq":8,"b,\"seq":7}"#, 7, false),
    (#"{"a":1,"seq":7,"subject":"x{}[]"}"#, 7, true), (#"{"a":1,"seq":9007199254740991}"#, 9_007_199_254_740_991, true),
    (#"{"a":1,"seq":}"#, 0, false), ("}", 7, false),
  ] as [(String, UInt64, Bool)])
  func `is that of its place, or is not`(_ line: String, _ first: UInt64, _ isRight: Bool) {
    let bytes = Array((line + "\n").utf8)
    bytes.withUnsafeBytes { raw in
      let block = LineBlock(all: raw, ends: [UInt32(raw.count - 1)], first: first, range: 0..<UInt64.max, times: 0...0)
      #expect(block.inspection.wrong == (isRight ? nil : first), "\(line)")
    }
  }

  /// Eight bytes are looked at at once; whatever byte stands wherever, the answer must be that of one at a time.
  @Test(arguments: 1..<20) func `is not trusted where a bracket may follow, wherever it stands`(_ length: Int) {
    let start = Array(#"{"a":1,"seq":7,"subject":""#.utf8)
    var wrong: [(byte: UInt8, place: Int)] = []
    for place in 0..<length {
      for byte in UInt8.min...UInt8.max {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        text[place] = byte
        let line = start + text + Array("\"}".utf8)
        let isPlain = !Array("[]{}\\|".utf8).contains(byte)
        if line.withUnsafeBytes({ $0.endsWithNumber(7) }) != isPlain { wrong.append((byte, place)) }
      }
    }
    #expect(wrong.isEmpty)
  }
}
