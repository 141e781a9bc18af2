import Answers
import Events
import Foundation
import Vocabulary
import Wire

/// Where an import puts what it could not use: a file that exists only if something is in it.
final class Quarantine {
  private let folder: String
  private let name: String
  private var file: (handle: FileHandle, sink: FileSink)?

  /// The file, once something is in it.
  var path: String? { file == nil ? nil : folder + "/" + name }

  /// - Parameter time: names the file, `import-20261123T114003.123Z.ndjson`.
  init(folder: String, at time: Instant) {
    self.folder = folder
    name = "import-" + time.description.filter { $0 != "-" && $0 != ":" } + ".ndjson"
  }

  /// Adds one line of JSON.
  func add(_ line: String) throws { try open().write(line + "\n") }

  /// Adds an event that the log refused, without its personal values: no erasure looks into this file.
  func add(_ event: Event, refused trouble: Trouble) throws {
    var event = event
    for field in Catalogue.keshi.entry(named: event.type)?.declaration.fields ?? [] where field.isPersonal {
      event.data[field.name] = nil
    }
    let line: JSONObject = [
      "code": .string(trouble.code), "reason": .string(trouble.what[Speech.language]), "event": .object(event.json),
    ]
    try add(JSON.object(line).canonical)
  }

  func close() throws {
    guard let file else { return }
    try file.sink.flush()
    try file.handle.synchronize()
  }

  private func open() throws -> FileSink {
    if let file { return file.sink }
    let path = folder + "/" + name
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard FileManager.default.createFile(atPath: path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let sink = FileSink(descriptor: handle.fileDescriptor)
      file = (handle, sink)
      return sink
    } catch {
      throw Trouble(
        .cannotCreate, "E-QUARANTINE", Name("the quarantine file cannot be made", "无法建立隔离文件"), at: Name(same: path),
        unharmed: Unharmed.log, remedy: Name("check the permissions of the data folder", "请检查数据目录的权限"))
    }
  }
}
