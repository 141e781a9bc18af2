// Writing stored files again with less in them. The tree over the leaves never changes by it.

/// What is to be left out.
struct Omission {
  /// What stays of a vault record: its bytes, fewer, or nothing.
  var remains: (VaultRecord) throws(LogError) -> [UInt8]?
  /// Lines for which this says `true` give place to their leaf's hash.
  var redacts: (UInt64) -> Bool = { _ in false }
}

extension LogWriter {
  /// Writes the vault again with what `remains` gives for each record: its bytes, fewer, or `nil` for nothing. What
  /// does not remain is in no file of the log any more when this returns, but for bytes in `quarantine/` that were
  /// never acknowledged.
  ///
  /// Appends wait meanwhile. Costs: reads the vault, writes the active files and each vault file that loses a record.
  /// A crash in the midst loses nothing that is kept; call again.
  public func rewriteVault(
    _ remains: @escaping (VaultRecord) throws(LogError) -> [UInt8]?
  ) throws(LogError) {
    try rewrite(Omission(remains: remains))
  }

  /// Puts the leaf's hash in the place of each of these lines, in sealed segments and active files. Every root and
  /// proof stays as it is; the lines are gone, and with them their vault records.
  public func redact(_ numbers: Set<UInt64>) throws(LogError) {
    for seq in numbers where seq >= catalogue.head.size { throw .outOfRange(seq: seq, size: catalogue.head.size) }
    try rewrite(Omission(
      remains: { (record) throws(LogError) in numbers.contains(record.seq) ? nil : record.bytes },
      redacts: { numbers.contains($0) }))
    try sealing.locked { () throws(LogError) in
      let leaves = UInt64(catalogue.manifest.segmentLeaves)
      for first in Set(numbers.map { $0 / leaves * leaves }).sorted() where first < catalogue.sealed {
        try sealer.redact(segment: first) { numbers.contains($0) }
      }
    }
  }

  private func rewrite(_ omission: Omission) throws(LogError) {
    try checkRunning()
    try seal()
    try sealing.locked { () throws(LogError) in
      try visit { () throws(LogError) in try rewriteActives(omission) }
      try rewriteVaultFiles(omission)
    }
  }

  private func rewriteActives(_ omission: Omission) throws(LogError) {
    let actives = catalogue.snapshot.actives
    for (index, active) in actives.enumerated() {
      guard try ActiveRewriter.loses(active, omission) else { continue }
      let isLast = index == actives.count - 1
      let rewriter = ActiveRewriter(catalogue: catalogue, omission: omission)
      let marker = isLast ? committer.marker : (0, 0, Limit.page * 4)
      let (file, blocks) = try rewriter.write(active, marker: isLast ? marker : nil, step: marker.2)
      if isLast { committer.go(onIn: file) } else { try file.close() }
      catalogue.update { state in
        guard let place = state.actives.firstIndex(where: { $0.name == active.name }) else { return }
        state.actives[place] = Catalogue.Active(name: file.name, file: file.file, blocks: blocks)
      }
      catalogue.forgetVaults()
      try catalogue.disk.unlink(active.name.path)
      try catalogue.disk.synchronizeDirectory(FileNames.activeDirectory)
    }
  }

  private func rewriteVaultFiles(_ omission: Omission) throws(LogError) {
    let (disk, log) = (catalogue.disk, catalogue.manifest.id)
    for name in try VaultFile.all(disk) where name.first < catalogue.sealed {
      guard let file = try VaultFile(name, disk: disk, log: log) else {
        throw .damaged(Damage(file: name.path, offset: 0, leaves: name.first..<name.first, kind: .vault))
      }
      var (kept, loses): ([VaultRecord], Bool) = ([], false)
      for seq in file.numbers {
        guard let bytes = try file.record(at: seq) else { continue }
        let rest = try omission.remains(VaultRecord(seq: seq, bytes: bytes))
        if let rest { kept.append(VaultRecord(seq: seq, bytes: rest)) }
        if rest != bytes { loses = true }
      }
      guard loses else { continue }
      let next = FileNames.Vault(first: name.first, generation: name.generation + 1)
      try VaultFile.write(kept, as: next, disk: disk, log: log)
      catalogue.forgetVaults()
      try disk.unlink(name.path)
      try disk.synchronizeDirectory(FileNames.vaultDirectory)
    }
  }
}

/// Writes one active file as its next generation.
struct ActiveRewriter {
  let catalogue: Catalogue
  let omission: Omission

  /// Whether the file has anything to leave out.
  static func loses(_ active: Catalogue.Active, _ omission: Omission) throws(LogError) -> Bool {
    for place in active.blocks {
      if (place.first..<place.end).contains(where: omission.redacts) { return true }
      for record in try VaultFrame.load(place, from: active.file)
      where try omission.remains(record) != record.bytes { return true }
    }
    return false
  }

