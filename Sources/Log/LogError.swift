/// Where and what a log's files fail to be what was once acknowledged.
public struct Damage: Error, Equatable, Sendable {
  /// What is wrong with the bytes.
  public enum Kind: String, Sendable {
    /// A block header's own checksum fails, or a field in it cannot be.
    case header
    /// A data frame fails its checksum or does not decode to what its header says.
    case frame
    /// The lines are whole blocks, but their hashes do not give the root in the header.
    case root
    /// A block that belongs to another log, or to another place in this one.
    case foreign
    /// Bytes are missing that a later part of the log proves durable.
    case missing
    /// The head line of a segment or active file.
    case head
    /// The footer of a sealed segment.
    case footer
    /// Padding that is not the frame of zeros it must be.
    case padding
    /// A frame or file of the vault. The lines are whole.
    case vault
    /// A line that is empty, too long, or carries another `seq` than its place.
    case line
  }

  /// Path below the log's directory.
  public let file: String
  /// Byte in `file` at which the damaged part begins.
  public let offset: Int
  /// The leaves that cannot be read, half open. Empty when only derived bytes are wrong and every line is whole.
  public let leaves: Range<UInt64>
  public let kind: Kind

  public init(file: String, offset: Int, leaves: Range<UInt64>, kind: Kind) {
    (self.file, self.offset, self.leaves, self.kind) = (file, offset, leaves, kind)
  }
}

/// Why the log refused or failed. Each case says where; `code` is stable for programs, `description` is for people.
public enum LogError: Error, Equatable, Sendable {
  /// The disk failed `operation` on `path` with the system's error number.
  case disk(operation: String, path: String, errno: Int32)
  /// Another writer holds the lock.
  case locked(path: String)
  /// The directory already holds a log.
  case exists(path: String)
  /// There is no log at this path, or its `LOG.json` cannot be read.
  case notALog(path: String, reason: String)
  /// The log is of a format that this program does not know.
  case unknownFormat(path: String, found: String)
  /// Bytes that were acknowledged are not there any more. What is undamaged stays readable.
  case damaged(Damage)
  /// A draft was refused before anything was written.
  case refused(draft: Int, Refusal)
  /// The batch is empty or larger than `limit` events or bytes.
  case batchSize(found: Int, limit: Int)
  /// Nothing was written: the subject has another number of events than the caller expected.
  case wrongExpectedVersion(subject: String, expected: Int, actual: Int)
  /// Nothing was written: the id of a draft names event `seq`, which says something else.
  case idReused(draft: Int, id: String, seq: UInt64)
  /// A write or sync failed while this batch was under way: it may or may not be in the log after reopening.
  case unknownOutcome(cause: String)
  /// The writer has stopped, after an earlier failure or at close. Nothing of this batch was written.
  case stopped(cause: String)
  /// The log was opened for reading only.
  case readOnly
  /// No leaf of this number: the log ends before it.
  case outOfRange(seq: UInt64, size: UInt64)
  /// Sealing failed and so many leaves wait to be sealed that appending had to stop. Nothing of this batch was written.
  case sealingFailed(cause: String)
  /// A copy of the log cannot be used to repair it.
  case copyUnusable(reason: String)
  /// The index of older events could not answer.
  case index(cause: String)

  /// What was wrong with a draft.
  public enum Refusal: String, Sendable {
    case empty, tooLong, lineFeed, nul, shape, reservedID
  }

  /// Stable name for programs, translators and documentation.
  public var code: String {
    switch self {
    case .disk: "E-LOG-DISK"
    case .locked: "E-LOG-LOCKED"
    case .exists: "E-LOG-EXISTS"
    case .notALog: "E-LOG-NONE"
    case .unknownFormat: "E-LOG-FORMAT"
    case .damaged: "E-LOG-DAMAGED"
    case .refused: "E-LOG-LINE"
    case .batchSize: "E-LOG-BATCH"
    case .wrongExpectedVersion: "E-LOG-VERSION"
    case .idReused: "E-LOG-ID"
    case .unknownOutcome: "E-LOG-UNKNOWN"
    case .stopped: "E-LOG-STOPPED"
    case .readOnly: "E-LOG-READONLY"
    case .outOfRange: "E-LOG-RANGE"
    case .sealingFailed: "E-LOG-SEALING"
    case .copyUnusable: "E-LOG-COPY"
    case .index: "E-LOG-INDEX"
    }
  }
}

extension LogError: CustomStringConvertible {
  public var description: String { "\(code): \(explanation)" }

  private var explanation: String {
    switch self {
    case .disk(let operation, let path, let number): "\(operation) \(path) failed with error number \(number)"
    case .locked(let path): "\(path) is held by another writer"
    case .exists(let path): "\(path) already holds a log"
    case .notALog(let path, let reason): "no log at \(path): \(reason)"
    case .unknownFormat(let path, let found): "\(path) is of format \(found), which this program does not know"
    case .damaged(let damage): damage.description
    case .refused(let draft, let why): "draft \(draft) of the batch was refused: \(why.rawValue)"
    case .batchSize(let found, let limit): "the batch has \(found), allowed is 1 to \(limit)"
    case .wrongExpectedVersion(let subject, let expected, let actual):
      "\(subject) has \(actual) events, expected were \(expected)"
    case .idReused(let draft, let id, let seq): "draft \(draft) of the batch says something else than event \(seq), which has its id \(id)"
    case .unknownOutcome(let cause): "the batch may or may not be stored: \(cause)"
    case .stopped(let cause): "the writer has stopped: \(cause)"
    case .readOnly: "the log is open for reading only"
    case .outOfRange(let seq, let size): "no event \(seq): the log has \(size)"
    case .sealingFailed(let cause): "too many events wait to be sealed, and sealing failed: \(cause)"
    case .copyUnusable(let reason): "the copy cannot repair this log: \(reason)"
    case .index(let cause): "the index of older events failed: \(cause)"
    }
  }
}

extension Damage: CustomStringConvertible {
  public var description: String {
    let lost = leaves.isEmpty ? "every event is whole" : "events \(leaves.lowerBound) to \(leaves.upperBound - 1)"
    return "\(file) is damaged at byte \(offset) (\(kind.rawValue)): \(lost)"
  }
}
