import CChecksum
import LogTestSupport

@testable import Log

/// A small log to take bytes from: a sealed segment, and an active file with two groups and a marker.
private let sample: FakeDisk? = {
  let disk = FakeDisk()
  var options = LogOptions.byHand
  options.housekeeping = .inline
  try? LogDirectory.createForTest(on: disk)
  let log = try? LogDirectory.open(on: disk, clock: TestClock(), options: options)
  for batch in [[Draft].orders(256), .orders(3, from: 256), .orders(1, from: 259)] { _ = try? log?.append(batch) }
  try? log?.close()
  return disk.afterProcessEnd()
}()

private let manifest = sample.flatMap { try? Survivors.manifest($0) }
private let activePath = sample?.paths.last { $0.hasPrefix("active/") } ?? ""
private let sealedPath = "seg/00000000000000000000.evlog.lz4"
private let active = sample?.bytes(activePath) ?? []
private let sealed = sample?.bytes(sealedPath) ?? []

/// Puts right what a checksum says, wherever a block header stands.
private func sealHeaders(_ bytes: inout [UInt8], every step: Int) {
  var at = 0
  while at + BlockHeader.length <= bytes.count {
    if bytes.number(at) == BlockHeader.magic {
      let frame = at + BlockHeader.length
      let length = Int(bytes.number(at + 48))
      if length < bytes.count, frame + length <= bytes.count { bytes.seal(frame..<frame + length, at: at + 52) }
      bytes.seal(at..<at + 124, at: at + 124)
      at += BlockHeader.length
    }
    at += step
  }
}

private func frameSeeds() -> [[UInt8]] {
  [0, 1, 300, 70_000].map { count in
    let buffer = ByteBuffer()
    let lines = Array(String(repeating: "{\"a\":1}\n", count: count / 8 + 1).utf8)
    lines.withUnsafeBytes { DataFrame.append($0, level: .fast, to: buffer) }
    return Array(buffer.bytes)
  }
}

let logTargets: [Target] = [
  Target("block-header", seeds: { [Array(active.dropFirst(4096).prefix(128))] }) { bytes in
    var copy = Array(bytes)
    copy.seal(0..<min(124, copy.count), at: 124)
    copy.withUnsafeBytes { bytes in
      guard let header = BlockHeader(bytes) else { return }
      let buffer = ByteBuffer()
      buffer.appendZeros(BlockHeader.length)
      header.write(to: buffer.mutableBytes)
      precondition(BlockHeader(buffer.bytes) == header, "a header reads back otherwise than it was")
    }
  },
  Target("data-frame", seeds: frameSeeds) { bytes in
    var copy = Array(bytes)
    if copy.count > 14 {
      let sum = copy.withUnsafeBytes { keshi_xxh32($0.baseAddress.map { $0 + 4 }, 10) }
      copy[14] = UInt8(truncatingIfNeeded: sum >> 8)
    }
    copy.withUnsafeBytes { bytes in
      guard let (content, length) = DataFrame.measure(bytes, contentLimit: 1 << 20), length <= bytes.count else { return }
      let buffer = ByteBuffer()
      buffer.appendZeros(content)
      _ = DataFrame.decode(bytes.part(0, length), into: buffer.mutableBytes, checkContent: false)
    }
  },
  Target("file-head", seeds: { [Array(active.prefix(4096))] }) { bytes in
    guard let manifest else { return }
    _ = SegmentHead.read(bytes, log: manifest.id, origin: manifest.origin, first: 256)
  },
  Target("manifest", seeds: { [sample?.bytes("LOG.json") ?? []] }) { _ = try? Manifest($0, path: "LOG.json") },
  Target("line-fields", seeds: { [Array("{\"id\":\"a\\u00e9\",\"seq\":4,\"subject\":\"b\"}".utf8)] }) { bytes in
    let fields = LineFields(bytes)
    _ = (fields.text("id"), fields.text("subject"), fields.number("seq"))
  },
  Target("footer", seeds: { [Array(sealed.suffix(132))] }) { bytes in
    var copy = Array(bytes)
    guard copy.count >= 68 else { return }
    let end = copy.count - Footer.endLength
    copy.put(UInt64(1000), at: end)
    copy.put(UInt32(copy.count), at: end + 8)
    copy.put(UInt32(copy.count - 8), at: 4)
    copy.seal(0..<end - 4, at: end - 4)
    copy.withUnsafeBytes { _ = Footer($0, at: 1000) }
  },
  Target("active-file", seeds: { [Array(active.dropFirst(4096))] }) { bytes in
    guard let disk = sample?.afterProcessEnd() else { return }
    var file = Array(active.prefix(4096)) + bytes
    sealHeaders(&file, every: 4096)
    disk.put(file, at: activePath)
    tryLog(disk)
  },
  Target("sealed-file", seeds: { [sealed] }) { bytes in
    guard let disk = sample?.afterProcessEnd() else { return }
    var file = Array(bytes)
    sealHeaders(&file, every: 1)
    disk.put(file, at: sealedPath)
    tryLog(disk)
  },
]

/// Opens, reads and verifies a log; whatever comes of it, nothing may trap, and verify must not call it clean while
/// reading fails.
private func tryLog(_ disk: FakeDisk) {
  let verdict = try? Verifier(disk: disk, threads: 1).run().verdict
  if let log = try? LogDirectory.openReadOnly(on: disk) {
    let isRead = (try? log.allLines()) != nil
    precondition(isRead || verdict != .clean, "verify calls a log clean that cannot be read")
  }
  if let log = try? LogDirectory.open(on: disk, clock: TestClock(), options: .byHand), log.writer != nil {
    _ = try? log.append(.orders(1))
    try? log.close()
  }
}
