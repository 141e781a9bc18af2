import Glibc
import Log
import LogTestSupport

/// One thing that the command does with a data folder, killed at every call that touches it.
struct CommandScenario {
  let name: String
  /// Makes the folder that each kill gets a copy of.
  let prepare: (_ folder: String) throws -> Void
  let command: (_ folder: String) -> [String]
  var input: String?
  /// The command is killed so many times in all, after the first time at a call that the seed chooses.
  var depth = 1
  /// What must hold between two kills.
  var lookBetween: (_ folder: String) throws -> Void = { _ in }
  /// What must hold in the end, after the command was run unharmed where that is the way on. `output`: what was said
  /// before the kills.
  let look: (_ folder: String, _ output: [UInt8]) throws -> String

  static func all(_ keshi: String, work: String, me: String) throws -> [CommandScenario] {
    let base = Base(keshi: keshi, me: me)
    return [
      base.append(name: "keshi append", count: 30), base.append(name: "keshi append, a segment is sealed and signed", count: 300),
      base.checkpoint, base.erase, base.redact, base.backup, base.restore, base.keysBackup, base.repair,
    ]
  }
}

/// What the scenarios have in common: a log of small segments with personal values, a key, a checkpoint.
struct Base {
  let keshi: String
  let me: String

  /// Customer whose data is erased.
  static let person = "customer:3"
  /// What stands in a line where it may not.
  static let slip = "SLIP-OF-THE-PEN"
  /// Events of the folder as it is prepared.
  static let size = 300

  /// Runs the command; fails unless it ends with one of these statuses.
  @discardableResult func run(
    _ words: String..., in folder: String, input: String? = nil, expect statuses: Set<Int32> = [0]
  ) throws -> (status: Int32, output: String) {
    let result = try Program.run([keshi] + words + ["--data", folder], input: input)
    let text = String(decoding: result.output, as: UTF8.self)
    try check(statuses.contains(result.status), "keshi \(words.joined(separator: " ")) ended with \(result.status): \(text.prefix(200))")
    return (result.status, text)
  }

  func prepare(_ folder: String) throws {
    _ = try Program.run([me, "child", "create", folder + "/log"])
    try run("checkpoint", in: folder)  // makes the key
    try run("append", in: folder, input: Base.events(0..<Base.size))
  }

  static func events(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      let subject = "customer:\(number % 8)"
      if number < 8 {
        return #"{"type":"contact.added","subject":"\#(subject)","data":{"name":"Name-\#(number)"},"id":"e\#(number)"}"#
      }
      let reason = number == 20 ? #","reason":"\#(slip)""# : ""
      return #"{"type":"visit.logged","subject":"\#(subject)","data":{"outcome":"spoke of \#(number)"},"id":"e\#(number)"\#(reason)}"#
    }.joined(separator: "\n") + "\n"
  }

  /// The verdict of `keshi verify`, which also holds the kept checkpoints against the log.
  func verdict(_ folder: String) throws -> String {
    let said = try run("verify", in: folder, expect: [0, 2]).output
    return said.member("verdict\":\"") ?? "none"
  }

  /// All lines that the log's files hold, by the program lz4.
  func lines(_ folder: String) throws -> String {
    let shell = "cat \(folder)/log/seg/*.lz4 \(folder)/log/active/*.lz4 2>/dev/null | lz4 -dc"
    return String(decoding: try Program.run(["sh", "-c", shell]).output, as: UTF8.self)
  }

  /// Whether any file below a folder holds these bytes.
  func isFound(_ bytes: [UInt8], below folder: String) throws -> Bool {
    let files = String(decoding: try Program.run(["find", folder, "-type", "f"]).output, as: UTF8.self)
    return try files.split(separator: "\n").contains { try Program.bytes(String($0)).firstRange(of: bytes) != nil }
  }
}

extension Base {
  func append(name: String, count: Int) -> CommandScenario {
    CommandScenario(
      name: name, prepare: prepare, command: { [keshi, "append", "--data", $0] },
      input: Base.events(Base.size..<Base.size + count)
    ) { folder, output in
      let acknowledged = Acknowledged(receipts: output)
      let before = try verdict(folder)
      try check(["clean", "torn"].contains(before), "the verdict is \(before)")
      let log = try LogDirectory.openReadOnly(on: PosixDisk(root: folder + "/log"))
      for (seq, leaf) in acknowledged.events {
        let line = try log.line(at: UInt64(seq))
        try check(line.withUnsafeBytes { leafHash(of: $0) }.hex == leaf, "event \(seq) is another")
      }
      // The same again: every event is there once.
      try run("append", in: folder, input: Base.events(Base.size..<Base.size + count))
      try check(try verdict(folder) == "clean", "after recovery the verdict is another")
      let all = try lines(folder).split(separator: "\n").filter { !$0.hasPrefix("{\"$") }
      try check(Set(all.compactMap { $0.member("\"id\":\"e") }).count == Base.size + count, "events are missing")
      return before
    }
  }

