import Answers
import Foundation
import Testing
import Wire

@testable import keshi

/// Words that stand in personal values and nowhere else; no two have four bytes in common, so that LZ4 holds each whole
/// wherever it holds it at all: a match needs four bytes that occurred before.
private let words = ["Zq7xKw9vPm3T", "李薇的私人电话", "hU2!gBfYs8Ld", "rJ5nCe@mail.example", "家住虹桥路七号"]

private let story = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2025-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"\#(words[0])","channels":["\#(words[3])"],"influence":"buyer"},"occurredAt":"2025-01-06","id":"k1"}"#,
  #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call","person":"\#(words[1])","summary":"\#(words[2])"},"occurredAt":"2025-02-06"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"\#(words[0])","channels":["\#(words[4])"]},"occurredAt":"2025-02-07"}"#,
  #"{"type":"order.placed","subject":"order:9","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2025-03-06"}"#,
  #"{"type":"contact.added","subject":"customer:2","data":{"name":"Zhang Wei"},"occurredAt":"2025-04-06"}"#,
]

/// Looks through every file below a folder for any of some words: in the bytes as they are, and in whatever the bytes
/// unpack to. Python, so that not one line of ours decides what a file holds.
private let search = #"""
  import os, subprocess, sys, zlib, zipfile, sqlite3
  folder, words = sys.argv[1], [w.encode() for w in sys.argv[2:]]
  def forms(path, data):
      yield "bytes", data
      at = 0
      while (at := data.find(b"\x04\x22\x4d\x18", at)) >= 0:  # every LZ4 frame, wherever it begins
          run = subprocess.run(["lz4", "-dc"], input=data[at:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
          yield "lz4 frame at %d" % at, run.stdout
          at += 4
      if data[:16] == b"SQLite format 3\0":
          db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
          for name, in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table')").fetchall():
              yield "table " + name, repr(db.execute('SELECT * FROM "%s"' % name).fetchall()).encode()
      if data[:2] == b"PK":
          archive = zipfile.ZipFile(path)
          for name in archive.namelist(): yield name, archive.read(name)
  files = 0
  for place, _, names in os.walk(folder):
      for name in names:
          path = os.path.join(place, name)
          files += 1
          for form, data in forms(path, open(path, "rb").read()):
              for word in words:
                  if any(w in data for w in (word, word.decode().encode("utf-16-le"), word.hex().encode())):
                      print(os.path.relpath(path, folder), form, word.decode())
  print(files, "files")
  """#

private let canSearch = (try? Binary.shell("python3 --version && lz4 --version").status) == 0

@Suite(.enabled(if: canSearch, "needs python3 and lz4")) struct `An erased person` {
  /// What the search finds below a folder; the last line counts the files.
  private func traces(in path: String, by tools: Folder) throws -> [String] {
    let script = try tools.file("search.py", search)
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let run = try Binary.shell("PYTHONUTF8=1 python3 \(script) \(path) \(quoted)")
    #expect(run.status == 0, "\(run.remarks.suffix(1_000))")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func filled() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    // Twice, the second time many: so that there are several groups, and what is kept in memory is written too.
    #expect(folder.run("append", input: story.joined(separator: "\n")).status == .ok)
    let more = (0..<400).map {
      #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call","person":"\#(words[$0 % 2])","summary":"\#(words[2]) \#($0)"},"occurredAt":"2025-05-06"}"#
    }
    #expect(folder.run("append", input: more.joined(separator: "\n")).status == .ok)
    try importBadRows(into: folder)
    #expect(folder.run("rebuild").status == .ok)
    _ = folder.run("show", "privacy", "--as-of", "2025-03-01")
    _ = folder.run("history", "customer:1")
    return folder
  }

  /// Rows that become no events, each for another reason, all with words about a person; nothing of them may be kept.
  private func importBadRows(into folder: Folder) throws {
    let outside = try Folder()
    let mapping = try outside.file("people.yaml", """
      files:
        - match: people.csv
          quarantine: [{when: role = robot, reason: no person}]
          events:
            - {type: contact.added, subject: "customer:{id}", at: day, id: "p:{id}:{row}",
               data: {name: "{name}", channels: ["{mail}"], title: {column: title, map: {boss: CEO}, unmapped: refuse}}}
      """)
    let rows = ["1,\(words[0]),\(words[3]),boss,2025-13-01,,", "1,\(words[0]),\(words[3]),\(words[1]),2025-01-01,,",
      "1,\(words[0]),\(words[3]),boss,2025-01-01,robot,\(words[4])", "1,\(words[0]),\(words[3])",
      "1,\"\(words[0])\"x,\(words[3]),boss,2025-01-01,,", "1,\"\(words[0]),\(words[3]),boss,2025-01-01,,"]
    let people = try outside.file("people.csv", "id,name,mail,title,day,role,address\n" + rows.joined(separator: "\n") + "\n")
    let run = folder.run("import", "--map", mapping, people)
    #expect(run.output.contains(#""quarantined":\#(rows.count)"#), "\(run.output) \(run.remarks)")
    let cloud = #""specversion":"1.0","source":"shop","subject":"customer:1","time":"2025-01-01T00:00:00Z","data":{"#
    let events = try outside.file("events.ndjson", [
      #"{"type":"contact.added","id":"1",\#(cloud)"name":["\#(words[0])"]}}"#, #"{"type":"contact.added","id":"2",\#(cloud)"name":"\#(words[0])""#,
      #"{"type":"survey.answered","id":"3",\#(cloud)"verbatim":"\#(words[2])","program":"NPS","score":"\#(words[4])"}}"#,
    ].joined(separator: "\n"))
    let second = folder.run("import", events)
    #expect(second.output.contains(#""quarantined":3"#), "\(second.output) \(second.remarks)")
  }

  @Test func `leaves no byte of what was told about them in any file of the data folder`() throws {
    let (folder, tools) = (try filled(), try Folder())
    // The search can find: in a line that was given out, in an LZ4 frame, in an archive, in a read model.
    let bait = try Folder()
    _ = try bait.file("lines", folder.run("history", "customer:1").output)
    _ = try Binary.shell("cd $d && lz4 -q lines lines.lz4 && python3 -m zipfile -c x.zip lines && rm lines", environment: ["d": bait.path])
    let baited = try traces(in: bait.path, by: tools)
    for word in words {
      #expect(baited.contains { $0.hasPrefix("lines.lz4 lz4 frame") && $0.hasSuffix(word) } && baited.contains("x.zip lines " + word), "\(baited)")
    }
    #expect(folder.run("erase", "customer:1", "--reason", "PIPL 47").status == .ok)
    _ = folder.run("history", "customer:1")
    #expect(folder.run("rebuild", "--from-log").status == .ok)
    let found = try traces(in: folder.path, by: tools)
    #expect(found.count == 1 && found[0].hasSuffix(" files") && !found[0].hasPrefix("0 "), "\(found)")
    #expect(folder.run("history", "customer:2").output.contains("Zhang Wei"), "others stay")
  }

  @Test func `breaks no proof, checkpoint or package that was given out before`() throws {
    let (folder, given) = (try filled(), try Folder())
    let out = given.path
    #expect(folder.run("checkpoint", "--out", out + "/old.note").status == .ok)
    #expect(folder.run("prove", "customer:1", "--out", out + "/all.proof").status == .ok)
    #expect(folder.run("prove", "1", "--out", out + "/one.tlog-proof").status == .ok)
    #expect(folder.run("evidence", "export", "--customer", "1", "--out", out + "/one.zip").status == .ok)
    #expect(folder.run("erase", "customer:1", "--reason", "PIPL 47").status == .ok)
    for name in ["old.note", "all.proof", "one.tlog-proof"] {
      let run = folder.run("verify", "--against", out + "/" + name)
      #expect(run.status == .ok && run.output.hasPrefix(#"{"verdict":"clean""#), "\(name): \(run.output) \(run.remarks)")
    }
    let environment = ["log": folder.path + "/log", "o": out, "k": folder.path + "/keys/signing.vkey"]
    let checks = "python3 $log/verify.py $log --key $k --against $o/old.note --against $o/all.proof && python3 $log/verify.py --package $o/one.zip --key $k"
    let run = try Binary.shell(checks, environment: environment)
    #expect(run.status == 0, "\(run.output)")
    // The same package asked for again now says that the values were erased, by which event.
    #expect(folder.run("evidence", "export", "--customer", "1", "--known-at", "405", "--out", out + "/two.zip").status == .ok)
    let withheld = try Binary.shell("python3 -c 'import zipfile,os;print(zipfile.ZipFile(os.environ[\"o\"]+\"/two.zip\").read(\"withheld.json\").decode())'", environment: environment)
    #expect(withheld.output.contains(#""why":"erased""#), "\(withheld.output.prefix(300))")
  }
}
