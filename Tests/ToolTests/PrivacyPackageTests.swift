import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

private let story = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2025-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"李薇","channels":["li@acme.example"],"influence":"buyer"},"occurredAt":"2025-01-06"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"Zhang Wei","channels":["zw@acme.example"]},"occurredAt":"2025-01-07"}"#,
  #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call","person":"李薇","summary":"wants a new offer"},"occurredAt":"2025-02-06"}"#,
  #"{"type":"privacy.requested","subject":"customer:1","data":{"right":"copy","person":"李薇"},"occurredAt":"2025-03-06"}"#,
]

private func filled() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  #expect(folder.run("append", input: story.joined(separator: "\n")).status == .ok)
  return folder
}

private func unpacked(_ archive: String) throws -> [String: String] {
  let run = try Binary.shell("python3 -m zipfile -e \(archive) \(archive).d")
  #expect(run.status == 0, "\(run.remarks)")
  let names = try FileManager.default.contentsOfDirectory(atPath: archive + ".d")
  return Dictionary(uniqueKeysWithValues: try names.map { ($0, try String(contentsOfFile: archive + ".d/" + $0, encoding: .utf8)) })
}

@Suite(.enabled(if: (try? Binary.shell("python3 --version").status) == 0, "needs python3"))
struct `The copy that a person asks for` {
  @Test func `holds what names them, nobody else, and answers their request`() throws {
    let folder = try filled()
    let out = folder.path + "/li.zip"
    let run = folder.run("privacy", "package", "1", "--person", "李薇", "--request", "4", "--out", out)
    #expect(run.status == .ok, "\(run.remarks)")
    let files = try unpacked(out)
    let copy = try #require(try JSON(parsing: (files["personal.json"] ?? "").trimmingCharacters(in: .newlines)).object)
    #expect(copy["items"]?.array?.compactMap { $0.object?["event"]?.int } == [1, 3, 4])
    for (name, text) in files { #expect(!text.contains("Zhang") && !text.contains("zw@"), "\(name)") }
    for page in ["copy.en.html", "copy.zh.html"] {
      #expect(files[page]?.contains("li@acme.example") == true && files[page]?.contains("wants a new offer") == true)
    }
    #expect(files["copy.zh.html"]?.contains("删除之后仍保留") == true)
    let sums = try Binary.shell("cd \(out).d && sha256sum -c CUSTODY.sha256 MANIFEST.sha256 --quiet")
    #expect(sums.status == 0, "\(sums.output)")
    let events = folder.run("history", "1").lines.suffix(2)
    #expect(events.first?.contains(#""type":"data.accessed""#) == true)
    #expect(events.last?.contains(#""type":"privacy.fulfilled""#) == true && events.last?.contains("packageHash") == true)
    #expect(folder.run("show", "privacy").output.contains(#""openRequests":0"#))
    #expect(folder.run("show", "access").output.contains("export"))
  }

  @Test func `says of erased values that they are erased, and of a stranger that nothing is held`() throws {
    let folder = try filled()
    let none = folder.run("privacy", "package", "1", "--person", "Nobody", "--out", folder.path + "/x.zip")
    #expect(none.status == .noInput && none.remarks.contains("[E-PRIVACY-NONE]"))
    let wrong = folder.run("privacy", "package", "1", "--request", "2", "--out", folder.path + "/x.zip")
    #expect(wrong.remarks.contains("[E-PRIVACY-REQUEST]") && !FileManager.default.fileExists(atPath: folder.path + "/x.zip"))
    #expect(folder.run("history", "1").lines.count == story.count, "nothing was recorded")
    _ = folder.run("erase", "1", "--reason", "x")
    let run = folder.run("privacy", "package", "1", "--out", folder.path + "/x.zip")
    #expect(run.status == .ok && run.remarks.contains("everybody"), "\(run.remarks)")
    let files = try unpacked(folder.path + "/x.zip")
    #expect(files["copy.en.html"]?.contains("erased on") == true && files["copy.zh.html"]?.contains("擦除]") == true)
  }
}

@Suite struct `The record of processing` {
  @Test(arguments: Language.allCases) func `names every type that takes personal values, and how long they are kept`(language: Language) throws {
    let folder = try filled()
    let page = folder.path + "/p.html"
    let run = folder.run("privacy", "processing", "--page", page, "--lang", language.rawValue)
    #expect(run.status == .ok, "\(run.remarks)")
    let rows = try run.lines.compactMap { try JSON(parsing: $0).object }
    let contact = try #require(rows.first { $0["event"] == "contact.added" })
    #expect(contact["months"]?.int == 36 && contact["grade"]?.string?.hasPrefix("L3") == true)
    let types = rows.compactMap { $0["event"]?.string }
    for type in ["contract.signed", "interaction.logged", "privacy.requested"] { #expect(types.contains(type), "\(type)") }
    #expect(!rows.contains { $0["event"] == "order.placed" })
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("AES-256-GCM"))
  }
}
