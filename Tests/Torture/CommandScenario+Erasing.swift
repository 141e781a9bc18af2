import Glibc
import Log

// Commands that take something out of a log, or mend it: killed, run again, and then nothing may be left of it.

extension Base {
  /// Keys of the person as the prepared folder has them: 16 bytes of name, 64 of secret.
  private func keys(_ folder: String) throws -> [(id: [UInt8], secret: [UInt8])] {
    let list = String(decoding: try Program.run(["find", folder + "/keys", "-name", "*.keys"]).output, as: UTF8.self)
    let bytes = try Program.bytes(String(list.split(separator: "\n").first ?? ""))
    let subject = Array(Base.person.utf8)
    // An entry is: u8 1, u32 length, 16 id, 64 secret, u8 category, subject.
    return bytes.indices.dropFirst(86).compactMap { place in
      guard bytes[place...].starts(with: subject), bytes[place - 86] == 1, Int(bytes[place - 85]) == 81 + subject.count
      else { return nil }
      return (Array(bytes[place - 81..<place - 65]), Array(bytes[place - 65..<place - 1]))
    }
  }

  var erase: CommandScenario {
    let kept = Kept()
    return CommandScenario(
      name: "keshi erase, 3 deep",
      prepare: { folder in
        try prepare(folder)
        kept.keys = try keys(folder)
        try check(!kept.keys.isEmpty, "\(Base.person) has no keys")
        try check(try isFound(kept.keys[0].id, below: folder + "/log"), "\(Base.person) has nothing in the vault")
      },
      command: { [keshi, "erase", Base.person, "--reason", "asked for it", "--data", $0] }, depth: 3,
      lookBetween: { folder in
        // It is never called done while a key is there.
        guard try lines(folder).contains("erasure.executed") else { return }
        try expectGone(kept, folder)
      }
    ) { folder, _ in
      let wasDone = try lines(folder).contains("erasure.executed")
      try run("erase", Base.person, "--reason", "asked for it", in: folder)
      try expectGone(kept, folder)
      try check(try lines(folder).split(separator: "\n").count { $0.contains("erasure.executed") } == 1, "executed twice")
      try check(try verdict(folder) == "clean", "the verdict is another")
      try check(try !run("history", Base.person, in: folder).output.contains("Name-3"), "the name is still shown")
      try check(try run("history", "customer:1", in: folder).output.contains("Name-1"), "another person's name is gone")
      return wasDone ? "done already" : "completed"
    }
  }

  /// What a scenario remembers of the folder that it prepared.
  private final class Kept {
    var keys: [(id: [UInt8], secret: [UInt8])] = []
    var root = ""
  }

  private func expectGone(_ kept: Kept, _ folder: String) throws {
    for key in kept.keys {
      try check(try !isFound(key.secret, below: folder), "a key that was destroyed is still in a file")
      try check(try !isFound(key.id, below: folder + "/log"), "what a destroyed key opened is still in the vault")
    }
  }

  var redact: CommandScenario {
    CommandScenario(
      name: "keshi redact, 3 deep",
      prepare: { folder in
        try prepare(folder)
        try run("history", "customer:1", in: folder)  // derives what will have to go
        try run("redact", "request", "20", "--reason", "a slip", "--actor", "a", in: folder)
        try run("redact", "approve", "20", "--actor", "b", in: folder)
        try check(try lines(folder).contains(Base.slip), "there is nothing to redact")
      },
      command: { [keshi, "redact", "execute", "20", "--data", $0] }, depth: 3
    ) { folder, _ in
      let isDone = try lines(folder).contains("\"level\":\"line\",\"line\":20,\"request\":300},") && !lines(folder).contains(Base.slip)
      try run("redact", "execute", "20", in: folder, expect: [0, 77, 64])
      try check(try !lines(folder).contains(Base.slip), "the line is still there")
      try check(try !isFound(Array(Base.slip.utf8), below: folder), "something that was derived still knows the line")
      let said = try run("verify", in: folder).output
      try check(said.contains("\"redactions\":[{"), "verify lists no redaction")
      try check(try run("history", "customer:5", in: folder).output.contains("spoke of 21"), "the other lines are gone")
      return isDone ? "done already" : "completed"
    }
  }

  var repair: CommandScenario {
    CommandScenario(
      name: "keshi repair, 3 deep",
      prepare: { folder in
        try prepare(folder)
        try run("append", in: folder, input: Base.events(Base.size..<Base.size + 300))  // seals what waits
        _ = try Program.run(["cp", "-a", folder + "/log", folder + "/copy"])
        for part in ["seg", "active"] {
          let shell = "f=$(ls \(folder)/log/\(part)/*.lz4 | head -1); printf '\\377' | dd of=$f bs=1 seek=5000 conv=notrunc 2>/dev/null"
          _ = try Program.run(["sh", "-c", shell])
        }
        try check(try verdict(folder) == "damaged", "the damage is not seen")
      },
      command: { [keshi, "repair", "--from", $0 + "/copy", "--data", $0] }, depth: 3
    ) { folder, _ in
      let before = try verdict(folder)
      try run("repair", "--from", folder + "/copy", in: folder)
      try check(try verdict(folder) == "clean", "it is not mended")
      let all = try lines(folder).split(separator: "\n").compactMap { $0.member("\"id\":\"e") }
      try check(Set(all).count == Base.size + 300, "events are missing")
      return before == "damaged" ? "mended" : "mended before"
    }
  }
}
