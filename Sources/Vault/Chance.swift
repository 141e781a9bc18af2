import Synchronization

/// Random bytes, handed in: the system's for service, a seed's where the same run must give the same log.
public final class Chance: Sendable {
  private let generator: Mutex<any RandomNumberGenerator & Sendable>

  public init(_ generator: any RandomNumberGenerator & Sendable) { self.generator = Mutex(generator) }

  /// The system's source, fit for keys.
  public static var system: Chance { Chance(SystemRandomNumberGenerator()) }

  public func bytes(_ count: Int) -> [UInt8] {
    generator.withLock { generator in
      var bytes: [UInt8] = []
      while bytes.count < count { withUnsafeBytes(of: generator.next().littleEndian) { bytes += $0 } }
      return Array(bytes[..<count])
    }
  }
}
