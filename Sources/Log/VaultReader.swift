// What events have in the vault, wherever it lies.

extension LogReader {
  /// The vault record of event `seq`: `nil` where it has none, or has none any more.
  ///
  /// Throws `damaged` where bytes of the vault are not those that were written; the event's line is whole all the same.
  public func vaultRecord(at seq: UInt64) throws(LogError) -> [UInt8]? {
    var attempt = 0
    while true {
      do throws(LogError) {
        return try catalogue.vaultRecord(at: seq)
      } catch {
        // The writer may have sealed the event, or taken records out, since this reader looked.
        guard case .disk("open", _, _) = error, attempt < 3 else { throw error }
        attempt += 1
        try refresh()
        catalogue.forgetVaults()
      }
    }
  }

  /// All vault records, ascending by event. The bytes are checked; damage is handed to `damaged` and passed over.
  public func forEachVaultRecord(
    _ body: (VaultRecord) throws -> Void, damaged: (Damage) throws -> Void
  ) throws {
    let state = catalogue.snapshot
    let files = try VaultFile.all(catalogue.disk).filter { $0.first < state.sealed }
    for name in files {
      guard let file = try VaultFile(name, disk: catalogue.disk, log: manifest.id) else {
        try damaged(Damage(file: name.path, offset: 0, leaves: name.first..<name.first, kind: .vault))
        continue
      }
      for seq in file.numbers {
        do {
          if let bytes = try file.record(at: seq) { try body(VaultRecord(seq: seq, bytes: bytes)) }
        } catch LogError.damaged(let damage) {
          try damaged(damage)
        }
      }
    }
    for active in state.actives {
      for place in active.blocks {
        for record in try VaultFrame.load(place, from: active.file)
        where record.seq >= state.sealed && record.seq < state.head.size { try body(record) }
      }
    }
  }
}

extension Catalogue {
  /// The vault record of an event, from the vault of its segment or from its block in an active file.
  fileprivate func vaultRecord(at seq: UInt64) throws(LogError) -> [UInt8]? {
    guard seq < head.size else { return nil }
    if seq < sealed {
      let leaves = UInt64(manifest.segmentLeaves)
      return try vaultFile(of: seq / leaves * leaves)?.record(at: seq)
    }
    let (file, place) = try locate(seq)
    let records = try vaultRecords(place, in: file)
    var (low, high) = (0, records.count)
    while low < high {
      let middle = (low + high) / 2
      if records[middle].seq < seq { low = middle + 1 } else { high = middle }
    }
    return low < records.count && records[low].seq == seq ? records[low].bytes : nil
  }
}

extension VaultFile {
  /// The newest vault file of every segment that has one, ascending.
  static func all(_ disk: any Disk) throws(LogError) -> [FileNames.Vault] {
    var newest: [UInt64: FileNames.Vault] = [:]
    for name in try disk.list(FileNames.vaultDirectory).compactMap({ FileNames.vault($0) }) {
      if name.generation >= newest[name.first]?.generation ?? 0 { newest[name.first] = name }
    }
    return newest.values.sorted()
  }
}

extension VaultFrame {
  /// The records of the block at `place`; none for a block without a vault frame.
  static func load(_ place: BlockPlace, from file: any DiskFile) throws(LogError) -> [VaultRecord] {
    let buffer = ByteBuffer()
    try file.load(BlockHeader.length, at: place.offset, into: buffer)
    guard let header = BlockHeader(buffer.bytes) else { return [] }
    guard header.vaultLength > 0 else { return [] }
    try file.load(Int(header.vaultLength), at: place.offset + BlockHeader.length, into: buffer)
    guard let entries = records(buffer.bytes, leaves: Int(header.count)) else {
      throw .damaged(Damage(
        file: file.path, offset: place.offset, leaves: place.first..<place.first, kind: .vault))
    }
    return entries.map { VaultRecord(seq: place.first + UInt64($0.leaf), bytes: Array($0.bytes)) }
  }
}