  var checkpoint: CommandScenario {
    CommandScenario(
      name: "keshi checkpoint, 3 deep",
      prepare: { folder in
        try prepare(folder)
        let quiet = ["env", "KESHI_CHECKPOINTS=off", keshi, "append", "--data", folder]
        _ = try Program.run(quiet, input: Base.events(Base.size..<Base.size + 3))
      }, command: { [keshi, "checkpoint", "--data", $0] }, depth: 3
    ) { folder, output in
      try check(try verdict(folder) == "clean", "the verdict is another")
      let note = try run("checkpoint", in: folder).output
      let size = String(note.split(separator: "\n").dropFirst().first ?? "")
      try check(Int(size) ?? 0 >= Base.size + 3, "a checkpoint of \(size)")
      // What was handed out before a kill is kept.
      let said = String(decoding: output, as: UTF8.self)
      try check(said.isEmpty || !said.hasSuffix("\n") || said == note, "another note was handed out before")
      return said.isEmpty ? "not signed, then signed" : "handed out and kept"
    }
  }

  var backup: CommandScenario {
    CommandScenario(
      name: "keshi backup", prepare: prepare, command: { [keshi, "backup", "--to", $0 + "/copy", "--data", $0] }
    ) { folder, _ in
      try check(try verdict(folder) == "clean", "the log itself suffered")
      let first = try run("restore", "--from", folder + "/copy", in: folder + "/again", expect: Set(0...255))
      let isWhole = first.status == 0
      if isWhole { try check(try verdict(folder + "/again") == "clean", "an incomplete backup was restored") }
      try check(isWhole || !Program.exists(folder + "/again/log"), "a backup was refused and left a log")
      try run("backup", "--to", folder + "/second", in: folder)
      try run("restore", "--from", folder + "/second", in: folder + "/third")
      try check(try verdict(folder + "/third") == "clean", "a second backup does not verify")
      return isWhole ? "whole" : "refused, made again"
    }
  }

  var restore: CommandScenario {
    CommandScenario(
      name: "keshi restore, 3 deep",
      prepare: { folder in
        try prepare(folder)
        try run("backup", "--to", folder + "/copy", in: folder)
        _ = try Program.run(["cp", "-a", folder + "/keys", folder + "/again-keys"])
      },
      command: { [keshi, "restore", "--from", $0 + "/copy", "--data", $0 + "/again", "--keys", $0 + "/again-keys"] }, depth: 3
    ) { folder, _ in
      let isThere = Program.exists(folder + "/again/log/LOG.json")
      if !isThere { try run("restore", "--from", folder + "/copy", "--keys", folder + "/again-keys", in: folder + "/again") }
      try check(try verdict(folder + "/again") == "clean", "what was restored does not verify")
      let shown = try run("history", "customer:1", "--keys", folder + "/again-keys", in: folder + "/again").output
      try check(shown.contains("Name-1"), "personal values cannot be read")
      return isThere ? "there" : "restored again"
    }
  }

  var keysBackup: CommandScenario {
    CommandScenario(
      name: "keshi keys backup", prepare: prepare, command: { [keshi, "keys", "backup", "--to", $0 + "/copy", "--data", $0] }
    ) { folder, _ in
      try check(try run("history", "customer:1", in: folder).output.contains("Name-1"), "keys suffered")
      try run("keys", "backup", "--to", folder + "/second", in: folder)
      _ = try Program.run(["rm", "-rf", folder + "/keys"])
      try run("keys", "restore", "--from", folder + "/second", in: folder)
      try check(try run("history", "customer:1", in: folder).output.contains("Name-1"), "the copy of the keys does not open")
      return "copied again"
    }
  }
}

extension StringProtocol {
  /// The letters and digits behind `key`.
  func member(_ key: String) -> String? {
    firstRange(of: key).map { String(self[$0.upperBound...].prefix { $0.isLetter || $0.isNumber }) }
  }
}
