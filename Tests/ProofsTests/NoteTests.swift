import Log
import LogTestSupport
import Testing

@testable import Proofs

/// Keys that a test makes again from a number.
enum Keys {
  static func signer(_ name: String, _ number: UInt8 = 1) throws -> SignerKey {
    try SignerKey(name: name, seed: Array(repeating: number, count: 32))
  }

  /// A witness's signature over a note's text.
  static func cosign(_ note: SignedNote, _ name: String, _ number: UInt8, time: UInt64 = 1_790_000_000) throws
    -> (key: VerifierKey, signature: SignedNote.Signature)
  {
    let signer = try signer(name, number)
    let key = try #require(VerifierKey(name: name, kind: .cosignature, key: signer.verifier.key))
    let bytes = try signer.sign("cosignature/v1\ntime \(time)\n\(note.text)").signatures[0].bytes
    let stamp = withUnsafeBytes(of: time.bigEndian) { Array($0) }
    return (key, SignedNote.Signature(name: name, id: key.id, bytes: stamp + bytes))
  }

  static func checkpoint(_ size: UInt64, _ root: Hash, origin: String = "a.example/log", key: UInt8 = 1) throws -> SignedCheckpoint {
    let checkpoint = try Checkpoint(origin: origin, head: LogHead(size: size, root: root))
    return try SignedCheckpoint(try signer(origin, key).sign(checkpoint.text))
  }
}

@Suite struct `Signed notes` {
  private let line = "\u{2014} a.example AAAAAQID\n"

  @Test func `keep every signature, known or not, byte for byte`() throws {
    let text = "a.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" + line + "\u{2014} 见证/1 AAAAAgQF\n"
    let note = try SignedNote(Array(text.utf8))
    #expect(note.encoded == text)
    #expect(note.signatures.map(\.name) == ["a.example", "见证/1"] && note.signatures.map(\.id) == [1, 2])
    #expect(try Checkpoint(text: note.text).root == Frontier().root)
    var more = note
    more.add(note.signatures + [.init(name: "c", id: 3, bytes: [1])])
    #expect(more.encoded == text + "\u{2014} c AAAAAwE=\n")
  }

  @Test func `the text is what stands before the last empty line`() throws {
    let note = try SignedNote(Array(("one\n\ntwo\n\n\n" + line).utf8))
    #expect(note.text == "one\n\ntwo\n\n")
  }

  @Test(arguments: [
    ("", 1, .noSignatures), ("a\n", 1, .noSignatures), ("\n\n", 1, .noSignatures), ("a\n\n", 3, .noSignatures),
    ("a\n\n\u{2014} n AAAAAQID", 3, .noSignatures), ("a\n\n- n AAAAAQID\n", 3, .signatureLine),
    ("a\n\n\u{2014} n+m AAAAAQID\n", 3, .signatureLine), ("a\n\n\u{2014} n\u{3000}m AAAAAQID\n", 3, .signatureLine),
    ("a\n\n\u{2014}  AAAAAQID\n", 3, .signatureLine), ("a\n\n\u{2014} n AAAAAQID x\n", 3, .signatureLine),
    ("a\n\n\u{2014} n AAAAAQI\n", 3, .base64), ("a\n\n\u{2014} n AAAAAQ==\n", 3, .base64), ("a\n\n\u{2014} n !!!!\n", 3, .base64),
    ("a\n\n\u{2014} n AAAAAQIe=\n", 3, .base64), ("a\r\n\n\u{2014} n AAAAAQID\n", 1, .controlCharacter),
    ("a\nb\u{1}\n\n\u{2014} n AAAAAQID\n", 2, .controlCharacter),
  ] as [(String, Int, ProofError.Reason)])
  func `that are none are refused by line and reason`(_ text: String, _ number: Int, _ reason: ProofError.Reason) {
    #expect(throws: ProofError.malformed(.note, line: number, reason)) { try SignedNote(Array(text.utf8)) }
  }

  @Test func `that are no UTF-8 are refused`() {
    #expect(throws: ProofError.malformed(.note, line: 1, .notText)) { try SignedNote([0xFF, 10, 10] + Array(line.utf8)) }
  }

