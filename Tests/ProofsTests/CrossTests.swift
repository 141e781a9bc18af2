import Foundation
import Log
import LogTestSupport
import Testing

@testable import Proofs

/// Programs of others that check the same things. A test that lacks its program is skipped, and says so:
/// Go's code is Debian's golang-go and golang-golang-x-mod-dev; pymerkle is on PyPI (KESHI_PYTHON names an interpreter
/// that has it); openssl and python3 are Debian's.
private enum Programs {
  static let modules = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog"
  static let python = ProcessInfo.processInfo.environment["KESHI_PYTHON"] ?? "python3"
  static let hasGo = works("go", ["version"]) && FileManager.default.fileExists(atPath: modules)
  static let hasPymerkle = works(python, ["-c", "import pymerkle"])
  static let hasOpenSSL = works("openssl", ["version"])
  static let canVerify = works("python3", ["--version"]) && works("lz4", ["--version"])

  private static func works(_ program: String, _ arguments: [String]) -> Bool {
    (try? run(program, arguments).status) == 0
  }
}

private struct CrossInput: Encodable {
  struct Proof: Encodable {
    let Old, New: UInt64
    let Path: [Data]
  }
  var Vkey = "", Skey = "", Text = "", Note = ""
  var Leaves: [Data] = [], Roots: [Data] = []
  var Inclusion: [Proof] = [], Consistency: [Proof] = []
}

@Suite struct `Other people's programs agree` {
  /// 300 lines, the roots at every size, all proofs over up to 128.
  private func input() throws -> CrossInput {
    var input = CrossInput()
    let lines = (0..<300).map { Array("{\"n\":\($0)}".utf8) }
    let tree = PlainTree(inputs: lines)
    input.Leaves = lines.map { Data($0) }
    input.Roots = try (0...300).map { Data(try tree.root(at: UInt64($0)).bytes) }
    for size in 1...128 as ClosedRange<UInt64> {
      for index in 0..<size {
        let path = try InclusionProof(of: index, in: tree, size: size).path
        input.Inclusion.append(.init(Old: index, New: size, Path: path.map { Data($0.bytes) }))
        let growth = try ConsistencyProof(from: index + 1, to: size, in: tree).path
        input.Consistency.append(.init(Old: index + 1, New: size, Path: growth.map { Data($0.bytes) }))
      }
    }
    let signer = try Keys.signer("a.example/log")
    let signed = try Keys.checkpoint(300, tree.root(at: 300))
    (input.Vkey, input.Skey) = (signer.verifier.text, signer.text)
    (input.Text, input.Note) = (signed.note.text, signed.note.encoded)
    return input
  }

  @Test(.enabled(if: Programs.hasGo, "needs golang-go and golang-golang-x-mod-dev"))
  func `Go's sumdb: roots, every proof, keys and signatures`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("input.json", Array(try JSONEncoder().encode(try input())))
    let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cross/check.go").path
    let answer = try run("go", ["run", program, file], environment: ["GO111MODULE": "off", "GOPATH": "/usr/share/gocode"])
    #expect(answer.status == 0 && answer.output.hasSuffix("agreed 301 8256 8256\n"), "\(answer.output)")
  }

  @Test(.enabled(if: Programs.hasPymerkle, "needs pymerkle"))
  func `pymerkle: roots`() throws {
    let scratch = try Scratch()
    let tree = PlainTree(inputs: (0..<300).map { Array("{\"n\":\($0)}".utf8) })
    let roots = try (1...300).map { try tree.root(at: UInt64($0)).hex }.joined(separator: "\n")
    let file = try scratch.file("roots", Array(roots.utf8))
    let program = """
      import sys, pymerkle
      tree = pymerkle.InmemoryTree(algorithm="sha256")
      for n, root in enumerate(open(sys.argv[1]).read().split()):
          tree.append_entry(('{"n":%d}' % n).encode())
          assert (tree.get_root() if hasattr(tree, "get_root") else tree.get_state()).hex() == root, n
      print("agreed", n + 1)
      """
    let answer = try run(Programs.python, ["-c", program, file])
    #expect(answer.status == 0 && answer.output == "agreed 300\n", "\(answer.output)")
  }

  @Test(.enabled(if: Programs.hasOpenSSL, "needs openssl"))
  func `openssl: the signature of a checkpoint, by hand`() throws {
    let scratch = try Scratch()
    let signed = try Keys.checkpoint(5, PlainTree.leaf("x"))
    let pem = try scratch.file("key.pem", Array(try #require(Keys.signer("a.example/log").verifier.pem).utf8))
    let signature = try scratch.file("signature", signed.note.signatures[0].bytes)
    for (text, accepted) in [(signed.note.text, true), (signed.note.text.replacing("\n5\n", with: "\n6\n"), false)] {
      let file = try scratch.file("text", Array(text.utf8))
      let answer = try run("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-in", file, "-sigfile", signature])
      #expect((answer.status == 0) == accepted, "\(answer.output)")
    }
  }
}

