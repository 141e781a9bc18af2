import AccessControl
import Answers
import Engine
import Events
import Foundation
import HTTPTypes
import Testing
import Vocabulary
import Wire

@testable import Serve

@Suite struct `Evidence by HTTP` {
  @Test func `is a package that verifies elsewhere, and the log says who took it`() async throws {
    let house = try await House()
    try await house.run { client in
      let order = #"{"subject":"customer:1","reason":"court"}"#
      let started = try await client.ask(.post, "/api/v1/evidence", as: .auditor, [.contentType: "application/json"], body: order)
      #expect(started.status == 202, "\(started.text)")
      let place = try #require(started.headers[.location])
      let job = try await client.end(of: place, as: .auditor)
      #expect(job.json["state"]?.string == "done", "\(job.text)")
      let result = try #require(job.json["result"]?.object)
      let archive = try await client.ask(.get, try #require(result["archive"]?.string), as: .auditor)
      #expect(archive.status == 200 && archive.headers[.contentType] == "application/zip")
      #expect(archive.headers[.contentDisposition] == "attachment; filename=\"evidence-customer-1.zip\"")
      // Nobody else fetches what the log says that this one took.
      #expect(try await client.ask(.get, place + "/archive", as: .admin).code == "E-NO-ARCHIVE")

      let bytes = try house.server.office.jobs.archive(String(try #require(place.split(separator: "/").last)), for: "auditor").bytes
      #expect(Int64(bytes.count) == result["bytes"]?.int)
      try check(bytes)
      let seq = try #require(result["event"]?.int)
      let event = try #require(try house.server.office.read { try $0.event(at: seq)?.event })
      #expect(event.type == "data.accessed" && event.data["kind"]?.string == "export" && event.about.actor == "auditor" && event.about.reason == "court")
      #expect(event.data["customer"]?.string == "1" && event.data["hash"] == result["manifest"])
    }
  }

  /// Unpacks it and asks the verifier in it, with the key that came another way; then again with one event told otherwise.
  private func check(_ archive: [UInt8]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keshi-evidence-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let package = folder.appending(path: "a.zip")
    try Data(archive).write(to: package)
    #expect(try run(["-m", "zipfile", "-e", "a.zip", "package"], in: folder) == 0)
    try FileManager.default.copyItem(at: folder.appending(path: "package/log.vkey"), to: folder.appending(path: "log.vkey"))
    #expect(try run(["package/verify.py", "--package", "a.zip", "--key", "log.vkey"], in: folder) == 0)
    #expect(!archive.contains(Array("李娜".utf8)) && !archive.contains(Array("138-0000".utf8)))
    try Data(archive.replacing(Array("1299".utf8), with: Array("1298".utf8))).write(to: package)
    #expect(try run(["package/verify.py", "--package", "a.zip", "--key", "log.vkey"], in: folder) != 0)
  }

  private func run(_ words: [String], in folder: URL) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + words
    process.currentDirectoryURL = folder
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(arguments: [
    (#"{"subject":"order:1"}"#, 400, "E-EVIDENCE-KIND"), (#"{"subject":"customer:99"}"#, 404, "E-SUBJECT"), (#"{}"#, 422, "E-BODY"), ("[", 422, "E-BODY"),
  ])
  func `is refused before anything is recorded`(order: String, status: Int, code: String) async throws {
    let house = try await House()
    try await house.run { client in
      let head = house.server.office.head
      let refused = try await client.ask(.post, "/api/v1/evidence", as: .auditor, [.contentType: "application/json"], body: order)
      #expect(refused.status == status && refused.code == code, "\(refused.text)")
      #expect(house.server.office.head == head && house.server.office.jobs.all().isEmpty)
    }
  }
}

@Suite struct `A token in the log` {
  @Test func `is there once, since it was made and until it was revoked, whoever revoked it`() async throws {
    let house = try await House()
    try await house.run { client in
      let office = house.server.office
      let made = office.head
      try office.rights.follow(office)
      #expect(office.head == made + Int64(AccessRole.allCases.count))
      try office.rights.follow(office)
      try Rights(office.store, keys: office.folder.keysPath).follow(office)  // as after a restart
      #expect(office.head == made + Int64(AccessRole.allCases.count))
      let id = try #require(try TokenFile(folder: office.folder.keysPath).all().first { $0.name == "writer" }?.id)
      house.clock.move(seconds: 60)
      #expect(try await client.ask(.delete, "/api/v1/tokens/\(id)").status == 200)
      let events = try office.read { snapshot in
        var events: [StoredEvent] = []
        try snapshot.history(of: "access:token-\(id)") { events.append($0) }
        return events.map(\.event)
      }
      #expect(events.map(\.type) == ["access.changed", "access.changed"])
      #expect(events.map { $0.data["grant"] } == [.bool(true), .bool(false)] && events.allSatisfy { $0.data["employee"]?.string == "writer" })
      #expect(events.map(\.about.actor) == ["keshi", "admin"])
      #expect(events.allSatisfy { event in !house.tokens.values.contains { JSON.object(event.json).canonical.contains($0.dropFirst(6)) } })
    }
  }
}
