import Answers
import Foundation
import Synchronization

/// Evidence packages that wait to be fetched: `packages/ID.zip` in the data folder. None outlives the server that made it.
final class Packages: Sendable {
  /// Packages that are kept; the oldest goes first.
  static let most = 20

  private let folder: String
  private let ids = Mutex<[String]>([])

  init(_ dataPath: String) {
    folder = dataPath + "/packages"
    try? FileManager.default.removeItem(atPath: folder)
  }

  func keep(_ archive: [UInt8], as id: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try OutsideFile.write(archive, to: path(id))
    let old = ids.withLock { ids in
      ids.append(id)
      return ids.count > Packages.most ? ids.removeFirst() : nil
    }
    if let old { try? FileManager.default.removeItem(atPath: path(old)) }
  }

  /// The archive of a job; `nil` where there is none any more.
  func archive(_ id: String) throws -> [UInt8]? {
    guard ids.withLock({ $0.contains(id) }) else { return nil }
    return try OutsideFile.read(path(id), limit: 2 * PackageLimit.bytes)
  }

  private func path(_ id: String) -> String { "\(folder)/\(id).zip" }
}