  @Test func `have as many signatures and bytes as their limits, and not one more`() throws {
    let lines = String(repeating: line, count: ProofLimit.signatures)
    #expect(try SignedNote(Array(("a\n\n" + lines).utf8)).signatures.count == 64)
    #expect(throws: ProofError.tooLarge(.note, limit: 64)) { try SignedNote(Array(("a\n\n" + lines + line).utf8)) }
    let room = ProofLimit.noteBytes - line.utf8.count - 2
    _ = try SignedNote(Array((String(repeating: "x", count: room) + "\n\n" + line).utf8))
    #expect(throws: ProofError.tooLarge(.note, limit: ProofLimit.noteBytes)) {
      try SignedNote(Array((String(repeating: "x", count: room + 1) + "\n\n" + line).utf8))
    }
  }

  @Test(arguments: [
    ("a\n5\n", 3, .missingLine), ("\n5\nx\n", 1, .originLine), ("a\n05\nx\n", 2, .number), ("a\n-1\nx\n", 2, .number), ("a\n+5\nx\n", 2, .number),
    ("a\n9223372036854775808\nx\n", 2, .number), ("a\n5\nx\n", 3, .hash),
    ("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", 3, .hash), ("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n", 3, .hash),
    ("a\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n", 4, .missingLine),
  ] as [(String, Int, ProofError.Reason)])
  func `whose text is no checkpoint are refused`(_ text: String, _ number: Int, _ reason: ProofError.Reason) {
    #expect(throws: ProofError.malformed(.checkpoint, line: number, reason)) { try Checkpoint(text: text) }
  }
}

@Suite struct `Keys of notes` {
  @Test func `have one text each, and only that is read`() throws {
    let signer = try Keys.signer("a.example/log")
    #expect(try SignerKey(signer.text).verifier == signer.verifier)
    #expect(try VerifierKey(signer.verifier.text) == signer.verifier)
    let text = signer.verifier.text
    let parts = text.split(separator: "+", maxSplits: 2).map(String.init)
    #expect(throws: ProofError.malformed(.key, line: 1, .keyID)) { try VerifierKey("b.example/log+\(parts[1])+\(parts[2])") }
    #expect(throws: ProofError.malformed(.key, line: 1, .keyID)) { try VerifierKey("\(parts[0])+\(parts[1].uppercased())0+\(parts[2])") }
    #expect(throws: ProofError.malformed(.key, line: 1, .keyName)) { try VerifierKey("+\(parts[1])+\(parts[2])") }
    #expect(throws: ProofError.malformed(.key, line: 1, .base64)) { try VerifierKey("\(parts[0])+\(parts[1])+AQAA") }
    #expect(throws: ProofError.keyType(2)) { try VerifierKey("a+00000000+AgAA") }
    #expect(throws: ProofError.badOrigin("a b")) { try Keys.signer("a b") }
    for text in ["", "PRIVATE+KEY+a+00000000+", "PUBLIC+KEY+a+00000000+AQ==", String(signer.text.dropLast(4)), signer.text + "AAAA"] {
      #expect(throws: ProofError.self, "\(text.prefix(12))") { try SignerKey(text) }
    }
  }

  @Test(arguments: [
    "0000000000000000000000000000000000000000000000000000000000000000", "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ]) func `by which anybody could sign are none, in any spelling`(_ hex: String) throws {
    let key = try #require(Hash(hex: hex)).bytes
    let other = [key[0] ^ 16] + key.dropFirst()  // another point, or none: said by whoever checks a signature
    for sign in [0, 0x80] as [UInt8] {
      for kind in [.ed25519, .cosignature] as [VerifierKey.Kind] {
        #expect(VerifierKey(name: "a", kind: kind, key: key.dropLast() + [key[31] | sign]) == nil)
        #expect(VerifierKey(name: "a", kind: kind, key: other.dropLast() + [key[31] | sign]) != nil)
      }
    }
  }

  @Test func `sign the same text always alike, and another otherwise`() throws {
    let signer = try Keys.signer("a.example/log")
    #expect(try signer.sign("x\n") == signer.sign("x\n"))
    let signature = try signer.sign("x\n").signatures[0]
    #expect(signer.verifier.time(of: signature, over: "x\n") == 0)
    #expect(signer.verifier.time(of: signature, over: "y\n") == nil)
    for length in [0, 63, 65] {
      let cut = SignedNote.Signature(name: signature.name, id: signature.id, bytes: Array((signature.bytes + [0]).prefix(length)))
      #expect(signer.verifier.time(of: cut, over: "x\n") == nil)
    }
  }
}

@Suite struct `Policies` {
  private let root = PlainTree.leaf("x")

  private func text(_ quorum: String, _ witnesses: [(String, VerifierKey)], groups: String = "") throws -> String {
    let log = try Keys.signer("a.example/log").verifier.text
    return "# of a test\nlog \(log) https://a.example\n" + witnesses.map { "witness \($0.0) \($0.1.text)\n" }.joined() + groups + "quorum \(quorum)\n"
  }

