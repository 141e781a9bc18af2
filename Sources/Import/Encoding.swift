import Glibc
import Vocabulary

/// How a file's bytes stand for letters.
public enum Encoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case gb18030
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"
}

/// Bytes in a declared encoding → UTF-8, block by block.
///
/// What the encoding does not know becomes the byte FF, which no UTF-8 holds: the row that has it is quarantined, and
/// no other.
struct Decoder: ~Copyable {
  /// Stands for bytes that could not be decoded.
  static let undecodable: UInt8 = 0xFF

  private let encoding: Encoding
  private let iconv: iconv_t?
  /// Bytes of a letter that the next block continues.
  private var rest: [UInt8] = []
  private var atStart = true

  init(_ encoding: Encoding, file: String) throws(ImportError) {
    self.encoding = encoding
    guard encoding == .gb18030 else {
      iconv = nil
      return
    }
    let opened = iconv_open("UTF-8", "GB18030")
    guard let opened, Int(bitPattern: opened) != -1 else {
      throw ImportError(.unknownEncoding(encoding.rawValue), file: file)
    }
    iconv = opened
  }

  deinit { if let iconv { iconv_close(iconv) } }

  /// Appends `block` in UTF-8 to `text`. An empty block is the end of the file.
  mutating func decode(_ block: ArraySlice<UInt8>, into text: inout [UInt8]) {
    switch encoding {
    case .utf8:
      let isMarked = atStart && block.starts(with: [0xEF, 0xBB, 0xBF])
      text.append(contentsOf: isMarked ? block.dropFirst(3) : block)
    case .latin1: for byte in block { Decoder.append(UInt16(byte), to: &text) }
    case .windows1252:
      for byte in block {
        Decoder.append((0x80...0x9F).contains(byte) ? Decoder.windows1252[Int(byte) - 0x80] : UInt16(byte), to: &text)
      }
    case .gb18030: convert(block, into: &text)
    }
    atStart = false
  }

  private static func append(_ letter: UInt16, to text: inout [UInt8]) {
    switch letter {
    case 0..<0x80: text.append(UInt8(letter))
    case 0x80..<0x800: text.append(contentsOf: [UInt8(0xC0 | letter >> 6), UInt8(0x80 | letter & 0x3F)])
    case 0xFFFF: text.append(undecodable)
    default: text.append(contentsOf: [UInt8(0xE0 | letter >> 12), UInt8(0x80 | letter >> 6 & 0x3F), UInt8(0x80 | letter & 0x3F)])
    }
  }

  /// Unicode of 80…9F in windows-1252 (WHATWG index); FFFF where the encoding has no letter.
  private static let windows1252: [UInt16] = [
    0x20AC, 0xFFFF, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFF, 0x017D,
    0xFFFF, 0xFFFF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFF,
    0x017E, 0x0178,
  ]

  /// GB18030 through the system's iconv.
  private mutating func convert(_ block: ArraySlice<UInt8>, into text: inout [UInt8]) {
    let isLast = block.isEmpty
    rest.append(contentsOf: block)
    var done = 0
    while done < rest.count {
      let (read, failure) = Decoder.step(iconv, rest[done...], into: &text)
      done += read
      switch failure {
      case EILSEQ:
        text.append(Decoder.undecodable)
        done += 1
      case EINVAL where isLast:
        text.append(Decoder.undecodable)
        done = rest.count
      case EINVAL:
        rest.removeFirst(done)
        return
      default: break  // E2BIG: go on with room for more
      }
    }
    rest.removeAll(keepingCapacity: true)
  }

  /// Converts as much as fits into one buffer. Returns the bytes read and the system's error, 0 for none.
  private static func step(_ iconv: iconv_t?, _ bytes: ArraySlice<UInt8>, into text: inout [UInt8]) -> (read: Int, failure: Int32) {
    var input = Array(bytes.prefix(1 << 16))
    let wasCut = input.count < bytes.count
    var buffer = [UInt8](repeating: 0, count: input.count * 2 + 8)
    var left = input.count
    var room = buffer.count
    let failure: Int32 = input.withUnsafeMutableBytes { source in
      buffer.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        return Glibc.iconv(iconv, &from, &left, &to, &room) == -1 ? errno : 0
      }
    }
    text.append(contentsOf: buffer[..<(buffer.count - room)])
    let read = input.count - left
    return (read, failure == EINVAL && wasCut && read > 0 ? 0 : failure)
  }
}
