import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

/// A scanned text, and the name by which events know it.
private let scan = "合同正文，第一版\n"
private let scanHash = PackedFile("scan", text: scan).hash

/// A customer with a person, a contract that was signed, amended and breached, and the dispute about it.
private let story: [String] = {
  func line(_ type: String, _ subject: String, _ at: String, _ data: String) -> String {
    #"{"type":"\#(type)","subject":"\#(subject)","occurredAt":"\#(at)","actor":"li","reason":"r","data":\#(data)}"#
  }
  let other = String(repeating: "cd", count: 32)
  return [
    line("customer.registered", "customer:C1", "2025-01-05", #"{"name":"上海某公司"}"#),
    line("contact.added", "customer:C1", "2025-01-06", #"{"name":"李薇","channels":["li@acme.example"],"influence":"buyer"}"#),
    line("contract.drafted", "contract:K1", "2025-01-10", #"{"customer":"C1","totalMinor":10000000,"cur":"CNY","clauses":[{"key":"1 付款","value":"货到30日内付款"},{"key":"2 Delivery","value":"Within ten days."}]}"#),
    line("contract.signed", "contract:K1", "2025-02-01", #"{"version":1,"party":"us","signatory":"王芳","certificateHash":"\#(other)","docHash":"\#(scanHash)"}"#),
    line("contract.signed", "contract:K1", "2025-02-02", #"{"version":1,"party":"them","certificateHash":"\#(other)"}"#),
    line("contract.activated", "contract:K1", "2025-02-10", #"{"version":1,"effectiveOn":"2025-03-01"}"#),
    line("contract.amended", "contract:K1", "2025-06-01", #"{"fromVersion":1,"toVersion":2,"effectiveOn":"2025-07-01","assent":[{"party":"us","evidenceHash":"\#(other)"},{"party":"them","evidenceHash":"\#(other)"}],"clauseChanges":[{"key":"1 付款","before":"货到30日内付款","after":"货到45日内付款","proposedBy":"them"}]}"#),
    line("order.placed", "order:9", "2025-06-02", #"{"customer":"C1","totalMinor":129900,"cur":"CNY"}"#),
    line("dispute.opened", "dispute:D1", "2025-09-01", #"{"contract":"K1","claimMinor":500000,"cur":"CNY","side":"us","ground":"late payment"}"#),
  ]
}()

private func told() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  let run = folder.run("append", input: story.joined(separator: "\n"))
  #expect(run.status == .ok, "\(run.remarks)")
  try FileManager.default.createDirectory(atPath: folder.path + "/scans/deep", withIntermediateDirectories: true)
  try scan.write(toFile: folder.path + "/scans/deep/p1.txt", atomically: true, encoding: .utf8)
  return folder
}

extension Folder {
  /// Exports and gives what was said, and the archive's path.
  fileprivate func export(_ name: String, _ arguments: String...) throws -> (said: JSONObject, path: String) {
    let out = path + "/" + name
    let run = Run(
      ["evidence", "export", "--out", out, "--data", path] + arguments, source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return (try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object ?? [:], out)
  }

  /// Unpacks an archive with Python's standard library and gives the files by their names.
  fileprivate func unpack(_ archive: String) throws -> [String: String] {
    let place = archive + ".d"
    let run = try Binary.shell("python3 -m zipfile -e \(archive) \(place)")
    #expect(run.status == 0, "\(run.remarks)")
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: place) {
      files[name] = try? String(contentsOfFile: place + "/" + name, encoding: .utf8)
    }
    return files
  }
}

private let canRun = (try? Binary.shell("python3 -c 'import zipfile'").status) == 0

@Suite(.enabled(if: canRun, "needs python3")) struct `An evidence package` {
  @Test func `is checked by a stranger who has python3, the archive, the key and nothing else`() throws {
    let folder = try told()
    let (said, archive) = try folder.export("k.zip", "--contract", "K1", "--documents", folder.path + "/scans", "--reason", "court")
    #expect(said["events"]?.int == 6 && said["documents"]?.int == 2 && said["absent"]?.int == 1)
    let stranger = try Folder()
    let key = try String(contentsOfFile: folder.path + "/keys/signing.vkey", encoding: .utf8)
    try FileManager.default.copyItem(atPath: archive, toPath: stranger.path + "/k.zip")
    _ = try stranger.file("acme.vkey", key)
    // No program of this machine but Python: an empty PATH, and the verifier that lies in the package.
    let check = "cd $d && python3 -m zipfile -e k.zip p && PATH= $(command -v python3) p/verify.py --package"
    for place in ["p", "k.zip"] {
      let run = try Binary.shell("\(check) \(place) --key acme.vkey", environment: ["d": stranger.path])
      #expect(run.status == 0, "\(run.output) \(run.remarks)")
      #expect(run.output.contains("\"verdict\": \"clean\"") && run.output.contains("signed by"), "\(run.output)")
      #expect(run.output.contains("taken out by tester") && run.output.contains("1 documents are named and absent"))
    }
    let sums = try Binary.shell("cd $d/p && sha256sum -c CUSTODY.sha256 MANIFEST.sha256 --quiet", environment: ["d": stranger.path])
    #expect(sums.status == 0, "\(sums.output)")
    let single = try Binary.shell("cd $d/p && for f in proofs/*; do python3 verify.py --proof $f --key ../acme.vkey || exit 1; done | grep -c clean", environment: ["d": stranger.path])
    #expect(single.output == "6\n")
    let other = try Folder.filled()
    let stranges = try Binary.shell("\(check) k.zip --key \(other.path)/keys/signing.vkey", environment: ["d": stranger.path])
    #expect(stranges.status == 2 && stranges.output.contains("\"files\": [\"checkpoint.note\"]"), "\(stranges.output)")
  }

  @Test func `names the file in which a byte was flipped, any file and any byte`() throws {
    let folder = try told()
    let (_, archive) = try folder.export("k.zip", "--contract", "K1", "--documents", folder.path + "/scans")
    // In Python, so that the whole is one process: each file unpacked with a byte changed in its middle and its last.
    let script = #"""
      import io, os, shutil, sys, zipfile, contextlib, random
      sys.path.insert(0, os.environ["v"]); sys.dont_write_bytecode = True
      import verify
      def verdict(path):
          out = io.StringIO()
          with contextlib.redirect_stdout(out):
              try: status = verify.verify_package(path, None)
              except verify.Wrong as wrong: return 2, str(wrong)
          return status, out.getvalue()
      archive, folder = os.environ["a"], os.environ["a"] + ".d"
      zipfile.ZipFile(archive).extractall(folder)
      assert verdict(folder)[0] == 0, verdict(folder)
      names = zipfile.ZipFile(archive).namelist()
      for name in names:
          path = os.path.join(folder, name)
          whole = open(path, "rb").read()
          for place in sorted({0, len(whole) // 2, len(whole) - 1}):
              bad = bytearray(whole); bad[place] ^= 1
              open(path, "wb").write(bad)
              status, said = verdict(folder)
              if status != 2 or name not in said: print("NOT NAMED", name, place, said)
          open(path, "wb").write(whole)
          os.rename(path, path + ".gone")
          status, said = verdict(folder)
          if status != 2 or name not in said: print("NOT MISSED", name, said)
          os.rename(path + ".gone", path)
      open(os.path.join(folder, "more.txt"), "w").write("x")
      if "more.txt: is listed nowhere" not in verdict(folder)[1]: print("MORE")
      whole, dice = open(archive, "rb").read(), random.Random(7)
      for place in [dice.randrange(len(whole)) for _ in range(150)] + list(range(len(whole) - 60, len(whole))):
          bad = bytearray(whole); bad[place] ^= 1 << dice.randrange(8)
          open(archive + ".bad", "wb").write(bad)
          status, said = verdict(archive + ".bad")
          if status != 2: print("PASSED", place, said)
      print(len(names), "files")
      """#
    let path = try folder.file("flip.py", script)
    let run = try Binary.shell("python3 \(path)", environment: ["v": folder.path + "/log", "a": archive])
    #expect(run.status == 0 && run.output.hasSuffix(" files\n"), "\(run.output.prefix(2_000)) \(run.remarks.suffix(2_000))")
    #expect(run.output.split(separator: "\n").count == 1, "\(run.output.prefix(2_000))")
  }

  @Test func `is the same for the same request, but for the custody line`() throws {
    let folder = try told()
    let (first, one) = try folder.export("1.zip", "--dispute", "D1", "--reason", "court")
    _ = folder.run("append", input: #"{"type":"customer.registered","subject":"customer:C2","data":{"name":"Other"},"occurredAt":"2026-04-01"}"#)
    _ = folder.run("checkpoint")
    let (second, two) = try folder.export("2.zip", "--dispute", "D1")
    #expect(first["manifest"] == second["manifest"] && first["event"] != second["event"])
    let (a, b) = (try folder.unpack(one), try folder.unpack(two))
    #expect(a.keys.sorted() == b.keys.sorted())
    let different = a.keys.filter { a[$0] != b[$0] }.sorted()
    #expect(different == ["CUSTODY.sha256", "custody.json"])
    let custody = try #require(try JSON(parsing: (b["custody.json"] ?? "").trimmingCharacters(in: .newlines)).object)
    #expect(custody["earlier"]?.array?.first?.object?["actor"] == "tester")
    #expect(custody["earlier"]?.array?.first?.object?["hash"] == first["manifest"])
  }

  @Test func `and its taking is an event that names the customer, the request and what was handed out`() throws {
    let folder = try told()
    let (said, _) = try folder.export("1.zip", "--contract", "contract:K1", "--reason", "court", "--role", "LG")
    let last = try #require(folder.run("history", "customer:C1").lines.last)
    let event = try #require(try JSON(parsing: last).object)
    #expect(event["type"] == "data.accessed" && event["seq"] == said["event"] && event["role"] == "LG" && event["reason"] == "court")
    let data = try #require(event["data"]?.object)
    #expect(data["hash"] == said["manifest"] && data["rows"]?.int == 6 && data["kind"] == "export")
    #expect(data["query"]?.string?.contains(#""evidence":"contract:K1""#) == true)
    // A look makes no model old, so that the business day is said for which looks are counted.
    let shown = folder.run("show", "access", "--as-of", "2100-01-01")
    #expect(shown.output.contains("export"), "\(shown.remarks)")
  }

  @Test func `holds pages in both languages, the changes of each version, and nothing personal`() throws {
    let folder = try told()
    let (_, archive) = try folder.export("c.zip", "--customer", "C1")
    let files = try folder.unpack(archive)
    #expect(files["pages/contract-1-K1-changes-1-2.zh.html"]?.contains("45日") == true)
    #expect(files["pages/timeline.en.html"]?.contains("Contract amended") == true)
    #expect(files["pages/timeline.zh.html"]?.contains("未收录：个人信息") == true)
    #expect(files.keys.contains("rules/approval@1.json"))
    for (name, text) in files { #expect(!text.contains("李薇") && !text.contains("王芳"), "\(name)") }
    #expect(files["withheld.json"]?.contains(#""field":"name""#) == true)
  }

  @Test(.enabled(if: Printing.program(in: "/usr/bin:/bin") != nil, "needs chromium"))
  func `has its pages as PDF where somebody wants them, the same each time`() throws {
    let folder = try told()
    let (first, archive) = try folder.export("1.zip", "--dispute", "D1", "--pdf")
    let (second, _) = try folder.export("2.zip", "--dispute", "D1", "--pdf")
    #expect(first["manifest"] == second["manifest"])
    let kind = try Binary.shell("python3 -c 'import zipfile,os;print(zipfile.ZipFile(os.environ[\"a\"]).read(\"pages/timeline.zh.pdf\")[:5])'", environment: ["a": archive])
    #expect(kind.output == "b'%PDF-'\n", "\(kind.remarks)")
    let none = Run(["evidence", "export", "--customer", "C1", "--pdf", "--out", folder.path + "/3.zip", "--data", folder.path], source: MemorySource(""), environment: ["LANG": "en", "PATH": "/nowhere"])
    #expect(none.status == .unavailable && none.remarks.contains("[E-PRINT-NONE]"), "\(none.remarks)")
  }

  @Test func `looks from any day, as known on any day`() throws {
    let folder = try told()
    let (said, archive) = try folder.export("k.zip", "--contract", "K1", "--as-of", "2025-06-15", "--known-at", "5")
    #expect(said["events"]?.int == 4)
    let files = try folder.unpack(archive)
    #expect(!files.keys.contains { $0.contains("changes") })
    #expect(files["request.json"]?.contains(#""knownAt":5"#) == true)
  }

  @Test(arguments: [
    ([], "E-USAGE", keshi.ExitStatus.usage), (["--customer", "C1", "--contract", "K1"], "E-USAGE", .usage),
    (["--contract", "K9"], "E-SUBJECT", .noInput), (["--contract", "K1", "--as-of", "2024-01-01"], "E-EVIDENCE-NONE", .noInput),
    (["--contract", "K1", "--documents", "/nowhere"], "E-FILE", .noInput),
  ]) func `that cannot be made says why and records nothing`(arguments: [String], code: String, status: keshi.ExitStatus) throws {
    let folder = try told()
    let out = folder.path + "/x.zip"
    let run = Run(["evidence", "export", "--out", out, "--data", folder.path] + arguments, source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == status && run.remarks.contains("[\(code)"), "\(run.remarks)")
    #expect(!FileManager.default.fileExists(atPath: out))
    #expect(folder.run("history", "customer:C1").lines.count == story.count)
  }
}
