import Events
import Vocabulary
import Wire

@testable import Engine

/// A log in memory: the lines that a log would hold for some events.
struct MemorySource: LineSource {
  private(set) var lines: [[UInt8]] = []

  init(_ events: [Event], recordedAt: Instant = Instant(microseconds: 1_800_000_000_000_000)) {
    for event in events {
      let parts = event.lineParts
      var text = Text()
      text.bytes += parts.head
      text.append("\"recordedAt\":\"" as StaticString)
      text.append(recordedAt.adding(days: lines.count))
      text.append("\"," as StaticString)
      text.bytes += parts.middle
      text.append("\"seq\":" as StaticString)
      text.append(Int64(lines.count))
      text.bytes += parts.tail
      lines.append(text.bytes)
    }
  }

  var size: Int64 { Int64(lines.count) }
  var name: String { "memory" }
  var identity: UInt64 { 1 }

  func forEachLine(in range: Range<Int64>, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for seq in range {
      let line = lines[Int(seq)]
      try body(seq, line.span)
    }
  }

  func forEachLine(at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    for seq in positions {
      let line = lines[Int(seq)]
      try body(seq, line.span)
    }
  }
}

func at(_ day: String) -> Instant { Day(day)?.start ?? .distantPast }
func subject(_ text: String) -> Subject { Subject(text)! }