@Suite(.enabled(if: Programs.canVerify, "needs python3 and lz4")) struct `verify.py` {
  private let scratch: Scratch
  private let proven: ProvenLog

  /// A log of 700 events as files, with its verifier, its key and a checkpoint.
  init() throws {
    (scratch, proven) = (try Scratch(), try ProvenLog())
    try CheckpointShelf(proven.log.disk).keep(proven.signed)
    try AuditorFiles.install(in: proven.log.disk)
    try proven.log.directory.close()
    for path in proven.log.disk.paths { try scratch.file("log/" + path, try #require(proven.log.disk.bytes(path))) }
    try scratch.file("key", Array(Keys.signer(ProvenLog.origin).verifier.text.utf8))
    try scratch.file("other", Array(Keys.signer(ProvenLog.origin, 2).verifier.text.utf8))
    try scratch.file("key.pem", Array((Keys.signer(ProvenLog.origin).verifier.pem ?? "").utf8))
  }

  private func verify(_ arguments: String...) throws -> (status: Int32, output: String) {
    try run("python3", [scratch.path + "/log/verify.py"] + arguments.map { $0.replacing("@", with: scratch.path + "/") })
  }

  @Test(arguments: ["@key", "@key.pem"]) func `finds a whole log clean`(_ key: String) throws {
    let answer = try verify("@log", "--key", key)
    #expect(answer.status == 0, "\(answer.output)")
    #expect(answer.output.contains("size 700 agrees, signed by keshi.example/test+"), "\(answer.output)")
    #expect(answer.output.contains(#"{"verdict": "clean", "events": 700, "root": "\#(proven.signed.checkpoint.root.hex)"}"#))
  }

  @Test func `takes proofs, growth and receipts that hold`() throws {
    let old = try Checkpoint(origin: ProvenLog.origin, head: LogHead(size: 300, root: try proven.tree.root(at: 300)))
    let signedOld = try Keys.signer(ProvenLog.origin).sign(old.text)
    try scratch.file("event", try EventProof(of: 300, in: proven.tree, by: proven.signed).encoded)
    try scratch.file("events", try EventsProof(of: [0, 1, 255, 256, 699], about: "x", in: proven.tree, by: proven.signed).encoded)
    try scratch.file("growth", try GrowthProof(since: 300, in: proven.tree, to: proven.signed).encoded)
    try scratch.file("old", Array(signedOld.encoded.utf8))
    let leaf = try proven.tree.hash(level: 0, index: 650).hex
    try scratch.file("receipts", Array(#"{"seq":650,"id":"a","leaf":"\#(leaf)","size":700}"#.utf8))
    for file in ["event", "events", "receipts", "old", "growth"] {
      let answer = try verify("@log", "--key", "@key", "--against", "@" + file)
      #expect(answer.status == 0, "\(file): \(answer.output)")
    }
    for file in ["event", "events"] { #expect(try verify("--proof", "@" + file, "--key", "@key").status == 0, "\(file)") }
    #expect(try verify("--growth", "@growth", "--old", "@old", "--key", "@key").status == 0)
  }

  @Test func `takes every path of every size up to 64`() throws {
    let lines = (0..<64).map { Array("{\"n\":\($0)}".utf8) }
    let tree = PlainTree(inputs: lines)
    var cases: [[String]] = []
    for size in 1...64 as ClosedRange<UInt64> {
      let root = try tree.root(at: size).hex
      for index in 0..<size {
        let path = try InclusionProof(of: index, in: tree, size: size).path.map(\.hex)
        let growth = try ConsistencyProof(from: index + 1, to: size, in: tree).path.map(\.hex)
        cases.append(["\(index)", "\(size)", tree.leaves[Int(index)].hex, root, path.joined(separator: " "), try tree.root(at: index + 1).hex, growth.joined(separator: " ")])
      }
    }
    let file = try scratch.file("cases", Array(cases.map { $0.joined(separator: ",") }.joined(separator: "\n").utf8))
    let program = """
      import sys; sys.path.insert(0, sys.argv[1]); import verify as v
      for line in open(sys.argv[2]).read().split("\\n"):
          index, size, leaf, root, path, old, growth = line.split(",")
          path, growth = [[bytes.fromhex(h) for h in p.split()] for p in (path, growth)]
          index, size, leaf, root, old = int(index), int(size), bytes.fromhex(leaf), bytes.fromhex(root), bytes.fromhex(old)
          assert v.inclusion_root(index, size, leaf, path) == root, line
          v.check_growth(index + 1, old, size, root, growth)
          for wrong in (path[1:], path + [leaf]):
              try: assert path == wrong or v.inclusion_root(index, size, leaf, wrong) != root, line
              except v.Wrong: pass
      print("agreed")
      """
    let answer = try run("python3", ["-B", "-c", program, scratch.path + "/log", file])
    #expect(answer.output == "agreed\n", "\(answer.output)")
  }

  @Test func `takes the signatures of RFC 8032 and of swift-crypto, not one bit otherwise, and no second spelling`() throws {
    // RFC 8032 section 7.1, TEST 1 to 3: key, message, signature.
    var cases = [
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,,e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ]
    for number in 0..<64 as Range<UInt8> {
      let signer = try Keys.signer("a", number)
      let text = String(repeating: "x", count: Int(number))
      let fields = [signer.verifier.key, Array(text.utf8), try signer.sign(text).signatures[0].bytes]
      cases.append(fields.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }.joined(separator: ","))
    }
    let file = try scratch.file("cases", Array(cases.joined(separator: "\n").utf8))
    let program = """
      import sys; sys.path.insert(0, sys.argv[1]); import verify as v
      spoiled = lambda data, bit: (int.from_bytes(data, "little") ^ 1 << bit).to_bytes(len(data), "little")
      more = lambda data, number: (int.from_bytes(data, "little") + number).to_bytes(32, "little")
      for place, line in enumerate(open(sys.argv[2]).read().split("\\n")):
          key, text, signature = map(bytes.fromhex, line.split(","))
          assert v.ed25519_valid(key, text, signature), line
          for bit in range(place % 7, 512, 7): assert not v.ed25519_valid(key, text, spoiled(signature, bit)), (line, bit)
          for bit in range(place % 7, 256, 7): assert not v.ed25519_valid(spoiled(key, bit), text, signature), (line, bit)
          assert not v.ed25519_valid(key, text + b"x", signature), line
          assert not v.ed25519_valid(key, text, signature[:32] + more(signature[32:], v.Q)), line
      # The points whose order divides 8: by each, one text in eight would be signed by R = S times the base point.
      weak = {v.point_encode(v.point_sum(v.Q, v.point_decode(bytes([y] + [0] * 31)) or v.BASE, 0, v.BASE)) for y in range(99)}
      weak |= {spoiled(key, 255) for key in weak}
      one = v.point_encode(v.BASE) + more(bytes(32), 1)
      assert len(weak) >= 8 and not any(v.ed25519_valid(key, bytes([text]), one) for key in weak for text in range(99))
      # 0 and 1 written as P and P + 1, the negative of x = 0, and what lies on no curve.
      bad = [more(bytes(32), y) for y in (v.P, v.P + 1, 1 | 1 << 255, 2)]
      assert not any(map(v.point_decode, bad)) and v.point_decode(more(bytes(32), 1))
      print("agreed", place + 1, len(weak))
      """
    let answer = try run("python3", ["-B", "-c", program, scratch.path + "/log", file])
    #expect(answer.output == "agreed 67 10\n", "\(answer.output)")
  }

  @Test func `refuses what was signed by another, spoiled or cut`() throws {
    let event = try EventProof(of: 300, in: proven.tree, by: proven.signed).encoded
    let events = try EventsProof(of: [0, 699], about: "x", in: proven.tree, by: proven.signed).encoded
    try scratch.file("event", event)
    #expect(try verify("--proof", "@event", "--key", "@other").status == 2)
    #expect(try verify("@log", "--key", "@other").status == 2)
    var random = SeededRandom(seed: 31)
    for round in 0..<24 {
      let whole = round % 2 == 0 ? event : events
      var spoiled = whole
      let place = 60 + Int(random.next() % UInt64(whole.count - 60))  // behind the header and the remark
      if round % 3 == 0 { spoiled = Array(whole.prefix(place)) } else { spoiled[place] ^= 1 << UInt8(random.next() % 7) }
      try scratch.file("spoiled", spoiled)
      let answer = try verify("--proof", "@spoiled", "--key", "@key")
      #expect(answer.status == 2 && !answer.output.contains("Traceback"), "seed 31, round \(round), byte \(place): \(answer.output)")
    }
  }

  @Test(arguments: [
    #""a":1,"a":2"#, #""a":9007199254740992"#, #""a":-0"#, #""a":1e400"#, #""a":"\ud800""#, "\"a\":\"\u{1}\"", "\"a\":1,\r",
    #""a":NaN"#, #""a":[1"#,
  ])
  func `names a line that two programs could read in two ways, though every hash of it is right`(_ member: String) throws {
    let disk = FakeDisk()
    try LogDirectory.createForTest(on: disk)
    let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
    let hostile = Draft(id: nil, subject: "", head: Array("{\(member),".utf8), middle: [], tail: Array(",\"v\":1}".utf8))
    for draft in [.order(1), hostile, .order(2)] { _ = try log.append([draft]) }
    try log.close()
    for path in disk.paths { try scratch.file("hostile/" + path, try #require(disk.bytes(path))) }
    let answer = try verify("@hostile")
    #expect(answer.status == 2 && answer.output.contains("event 1: no line of this format"), "\(answer.output)")
  }

  @Test func `says what it was asked wrongly`() throws {
    #expect(try verify().status == 64)
    #expect(try verify("@nosuch").status == 66)
    #expect(try verify("@log", "--key", "nonsense").status == 2)
  }
}
