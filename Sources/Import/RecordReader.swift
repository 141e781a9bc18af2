import Vocabulary

/// Splits a file into records: RFC 4180 with one delimiter byte, or cells between runs of blanks.
///
/// A record that cannot be split is reported with its line, and reading goes on with the line after its first: a
/// forgotten quote costs its own line and no other. Time is linear in the bytes but for such lines, of which each may
/// cost `recordLimit` bytes of looking ahead. Memory is one block, one record limit and one record.
final class RecordReader {
  enum Outcome {
    case record
    case broken(RowProblem.Reason)
    case end
  }

  let source: ByteSource
  private let format: Format
  private let nulls: [[UInt8]]
  private var decoder: Decoder
  /// Decoded bytes; those before `position` are done with. See `Row` on exclusivity.
  @exclusivity(unchecked) private var buffer: [UInt8] = []
  @exclusivity(unchecked) private var position = 0
  @exclusivity(unchecked) private var isAtEnd = false
  /// The line at `position`, from 1.
  @exclusivity(unchecked) private var line = 1
  /// What the last record took of the buffer.
  @exclusivity(unchecked) private var recordRange = 0..<0
  /// Whether line breaks may stand within the record at hand.
  @exclusivity(unchecked) private var hasQuote = false

  init(path: String, format: Format) throws(ImportError) {
    source = try ByteSource(path: path)
    decoder = try Decoder(format.encoding, file: path)
    self.format = format
    nulls = format.nulls.map { Array($0.utf8) }
    for _ in 0..<format.skippedLines { try skipLine() }
  }

  /// Reads the next record into `row`. Wholly empty lines are passed over.
  func next(into row: Row) throws(ImportError) -> Outcome {
    while true {
      row.clear()
      var scan = try attempt(row)
      while scan == nil {
        try fill()
        row.clear()
        scan = try attempt(row)
      }
      guard let scan else { return .end }
      row.line = line
      switch scan {
      case .end: return .end
      case .record(let after):
        let isEmpty = consume(upTo: after)
        if isEmpty || row.cells.isEmpty { continue }
        return finish(row)
      case .broken(let reason):
        try consumeLine()
        return .broken(reason)
      }
    }
  }

  private enum Scan {
    case record(after: Int)
    case broken(RowProblem.Reason)
    case end
  }

  /// One try at a record within the buffer; `nil` where it needs more bytes.
  private func attempt(_ row: Row) throws(ImportError) -> Scan? {
    if position >= buffer.count { return isAtEnd ? .end : nil }
    hasQuote = false
    return format.delimiter == .blanks ? scanBlanks(row) : scanCells(row)
  }

  private func fill() throws(ImportError) {
    buffer.removeFirst(position)
    position = 0
    let block = try source.next()
    decoder.decode(block, into: &buffer)
    isAtEnd = block.isEmpty
  }

  /// Moves behind a record; says whether it was an empty line.
  private func consume(upTo after: Int) -> Bool {
    var end = after
    if end > position, buffer[end - 1] == 0x0A { end -= 1 }
    recordRange = position..<end
    if after > end { line += 1 }
    // Within a record line breaks stand only between quotes.
    if hasQuote { for place in position..<end where buffer[place] == 0x0A { line += 1 } }
    position = after
    return recordRange.isEmpty || (recordRange.count == 1 && buffer[recordRange.lowerBound] == 0x0D)
  }

  /// Moves behind the line at `position`. Of a line without end no more than twice the record limit is kept.
  private func consumeLine() throws(ImportError) {
    var searched = 0
    while true {
      let found = buffer[(position + searched)...].firstIndex(of: 0x0A)
      if let end = found ?? (isAtEnd ? buffer.count : nil) {
        _ = consume(upTo: min(end + 1, buffer.count))
        return
      }
      if buffer.count - position > format.recordLimit * 2 { buffer.removeSubrange((position + format.recordLimit)...) }
      searched = buffer.count - position
      try fill()
    }
  }

  private func skipLine() throws(ImportError) {
    while position >= buffer.count, !isAtEnd { try fill() }
    if position < buffer.count { try consumeLine() }
  }

  /// Checks the encoding, drops blanks around the cells, and blanks the words that stand for nothing.
  private func finish(_ row: Row) -> Outcome {
    guard (try? UTF8Span(validating: row.bytes.span)) != nil else { return .broken(.notDecodable) }
    if !format.keepsBlanks {
      for place in row.cells.indices { row.cells[place] = row.trimmed(row.cells[place]) }
    }
    if !nulls.isEmpty {
      for place in row.cells.indices where nulls.contains(where: { row.equals(row.cells[place], $0) }) {
        row.cells[place] = row.cells[place].lowerBound..<row.cells[place].lowerBound
      }
    }
    return .record
  }
}

