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

/// Another program's SQLite, on a small company: what its views say is what the command says, in the columns that the page
/// names, each with a title and a kind in the file itself.
@Suite(.enabled(if: (try? Binary.shell("python3 -c 'import sqlite3'").status) == 0, "needs python3 with sqlite3"))
struct `Read models read by another program` {
  private static let reader = #"""
    import json, os, re, sqlite3, subprocess, sys
    folder, keshi, page = sys.argv[1:4]
    def plain(value): return int(value) if isinstance(value, bool) else float(value) if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value) else value
    rows = 0
    for part in re.split(r"(?m)^## ", open(page, encoding="utf-8").read())[1:]:
        name, named = part.split("\n", 1)[0], re.search(r"View `([^`]+)`", part)
        if not named: continue
        columns = re.findall(r"(?m)^\| `([^`]+)` \| (\w+) \|", part)
        path = "%s/models/%s.sqlite" % (folder, name)
        db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
        found = db.execute('SELECT * FROM "%s" ORDER BY subject' % named.group(1))
        heads = [head[0] for head in found.description]
        own = [head for head in heads if head not in ("subject", "since", "because", "rule", "asOf", "position")]
        if own != [column for column, _ in columns]: print("columns of", name, own, columns)
        told = subprocess.run([keshi, "show", name, "--data", folder, "--format", "ndjson"], capture_output=True, text=True).stdout
        told = sorted((json.loads(line) for line in told.splitlines()), key=lambda row: row["subject"].encode())
        found = sorted((dict(zip(heads, row)) for row in found.fetchall()), key=lambda row: row["subject"].encode())
        if len(told) != len(found): print("rows of", name, len(told), len(found))
        for mine, theirs in zip(told, found):
            rows += 1
            wrong = [c for c in ["subject", "because"] + own if plain(mine.get(c)) != plain(theirs[c])]
            if wrong: print(name, mine["subject"], wrong, [(mine.get(c), theirs[c]) for c in wrong]); break
    print(rows, "rows")
    """#

  @Test func `say what the command says`() throws {
    let tools = try Folder()
    let data = tools.path + "/company"
    #expect(Run("demo", "--customers", "60", "--seed", "11", "--data", data).status == .ok)
    #expect(Run("rebuild", "--data", data).status == .ok)
    let script = try tools.file("read.py", Self.reader)
    let page = try tools.file("SCHEMA.md", SchemaPage(ProjectionCatalogue.all, in: Language.allCases).markdown)
    let run = try Binary.shell("PYTHONUTF8=1 python3 \(script) \(data) $keshi \(page)")
    let lines = run.output.split(separator: "\n")
    #expect(run.status == 0 && lines.count == 1 && lines[0].hasSuffix(" rows"), "\(run.output.prefix(2_000)) \(run.remarks.suffix(500))")
    #expect((lines.first?.split(separator: " ").first.flatMap { Int($0) } ?? 0) > 1_000, "\(run.output.prefix(200))")
  }
}