  @Test(arguments: [
    ("none", "", true), ("none", "ab", true), ("A", "a", true), ("A", "b", false), ("two", "ab", true), ("two", "bc", true),
    ("two", "c", false), ("every", "abc", true), ("every", "ab", false), ("some", "c", true), ("some", "", false),
    ("both", "abd", true), ("both", "abc", false), ("both", "ad", false),
  ]) func `count witnesses`(_ quorum: String, _ present: String, _ holds: Bool) throws {
    let group = quorum == "every" ? "group every all A B C\n" : quorum == "some" ? "group some any A B C\n" : "group two 2 A B C\ngroup both all two D\n"
    var signed = try Keys.checkpoint(5, root)
    var witnesses: [(String, VerifierKey)] = []
    for (place, letter) in "abcd".enumerated() {
      let (key, signature) = try Keys.cosign(signed.note, "w.example/\(letter)", UInt8(10 + place))
      witnesses.append((letter.uppercased(), key))
      if present.contains(letter) { signed.note.add([signature]) }
    }
    let policy = try Policy(Array(try text(quorum, witnesses, groups: group).utf8))
    if holds {
      let endorsement = try policy.check(signed)
      #expect(endorsement.witnesses.map(\.name).joined().lowercased() == present)
      #expect(endorsement.witnesses.allSatisfy { $0.time == 1_790_000_000 })
    } else {
      #expect(throws: ProofError.quorum(name: quorum)) { try policy.check(signed) }
    }
  }

  @Test func `condemn a note on which a known key's signature is wrong`() throws {
    var signed = try Keys.checkpoint(5, root)
    let other = try Keys.checkpoint(6, root)
    let (key, _) = try Keys.cosign(signed.note, "w", 9)
    let (_, wrong) = try Keys.cosign(other.note, "w", 9)
    signed.note.add([wrong])
    let policy = try Policy(Array(try text("none", [("W", key)]).utf8))
    #expect(throws: ProofError.badSignature(key: "w")) { try policy.check(signed) }
    let forged = SignedNote(text: other.note.text, signatures: try Keys.checkpoint(5, root).note.signatures)
    #expect(throws: ProofError.badSignature(key: "a.example/log")) { try policy.check(try SignedCheckpoint(forged)) }
  }

  @Test func `pass over signatures of strangers`() throws {
    let policy = Policy(log: try Keys.signer("a.example/log").verifier)
    #expect(throws: ProofError.unsigned(origin: "a.example/log")) { try policy.check(try Keys.checkpoint(5, root, key: 2)) }
    #expect(throws: ProofError.unsigned(origin: "b.example/log")) { try policy.check(try Keys.checkpoint(5, root, origin: "b.example/log")) }
  }

  @Test func `are read as C2SP writes them, and nothing else`() throws {
    let (w, _) = try Keys.cosign(try Keys.checkpoint(5, root).note, "w", 9)
    let (v, _) = try Keys.cosign(try Keys.checkpoint(5, root).note, "v", 8)
    let log = try Keys.signer("a.example/log").verifier.text
    #expect(try Policy(Array("  log\t\(log)  \n\n # x\nquorum none".utf8)).logs.count == 1)
    #expect(try Policy(Array("\(log)\n".utf8)) == Policy(log: try VerifierKey(log)))
    let cases: [(String, Int, ProofError.Reason)] = [
      ("", 1, .quorum), ("log \(log)\n", 2, .quorum), ("quorum none\nquorum none\n", 2, .quorum), ("quorum x\n", 1, .quorum),
      ("log \(log)\nlog \(log)\n", 2, .duplicateKey), ("witness a \(w.text)\nwitness b \(w.text)\n", 2, .duplicateKey),
      ("witness a \(w.text)\nwitness a \(v.text)\n", 2, .duplicateName), ("witness none \(w.text)\n", 1, .duplicateName),
      ("group g any a\n", 1, .unknownName), ("witness a \(w.text)\ngroup g 2 a\n", 2, .threshold),
      ("witness a \(w.text)\ngroup g 0 a\n", 2, .threshold), ("witness a \(w.text)\ngroup g any a a\n", 2, .duplicateName),
      ("witness a \(w.text)\ngroup g any a\ngroup h any a\n", 3, .duplicateName), ("nonsense here\n", 1, .keyword),
      ("quorum none\u{7F}\n", 1, .controlCharacter),
    ]
    for (text, line, reason) in cases {
      #expect(throws: ProofError.malformed(.policy, line: line, reason), "\(text)") { try Policy(Array(text.utf8)) }
    }
    #expect(throws: ProofError.keyType(1)) { try Policy(Array("witness a \(log)\nquorum none\n".utf8)) }
  }
}
