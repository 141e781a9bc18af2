public import Log

/// Where keys live: a folder, or a service that keeps keys for others. Apart from the log and from the log's backups.
///
/// Whatever stands behind it must keep two promises. A key that `keys(of:)` has given is durable: what is sealed with it
/// is acknowledged. A key that `destroy` has taken cannot be had from here again, whatever happens: its value counts as
/// erased.
public protocol KeyStore: AnyObject, Sendable {
  /// The keys with which to seal for these owners. Those that have none get one; all are durable when this returns.
  func keys(of owners: Set<KeyOwner>) throws(KeyError) -> [KeyOwner: PersonalKey]
  /// The key of that name; `nil` if it is not here.
  func key(_ id: KeyID) throws(KeyError) -> PersonalKey?
  /// All keys that are here, by their owners.
  func owners() throws(KeyError) -> [KeyID: KeyOwner]
  /// Destroys keys and leaves a tombstone for each, durable when it returns. A key that is not here is passed over.
  func destroy(_ ids: Set<KeyID>) throws(KeyError)
  func tombstones() throws(KeyError) -> [Tombstone]
  /// Notes the event by which the log says that these keys are destroyed.
  func confirm(_ ids: Set<KeyID>, event: UInt64) throws(KeyError)
  /// Where and when the keys were copied for safety: what an erasure cannot reach.
  func backups() throws(KeyError) -> [KeyBackup]
}

/// A copy of the keys that was made on purpose.
public struct KeyBackup: Hashable, Sendable {
  /// In milliseconds since 1970, UTC.
  public let time: Int64
  public let place: String

  public init(time: Int64, place: String) { (self.time, self.place) = (time, place) }
}

/// Why keys could not be had or destroyed.
public enum KeyError: Error, Equatable, Sendable {
  case disk(LogError)
  /// The file of keys is not as it was written.
  case damaged(path: String, offset: Int)
  /// A write failed before; the store must be opened again.
  case stopped
  /// There is no file of keys for this log in that folder.
  case none(path: String)
  /// The keys are those of another log.
  case otherLog(path: String, log: String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .disk: "E-KEYS-DISK"
    case .damaged: "E-KEYS-DAMAGED"
    case .stopped: "E-KEYS-STOPPED"
    case .none: "E-KEYS-NONE"
    case .otherLog: "E-KEYS-LOG"
    }
  }
}