// Where cells end.

extension RecordReader {
  private func scanBlanks(_ row: Row) -> Scan? {
    var place = position
    while true {
      while place < buffer.count, buffer[place] == 0x20 || buffer[place] == 0x09 { place += 1 }
      if place - position > format.recordLimit { return .broken(.tooLong(limit: format.recordLimit)) }
      let start = row.bytes.count
      let cell = place
      while place < buffer.count, buffer[place] != 0x20, buffer[place] != 0x09, buffer[place] != 0x0A { place += 1 }
      row.bytes.append(contentsOf: buffer[cell..<place])
      if place - position > format.recordLimit { return .broken(.tooLong(limit: format.recordLimit)) }
      guard place < buffer.count || isAtEnd else { return nil }
      let isLast = place >= buffer.count || buffer[place] == 0x0A
      if isLast, row.bytes.count > start, row.bytes.last == 0x0D { row.bytes.removeLast() }
      if row.bytes.count > start { row.cells.append(start..<row.bytes.count) }
      if isLast { return .record(after: min(place + 1, buffer.count)) }
    }
  }

  private func scanCells(_ row: Row) -> Scan? {
    guard case .byte(let delimiter) = format.delimiter else { return nil }
    if let end = plainEnd(row, delimiter) { return .record(after: end) }
    row.clear()
    hasQuote = true
    var place = position
    while true {
      let start = row.bytes.count
      if place < buffer.count, buffer[place] == format.quote {
        guard let problem = scanQuoted(row, &place, delimiter) else { return nil }
        if let problem = problem.problem { return .broken(problem) }
      } else {
        let cell = place
        while place < buffer.count, buffer[place] != delimiter, buffer[place] != 0x0A { place += 1 }
        row.bytes.append(contentsOf: buffer[cell..<place])
        let ends = place >= buffer.count || buffer[place] == 0x0A
        if ends, row.bytes.count > start, row.bytes.last == 0x0D { row.bytes.removeLast() }
      }
      if place - position > format.recordLimit { return .broken(.tooLong(limit: format.recordLimit)) }
      guard place < buffer.count || isAtEnd else { return nil }
      row.cells.append(start..<row.bytes.count)
      if place >= buffer.count || buffer[place] == 0x0A { return .record(after: min(place + 1, buffer.count)) }
      place += 1
    }
  }

  /// Splits a record without quotes, in one pass over its bytes; gives the place behind it. `nil` where it has a quote, no
  /// end within the buffer, or too many bytes.
  private func plainEnd(_ row: Row, _ delimiter: UInt8) -> Int? {
    let limit = min(buffer.count, position + format.recordLimit + 1)
    let (quote, start) = (format.quote ?? 0x0A, position)
    let end: Int? = buffer.withUnsafeBufferPointer { buffer in
      var (place, cell) = (start, start)
      while place < limit {
        let byte = buffer[place]
        if byte == delimiter {
          row.cells.append(cell - start..<place - start)
          cell = place + 1
        } else if byte == 0x0A {
          let isReturn = place > cell && buffer[place - 1] == 0x0D
          row.cells.append(cell - start..<place - start - (isReturn ? 1 : 0))
          row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<place]))
          return place + 1
        } else if byte == quote {
          return nil
        }
        place += 1
      }
      return nil
    }
    return end
  }

  /// Reads a quoted cell and leaves `place` at the delimiter or line break behind it. `nil`: more bytes are needed.
  private func scanQuoted(_ row: Row, _ place: inout Int, _ delimiter: UInt8) -> (problem: RowProblem.Reason?, Void)? {
    place += 1
    while true {
      let plain = place
      while place < buffer.count, buffer[place] != format.quote { place += 1 }
      row.bytes.append(contentsOf: buffer[plain..<place])
      guard place - position <= format.recordLimit else { return (.unclosedQuote, ()) }
      guard place < buffer.count else { return isAtEnd ? (.unclosedQuote, ()) : nil }
      guard place + 1 < buffer.count || isAtEnd else { return nil }
      if place + 1 < buffer.count, buffer[place + 1] == format.quote {
        row.bytes.append(buffer[place])
        place += 2
        continue
      }
      place += 1
      if place < buffer.count, buffer[place] == 0x0D {
        guard place + 1 < buffer.count || isAtEnd else { return nil }
        if place + 1 >= buffer.count || buffer[place + 1] == 0x0A { place += 1 }
      }
      let isEnd = place >= buffer.count || buffer[place] == delimiter || buffer[place] == 0x0A
      return (isEnd ? nil : .textAfterQuote, ())
    }
  }
}