  /// The new file, durable under its name. `marker`: what stands behind the last group of the file that is written on.
  func write(
    _ active: Catalogue.Active, marker: (group: UInt32, milliseconds: Int64, step: Int)?, step: Int
  ) throws(LogError) -> (ActiveFile, [BlockPlace]) {
    let manifest = catalogue.manifest
    let scan = try ActiveScan(active.file, active.name, manifest: manifest) { () throws(LogError) in nil }
    let head = SegmentHead(log: manifest.id, origin: manifest.origin, frontier: scan.before)
    let name = FileNames.Active(first: active.name.first, generation: active.name.generation + 1)
    var blocks: [BlockPlace] = []
    let tree = marker == nil ? Frontier() : try catalogue.tree(after: active, scan.before)
    let file = try ActiveFile.create(name, head: head, disk: catalogue.disk, step: step) {
      (target, start) throws(LogError) in
      var at = start
      for place in active.blocks {
        let (bytes, length, lineBytes) = try block(place, from: active.file)
        try target.write(bytes.bytes, at: at)
        var new = place
        (new.offset, new.length, new.lineBytes) = (at, length, lineBytes)
        blocks.append(new)
        at += bytes.count
      }
      guard let marker else { return at }
      let builder = GroupBuilder(log: manifest.id)
      builder.begin(tree, group: marker.group, milliseconds: marker.milliseconds)
      builder.finishAsMarker()
      try target.write(builder.pages.bytes, at: at)
      return at + builder.pages.count
    }
    return (file, blocks)
  }

  /// One block with its pad, without what is to be left out; its length without the pad, and that of its lines.
  private func block(
    _ place: BlockPlace, from file: any DiskFile
  ) throws(LogError) -> (bytes: ByteBuffer, length: Int, lineBytes: Int) {
    let stored = ByteBuffer()
    try file.load(place.length, at: place.offset, into: stored)
    guard stored.count == place.length, var header = BlockHeader(stored.bytes) else {
      throw .damaged(Damage(file: file.path, offset: place.offset, leaves: place.first..<place.end, kind: .header))
    }
    let builder = VaultFrame.Builder()
    for record in try VaultFrame.load(place, from: file) {
      guard let rest = try omission.remains(record) else { continue }
      builder.add(rest, leaf: Int(record.seq - place.first))
    }
    let result = ByteBuffer()
    result.appendZeros(BlockHeader.length)
    header.vaultLength = UInt32(builder.finish(into: result))
    let frame = stored.bytes.part(place.length - Int(header.frameLength), Int(header.frameLength))
    if (place.first..<place.end).contains(where: omission.redacts) {
      let lines = try redacted(place, header, frame, file.path)
      let start = result.count
      DataFrame.append(lines.bytes, level: .fast, to: result)
      let new = result.bytes.part(start, result.count - start)
      (header.lineBytes, header.frameLength) = (UInt32(lines.count), UInt32(new.count))
      header.frameCRC = crc32c(new)
    } else {
      result.append(frame)
    }
    header.flags.insert(.rewritten)
    header.write(to: result.mutableBytes.part(0, BlockHeader.length))
    let length = result.count
    Padding.appendPad(to: result)
    return (result, length, Int(header.lineBytes))
  }

  private func redacted(
    _ place: BlockPlace, _ header: BlockHeader, _ frame: UnsafeRawBufferPointer, _ path: String
  ) throws(LogError) -> ByteBuffer {
    let decoder = BlockDecoder()
    guard decoder.decode(header, frame: frame, log: catalogue.manifest.id) == nil, let block = decoder.block() else {
      throw .damaged(Damage(file: path, offset: place.offset, leaves: place.first..<place.end, kind: .frame))
    }
    let lines = ByteBuffer()
    for index in 0..<block.count {
      let (line, seq) = (block.line(index), block.first + UInt64(index))
      if omission.redacts(seq) { lines.append(Redaction(of: line, seq: seq).line) } else { lines.append(line) }
      lines.append([10])
    }
    return lines
  }
}

extension Catalogue {
  /// The tree after the last block of an active file, from the tree before it.
  fileprivate func tree(after active: Active, _ before: Frontier) throws(LogError) -> Frontier {
    var tree = before
    let decoder = BlockDecoder()
    for place in active.blocks {
      guard try decoder.load(place, from: active.file, log: manifest.id) == nil else {
        throw .damaged(Damage(
          file: active.file.path, offset: place.offset, leaves: place.first..<place.end, kind: .frame))
      }
      decoder.appendLeaves(to: &tree)
    }
    return tree
  }
}
