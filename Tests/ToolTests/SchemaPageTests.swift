import Answers
import Foundation
import Projection
import ProjectionCatalogue
import Testing
import Vocabulary

@testable import keshi

/// What is made from the projections says what they say.
@Suite struct `The page of read models` {
  private static let file = Golden.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Projections/SCHEMA.md")

  @Test func `in the repository is the newest`() throws {
    let page = SchemaPage(ProjectionCatalogue.all, in: Language.allCases).markdown
    if Golden.isWriting { return try page.write(to: Self.file, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == page, "KESHI_GOLDEN=write tools/test --filter ToolTests")
  }

  @Test(arguments: ["en", "zh"]) func `is printed, and names every column of every view`(language: String) throws {
    let run = Run(["show", "--schema", "--lang", language], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok)
    for projection in ProjectionCatalogue.all {
      #expect(run.output.contains("\n## \(projection.name)\n") && run.output.contains("`\(projection.name)_rows`"))
      for column in projection.columns { #expect(run.output.contains("| `\(column.name)` | \(column.kind.rawValue) | ")) }
    }
  }
}

/// The files as other programs find them.
@Suite struct `Read models in SQLite` {
  @Test func `hold the views and columns that the page names`() throws {
    let folder = try Folder.filled()
    #expect(folder.run("rebuild").status == .ok)
    for projection in ProjectionCatalogue.all {
      let file = folder.path + "/models/\(projection.name).sqlite"
      let text = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
      #expect(text.contains("CREATE VIEW \"\(projection.name)_rows\""))
      for column in projection.columns { #expect(text.contains("\"\(column.name)\""), "\(projection.name).\(column.name)") }
    }
  }
}
