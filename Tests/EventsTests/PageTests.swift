import Events
import Foundation
import Testing
import Vocabulary
import Wire

/// What is made from the declarations says what they say.
@Suite struct PageTests {
  static let page = GoldenTests.directory.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Events/README.md")

  /// `KESHI_GOLDEN=write` makes it anew.
  @Test func thePageInTheRepositoryIsTheNewest() throws {
    let page = CataloguePage(.keshi, guards: Guards.all, roles: Role.all, in: Language.allCases).markdown
    if Golden.isWriting { return try page.write(to: PageTests.page, atomically: true, encoding: .utf8) }
    #expect(try String(contentsOf: PageTests.page, encoding: .utf8) == page, "KESHI_GOLDEN=write tools/test --filter PageTests")
  }

  @Test(arguments: Language.allCases) func thePageNamesEverything(_ language: Language) {
    let page = CataloguePage(.keshi, guards: Guards.all, roles: Role.all, in: [language]).markdown
    for entry in Catalogue.keshi.entries {
      #expect(page.contains("### `\(entry.declaration.name)` \(entry.declaration.title[language])"))
      for field in entry.declaration.fields { #expect(page.contains("`\(field.name)`")) }
    }
    for guarding in Guards.all { #expect(page.contains("| `\(guarding.id)` | \(guarding.title[language]) |")) }
  }

  @Test func everyReferenceOfTheAsyncAPILeadsSomewhere() throws {
    let document = Catalogue.keshi.asyncAPI(guards: Guards.all, version: "0")
    var references: [String] = []
    collect(.object(document), &references)
    #expect(references.count > Catalogue.keshi.entries.count * 4)
    for reference in references {
      #expect(reach(reference, in: document) != nil, "\(reference)")
    }
    let messages = try #require(document["components"]?.object?["messages"]?.object)
    #expect(
      messages.members.map { $0.value.object?["name"]?.string ?? "" }.sorted() == Catalogue.keshi.entries.map(\.declaration.name).sorted())
  }

  /// Keys that all tools take: those of code generators become names.
  @Test func everyKeyIsAName() throws {
    let document = Catalogue.keshi.asyncAPI(guards: Guards.all, version: "0")
    for path in [["channels"], ["operations"], ["components", "messages"], ["components", "schemas"]] {
      let object = try #require(path.reduce(JSON.object(document) as JSON?) { $0?.object?[$1] }?.object)
      for member in object.members { #expect(member.name.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil, "\(member.name)") }
    }
  }

  private func collect(_ value: JSON, _ found: inout [String]) {
    switch value {
    case .array(let items): for item in items { collect(item, &found) }
    case .object(let object):
      for member in object.members {
        if member.name == "$ref", let text = member.value.string { found.append(text) } else { collect(member.value, &found) }
      }
    case .null, .bool, .int, .string: break
    }
  }

  private func reach(_ reference: String, in document: JSONObject) -> JSON? {
    reference.split(separator: "/").dropFirst().reduce(JSON.object(document) as JSON?) { $0?.object?[String($1)] }
  }
}
