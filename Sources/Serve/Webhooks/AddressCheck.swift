import Foundation
import Glibc

/// Whether a URL leads to this machine or into a private network. Whoever may add webhooks must not be able to ask, through
/// the server, what only the server can reach. A name is looked up; that its owner changes it a moment later is not seen.
enum AddressCheck {
  static func isPrivate(_ url: String) -> Bool {
    guard let parts = URLComponents(string: url), parts.scheme == "https" || parts.scheme == "http", let host = parts.host, !host.isEmpty else {
      return true
    }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")), nil, &hints, &found) == 0 else { return false }
    defer { freeaddrinfo(found) }
    var next = found
    while let entry = next?.pointee {
      if isPrivate(entry) { return true }
      next = entry.ai_next
    }
    return false
  }

  private static func isPrivate(_ entry: addrinfo) -> Bool {
    guard let address = entry.ai_addr else { return true }
    if entry.ai_family == AF_INET {
      return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { isPrivate(v4: UInt32(bigEndian: $0.pointee.sin_addr.s_addr)) }
    }
    guard entry.ai_family == AF_INET6 else { return true }
    return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
      withUnsafeBytes(of: pointer.pointee.sin6_addr) { isPrivate(v6: Array($0)) }
    }
  }

  /// RFC 6890: this host, private, shared, link-local, and what is no unicast.
  static func isPrivate(v4 address: UInt32) -> Bool {
    let blocks: [(UInt32, UInt32)] = [
      (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC0A8_0000, 16), (0xC000_0000, 24),
      (0xC612_0000, 15), (0xE000_0000, 3),
    ]
    return blocks.contains { block, bits in address >> (32 - bits) == block >> (32 - bits) }
  }

  static func isPrivate(v6 bytes: [UInt8]) -> Bool {
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return isPrivate(v4: bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })
    }
    let isUnique = bytes[0] & 0xFE == 0xFC
    let isLink = bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    return bytes[..<15].allSatisfy { $0 == 0 } || isUnique || isLink || bytes[0] == 0xFF
  }
}
