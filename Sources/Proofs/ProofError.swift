/// Why something that was handed in as evidence is not, or why a statement was not signed. `code` is stable for
/// programs, `description` is for people.
public enum ProofError: Error, Equatable, Sendable {
  /// The formats that are read from outside.
  public enum Format: String, Sendable {
    case note, checkpoint, key, proof, policy, receipt, request
  }

  /// The bytes are not of the format; `line` counts from 1.
  case malformed(Format, line: Int, Reason)
  /// More bytes, lines, keys or hashes than `limit`.
  case tooLarge(Format, limit: Int)
  /// A signature of a key that we know does not fit the text.
  case badSignature(key: String)
  /// None of the keys that are trusted for this log has signed.
  case unsigned(origin: String)
  /// The statement is about another log.
  case otherLog(expected: String, found: String)
  /// The hashes do not lead from the events to the root that was signed, or from the old root to the new.
  case wrongHashes
  /// Not enough witnesses have signed for the policy's quorum.
  case quorum(name: String)
  /// A key of a kind that this program cannot use (the signature type of C2SP `signed-note`).
  case keyType(UInt8)
  /// The key is named otherwise than the log.
  case otherKey(expected: String, found: String)
  /// The log's origin cannot stand in a checkpoint or name a key.
  case badOrigin(String)
  /// No leaf of that number is in the tree that was signed.
  case outOfRange(seq: UInt64, size: UInt64)
  /// Nothing is signed: the log as it is now and a checkpoint that was signed before exclude each other. `saved` are
  /// the files, below the log's folder, that keep both.
  case contradiction(kept: Checkpoint, found: Checkpoint, saved: [String])
  /// A second root cannot be computed again: so many of the lines that it was made over gave place to their hash.
  case redacted(lines: UInt64)
  /// Another process is signing.
  case busy

  public enum Reason: String, Sendable {
    case controlCharacter, notText, noSignatures, signatureLine, keyName, keyID, base64, number, hash, header, ending
    case originLine, missingLine, extra, order, json, name, duplicateKey, duplicateName, unknownName, threshold
    case keyword, quorum, leftOver
  }

  public var code: String {
    switch self {
    case .malformed: "E-PROOF-FORMAT"
    case .tooLarge: "E-PROOF-LIMIT"
    case .badSignature: "E-PROOF-SIGNATURE"
    case .unsigned: "E-PROOF-UNSIGNED"
    case .otherLog: "E-PROOF-OTHER-LOG"
    case .wrongHashes: "E-PROOF-HASHES"
    case .quorum: "E-PROOF-QUORUM"
    case .keyType: "E-KEY-TYPE"
    case .otherKey: "E-KEY-OTHER"
    case .badOrigin: "E-PROOF-ORIGIN"
    case .outOfRange: "E-PROOF-RANGE"
    case .contradiction: "E-PROOF-FORKED"
    case .redacted: "E-PROOF-REDACTED"
    case .busy: "E-PROOF-BUSY"
    }
  }
}

extension ProofError: CustomStringConvertible {
  public var description: String { "\(code): \(explanation)" }

  private var explanation: String {
    switch self {
    case .malformed(let format, let line, let reason): "line \(line) is not of a \(format.rawValue): \(reason.rawValue)"
    case .tooLarge(let format, let limit): "the \(format.rawValue) has more than \(limit)"
    case .badSignature(let key): "the signature of \(key) does not fit the text"
    case .unsigned(let origin): "no trusted key of \(origin) has signed"
    case .otherLog(let expected, let found): "this is about \(found), not about \(expected)"
    case .wrongHashes: "the hashes do not lead to the signed root"
    case .quorum(let name): "the witnesses who signed are no quorum \(name)"
    case .keyType(let type): "keys of type \(type) cannot be used here"
    case .otherKey(let expected, let found): "the key is that of \(found), not of \(expected)"
    case .badOrigin(let origin): "\(origin) cannot stand in a checkpoint"
    case .outOfRange(let seq, let size): "no event \(seq) is among the \(size) that were signed"
    case .contradiction(let kept, let found, _):
      "the log's root at \(kept.size) is not the one that was signed; it has \(found.size) events now"
    case .redacted(let lines): "the second root cannot be compared: \(lines) lines gave place to their hash"
    case .busy: "another process is signing"
    }
  }
}
