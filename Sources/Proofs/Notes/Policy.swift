import Log

/// Whose signatures count, after C2SP `tlog-policy`: keys of the log, witnesses, how many of these must have signed.
///
///     log example.com/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
///     witness w1 witness.example/w1+…
///     witness w2 witness.example/w2+…
///     group both all w1 w2
///     quorum both
public struct Policy: Equatable, Sendable {
  public struct Witness: Equatable, Sendable {
    public let name: String
    public let key: VerifierKey
  }

  /// Members of which at least `threshold` must have witnessed.
  struct Group: Equatable, Sendable {
    let name: String
    let threshold: Int
    let members: [String]
  }

  public private(set) var logs: [VerifierKey] = []
  public private(set) var witnesses: [Witness] = []
  private var groups: [Group] = []
  /// Name of a witness or group; `none` asks for no witness.
  public private(set) var quorum = Policy.none

  static let none = "none"

  /// One log and no witness.
  public init(log key: VerifierKey) { logs = [key] }

  /// The file's text for one log and no witness, to be laid beside a log.
  public static func text(log key: VerifierKey) -> String {
    """
    # Whose signatures count for this log (C2SP tlog-policy). A copy for convenience: whoever can change the log can
    # change this file too, so take the key from somewhere else and compare.
    log \(key.text)
    quorum none

    """
  }

  /// Who signed a checkpoint, and when.
  public struct Endorsement: Equatable, Sendable {
    public let log: VerifierKey
    /// Witnesses whose signature is valid, with the time that each gives, in seconds since 1970.
    public let witnesses: [(name: String, time: UInt64)]

    public static func == (a: Endorsement, b: Endorsement) -> Bool {
      a.log == b.log && a.witnesses.elementsEqual(b.witnesses) { $0.name == $1.name && $0.time == $1.time }
    }
  }
}

extension Policy {
  /// Reads a policy, or keys alone, one a line: then each may sign for the log, and no witness is asked for.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    guard bytes.count <= ProofLimit.keyBytes else { throw .tooLarge(.policy, limit: ProofLimit.keyBytes) }
    if let place = bytes.firstIndex(where: { $0 < 0x20 && $0 != 10 && $0 != 9 || $0 == 0x7F }) {
      throw .malformed(.policy, line: 1 + bytes[..<place].count { $0 == 10 }, .controlCharacter)
    }
    var quorum: String?
    var keysAlone = true
    for (number, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      let words = line.split { $0 == 0x20 || $0 == 9 }.map { String(decoding: $0, as: UTF8.self) }
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      if words.count == 1, first.contains("+") {
        try addLog(first, number + 1)
        continue
      }
      keysAlone = false
      guard first == "quorum" else {
        try add(words, number + 1)
        continue
      }
      guard quorum == nil, words.count == 2, words[1] == Policy.none || isKnown(words[1]) else {
        throw .malformed(.policy, line: number + 1, .quorum)
      }
      quorum = words[1]
    }
    guard let quorum = quorum ?? (keysAlone && !logs.isEmpty ? Policy.none : nil) else {
      throw .malformed(.policy, line: 1 + bytes.count { $0 == 10 }, .quorum)
    }
    self.quorum = quorum
  }

  private init() {}

  private mutating func add(_ words: [String], _ line: Int) throws(ProofError) {
    switch (words[0], words.count) {
    case ("log", 2...3): try addLog(words[1], line)
    case ("witness", 3...4):
      try checkNew(words[1], line)
      let key = try VerifierKey(words[2])
      guard key.kind != .ed25519 else { throw .keyType(key.kind.rawValue) }
      guard !witnesses.contains(where: { $0.key.key == key.key }) else {
        throw .malformed(.policy, line: line, .duplicateKey)
      }
      witnesses.append(Witness(name: words[1], key: key))
    case ("group", 4...): try addGroup(words, line)
    default: throw .malformed(.policy, line: line, .keyword)
    }
    guard witnesses.count <= ProofLimit.policyEntries, groups.count <= ProofLimit.policyEntries else {
      throw .tooLarge(.policy, limit: ProofLimit.policyEntries)
    }
  }

  private mutating func addLog(_ text: String, _ line: Int) throws(ProofError) {
    let key = try VerifierKey(text)
    guard !logs.contains(where: { $0.key == key.key }) else { throw .malformed(.policy, line: line, .duplicateKey) }
    logs.append(key)
    guard logs.count <= ProofLimit.policyEntries else { throw .tooLarge(.policy, limit: ProofLimit.policyEntries) }
  }

  private mutating func addGroup(_ words: [String], _ line: Int) throws(ProofError) {
    try checkNew(words[1], line)
    let members = Array(words[3...])
    guard members.allSatisfy(isKnown) else { throw .malformed(.policy, line: line, .unknownName) }
    let taken = Set(groups.flatMap(\.members))
    guard Set(members).count == members.count, taken.isDisjoint(with: members) else {
      throw .malformed(.policy, line: line, .duplicateName)
    }
    let threshold = words[2] == "any" ? 1 : words[2] == "all" ? members.count : Int(words[2]) ?? 0
    guard (1...members.count).contains(threshold) else { throw .malformed(.policy, line: line, .threshold) }
    groups.append(Group(name: words[1], threshold: threshold, members: members))
  }

  private func isKnown(_ name: String) -> Bool {
    witnesses.contains { $0.name == name } || groups.contains { $0.name == name }
  }

  private func checkNew(_ name: String, _ line: Int) throws(ProofError) {
    guard name != Policy.none, !isKnown(name) else { throw .malformed(.policy, line: line, .duplicateName) }
  }
}

