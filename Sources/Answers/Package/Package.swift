import CZlib
import Vocabulary
import Wire

/// Bounds of a package, by name. A bound is inclusive.
public enum PackageLimit {
  /// Files in one package: what a ZIP archive counts without its 64-bit extension, less one.
  public static let files = 65_534
  /// Bytes of all files together.
  public static let bytes = 1 << 30
  /// Bytes of one attachment.
  public static let attachmentBytes = 256 << 20
  /// Events that also get a C2SP `tlog-proof` each; more are proved by `events.proof` alone.
  public static let singleProofs = 1_000
}

/// One file of a package.
public struct PackedFile: Equatable, Sendable {
  /// With `/` between folders; never absolute, never upwards.
  public let path: String
  public let bytes: [UInt8]

  public init(_ path: String, _ bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
  public init(_ path: String, text: String) { self.init(path, Array(text.utf8)) }
  /// Canonical JSON and a line feed.
  public init(_ path: String, json: JSON) { self.init(path, text: json.canonical + "\n") }

  /// SHA-256 in lower-case hexadecimal.
  public var hash: String { bytes.sha256Text }
}

/// Files that are handed out together, with a manifest of their hashes, and a custody line that says who took them out.
///
/// The manifest covers the content, so the same request gives the same manifest; custody and its hash are the only bytes
/// that tell one export from the next. Both lists have the form that `sha256sum -c` reads.
public struct Package: Sendable {
  public static let manifestPath = "MANIFEST.sha256"
  public static let custodyPath = "custody.json"
  public static let custodyHashPath = "CUSTODY.sha256"

  /// The content, by path.
  public let files: [PackedFile]
  public let manifest: PackedFile

  /// - Throws: `E-PACKAGE-SIZE` for more than `PackageLimit` allows.
  public init(_ files: [PackedFile]) throws {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    guard files.count + 3 <= PackageLimit.files, files.reduce(0, { $0 + $1.bytes.count }) <= PackageLimit.bytes else {
      throw Trouble.largePackage
    }
    manifest = PackedFile(Package.manifestPath, text: self.files.map { "\($0.hash)  \($0.path)\n" }.joined())
  }

  /// The archive.
  ///
  /// - Parameter custody: who took it out; the manifest's hash is added to it.
  public func archive(custody: JSONObject) -> [UInt8] {
    var line = custody
    line["manifest"] = .string(manifest.hash)
    let custody = PackedFile(Package.custodyPath, json: .object(line))
    let hashes = [custody, manifest].map { "\($0.hash)  \($0.path)\n" }.joined()
    return ZipArchive.bytes(of: files + [manifest, custody, PackedFile(Package.custodyHashPath, text: hashes)])
  }
}

/// A ZIP archive (APPNOTE.TXT 6.3) of stored files: no compression, no times, no owners, so that its bytes follow from the
/// files alone, and any unpacker, also Python's `zipfile`, reads it.
enum ZipArchive {
  /// 1 January 1980, the earliest day that the format can say.
  private static let date: UInt16 = 0x0021
  /// Names are UTF-8.
  private static let flags: UInt16 = 0x0800
  private static let version: UInt16 = 20
  /// Made on Unix: then the mode of each file counts.
  private static let madeBy: UInt16 = 3 << 8 | 20
  private static let mode: UInt32 = 0o100644 << 16

  /// - Parameter files: within `PackageLimit`.
  static func bytes(of files: [PackedFile]) -> [UInt8] {
    var archive: [UInt8] = []
    archive.reserveCapacity(files.reduce(0) { $0 + $1.bytes.count + 2 * $1.path.utf8.count + 100 })
    var directory: [UInt8] = []
    for file in files {
      let start = UInt32(archive.count)
      let entry = common(file)
      archive.add(UInt32(0x0403_4B50))
      archive += entry
      archive += Array(file.path.utf8) + file.bytes
      directory.add(UInt32(0x0201_4B50))
      directory.add(madeBy)
      directory += entry
      for _ in 0..<3 { directory.add(UInt16(0)) }  // comment, disk, inner attributes
      directory.add(mode)
      directory.add(start)
      directory += Array(file.path.utf8)
    }
    let (start, count) = (UInt32(archive.count), UInt16(files.count))
    archive += directory
    archive.add(UInt32(0x0605_4B50))
    for number in [0, 0, count, count] { archive.add(number) }
    archive.add(UInt32(directory.count))
    archive.add(start)
    archive.add(UInt16(0))
    return archive
  }

  /// What stands alike before a file and in the directory.
  private static func common(_ file: PackedFile) -> [UInt8] {
    var entry: [UInt8] = []
    for number in [version, flags, 0, 0, date] { entry.add(number) }
    entry.add(file.bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) })
    for _ in 0..<2 { entry.add(UInt32(file.bytes.count)) }
    entry.add(UInt16(file.path.utf8.count))
    entry.add(UInt16(0))
    return entry
  }
}

extension [UInt8] {
  /// Little-endian.
  fileprivate mutating func add(_ number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

extension Trouble {
  fileprivate static var largePackage: Trouble {
    Trouble(
      .cannotCreate, "E-PACKAGE-SIZE",
      Name(
        "a package holds at most \(PackageLimit.files) files and \(PackageLimit.bytes) bytes",
        "一个证据包最多 \(PackageLimit.files) 个文件、\(PackageLimit.bytes) 字节"),
      unharmed: Unharmed.everything,
      remedy: Name("ask for less: one contract, an earlier --as-of, fewer attachments", "请缩小范围：单份合同、较早的 --as-of 或更少的附件"))
  }
}
