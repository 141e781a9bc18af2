import Foundation
import Vocabulary

/// Pages printed to PDF by the program Chromium, where it is installed.
public enum Printing {
  /// The names under which the program is known, the first that is there is taken.
  static let programs = ["chromium", "chromium-browser", "google-chrome"]

  /// Where the program is; `nil` where it is not installed.
  ///
  /// - Parameter path: folders as `PATH` has them.
  public static func program(in path: String) -> String? {
    for name in programs {
      for folder in path.split(separator: ":") {
        let place = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: place) { return place }
      }
    }
    return nil
  }

  /// The pages among some files, each as a PDF beside it. The same page gives the same bytes: the time of printing, which
  /// the program writes into the file, is set to that of the archive's files, and the ids of its elements, which begin
  /// where the program happens to stand, are numbered from 1.
  ///
  /// - Parameter progress: by pages.
  /// - Throws: `E-PRINT` where the program gives no PDF.
  public static func pdfs(
    of files: [PackedFile], by program: String, progress: (Int64, Int64) -> Void = { _, _ in }
  ) throws -> [PackedFile] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keshi-print-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pages = files.filter { $0.path.hasSuffix(".html") }
    return try pages.enumerated().map { place, page in
      progress(Int64(place), Int64(pages.count))
      try OutsideFile.write(page.bytes, to: folder + "/page.html")
      try run(program, in: folder)
      let bytes = try OutsideFile.read(folder + "/page.pdf", limit: PackageLimit.attachmentBytes)
      try FileManager.default.removeItem(atPath: folder + "/page.pdf")
      return PackedFile(String(page.path.dropLast(5)) + ".pdf", withoutChance(bytes))
    }
  }

  private static func run(_ program: String, in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(folder)/profile",
      "--print-to-pdf=\(folder)/page.pdf", "file://\(folder)/page.html",
    ]
    (process.standardInput, process.standardOutput, process.standardError) =
      (FileHandle.nullDevice, FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: folder + "/page.pdf") else {
      throw Trouble.notPrinted(program)
    }
  }

  /// The file with its times, `/CreationDate (D:20261127104337+00'00')` (ISO 32000-1, 7.9.4), set to the start of 1980.
  static func withoutTimes(_ pdf: [UInt8]) -> [UInt8] {
    let (mark, time) = (Array("Date (D:".utf8), Array("19800101000000".utf8))
    var bytes = pdf
    var place = 0
    while let start = bytes[place...].firstRange(of: mark)?.upperBound, start + time.count <= bytes.count {
      if bytes[start..<start + time.count].allSatisfy({ (0x30...0x39).contains($0) }) {
        bytes.replaceSubrange(start..<start + time.count, with: time)
      }
      place = start
    }
    return bytes
  }

  /// The file without what differs from one printing to the next.
  static func withoutChance(_ pdf: [UInt8]) -> [UInt8] { numbered(withoutTimes(pdf)) }

  /// Digits of an element's id, `(node00000027)`.
  private static let idLength = 8

  /// The file with the ids of its elements (ISO 32000-1, 14.7.2) numbered from 1, in their own order.
  private static func numbered(_ pdf: [UInt8]) -> [UInt8] {
    let mark = Array("(node".utf8)
    var (found, place): ([(start: Int, id: Int)], Int) = ([], 0)
    while let start = pdf[place...].firstRange(of: mark)?.upperBound, start + idLength <= pdf.count {
      let digits = String(decoding: pdf[start..<start + idLength], as: UTF8.self)
      if let id = Int(digits) { found.append((start, id)) }
      place = start
    }
    let order = Dictionary(uniqueKeysWithValues: Set(found.map(\.id)).sorted().enumerated().map { ($1, $0 + 1) })
    var bytes = pdf
    for (start, id) in found {
      let digits = String(order[id] ?? 0)
      let padded = String(repeating: "0", count: idLength - digits.count) + digits
      bytes.replaceSubrange(start..<start + idLength, with: padded.utf8)
    }
    return bytes
  }
}

extension Trouble {
  fileprivate static func notPrinted(_ program: String) -> Trouble {
    Trouble(
      .unavailable, "E-PRINT", Name("the page could not be printed", "无法打印页面"), at: Name(same: program),
      unharmed: Unharmed.everything, remedy: Name("leave --pdf out and print the HTML pages", "请不给 --pdf，改为打印 HTML 页面"))
  }

  /// That nothing here prints.
  public static var noPrinter: Trouble {
    Trouble(
      .unavailable, "E-PRINT-NONE", Name("Chromium, which makes PDFs, is not installed", "未安装用于生成 PDF 的 Chromium"),
      unharmed: Unharmed.everything,
      remedy: Name("install chromium, or leave --pdf out", "请安装 chromium，或不给 --pdf"))
  }
}