extension Policy {
  /// Who signed this checkpoint.
  ///
  /// Throws `unsigned` if no key of its log did, `badSignature` if a signature that names one of our keys is not valid,
  /// `quorum` if too few witnesses signed. Signatures of other keys count for nothing.
  public func check(_ signed: SignedCheckpoint) throws(ProofError) -> Endorsement {
    let origin = signed.checkpoint.origin
    var signer: VerifierKey?
    for key in logs where key.name == SigningName.of(origin) {
      if try time(of: key, on: signed.note) != nil { signer = signer ?? key }
    }
    guard let signer else { throw .unsigned(origin: origin) }
    var present: [(name: String, time: UInt64)] = []
    for witness in witnesses {
      if let time = try time(of: witness.key, on: signed.note) { present.append((witness.name, time)) }
    }
    let names = Set(present.map(\.name))
    guard quorum == Policy.none || hasWitnessed(quorum, names) else { throw .quorum(name: quorum) }
    return Endorsement(log: signer, witnesses: present)
  }

  /// Whether these signatures are valid over a text, of the keys that are known here; `nil` where none of them is.
  func fits(_ signatures: [SignedNote.Signature], over text: String) -> Bool? {
    let keys = logs + witnesses.map(\.key).filter { $0.kind != .mldsa44 }
    let known = signatures.compactMap { own in
      keys.first { $0.name == own.name && $0.id == own.id }.map { key in key.time(of: own, over: text) != nil }
    }
    return known.isEmpty ? nil : known.allSatisfy { $0 }
  }

  /// When a key signed; `nil` if it did not. A signature under its name and id that is wrong condemns the note.
  private func time(of key: VerifierKey, on note: SignedNote) throws(ProofError) -> UInt64? {
    guard key.kind != .mldsa44 else { return nil }
    let id = key.id
    guard let own = note.signatures.first(where: { $0.name == key.name && $0.id == id }) else { return nil }
    guard let time = key.time(of: own, over: note.text) else { throw .badSignature(key: key.name) }
    return time
  }

  /// Groups name only what stands before them, so this ends.
  private func hasWitnessed(_ name: String, _ present: Set<String>) -> Bool {
    guard let group = groups.first(where: { $0.name == name }) else { return present.contains(name) }
    return group.members.count { hasWitnessed($0, present) } >= group.threshold
  }
}

/// How a log's key is named.
public enum SigningName {
  /// The log's origin; characters that may not stand in a key's name become `-`.
  public static func of(_ origin: String) -> String {
    String(String.UnicodeScalarView(origin.unicodeScalars.map { KeyName.isAllowed(String($0)) ? $0 : "-" }))
  }
}
