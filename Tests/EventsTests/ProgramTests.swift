import Events
import EventsTestSupport
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

/// What independent programs make of the schemas and of the AsyncAPI document.
@Suite struct `Other programs take the published schemas` {
  private static let document = Text.of(.object(Catalogue.keshi.asyncAPI(guards: Guards.all, version: "1")))

  private func file(_ name: String, _ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "keshi-events-" + UUID().uuidString + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Each golden line fits the payload of its type; with a field that nobody declared, or without its data, it does not.
  /// Lines whose personal values are commitments fit, too.
  @Test(.enabled(if: Python.having("jsonschema") != nil, "no Python with jsonschema; KESHI_PYTHON names one"))
  func `jsonschema finds them sound, and every golden line fits`() throws {
    let python = try #require(Python.having("jsonschema"))
    let code = """
      import glob, json, sys
      from jsonschema import Draft202012Validator, FormatChecker
      document = json.load(open(sys.argv[1]))
      for schema in map(json.loads, open(sys.argv[2])):
        Draft202012Validator.check_schema(schema)
      payloads = {m["name"]: {"$ref": "#/components/messages/%s/payload" % key} for key, m in document["components"]["messages"].items()}
      def fits(line):
        schema = dict(payloads[line["type"]], components=document["components"])
        return Draft202012Validator(schema, format_checker=FormatChecker()).is_valid(line)
      count = 0
      for path in glob.glob(sys.argv[3] + "/*.json"):
        line = json.load(open(path))
        if line["v"] != max(int(p.rsplit(".v", 1)[1][:-5]) for p in glob.glob(sys.argv[3] + "/" + line["type"] + ".v*.json")):
          continue
        assert fits(line), path
        personal = set(json.loads(sys.argv[4]).get(line["type"], []))
        if personal:
          sealed = dict(line, data={k: v for k, v in line["data"].items() if k not in personal}, p={k: "x" * 43 for k in personal})
          assert fits(sealed), path
          assert not fits(dict(sealed, p={k: "short" for k in personal})), path
        line["data"]["surprise"] = 1
        assert not fits(line), path
        del line["data"]
        assert not fits(line), path
        count += 1
      print(count)
      """
    let declarations = Catalogue.keshi.entries.map(\.declaration)
    let schemas = declarations.map { Text.of(.object($0.dataSchema)) }.joined(separator: "\n")
    let personal = JSONObject(declarations.map { ($0.name, .array($0.personalFields.map { .string($0.name) })) })
    let run = try Python.run(
      python, code,
      [try file("a.json", Self.document), try file("s.json", schemas), GoldenTests.directory.path, Text.of(.object(personal))])
    #expect(run.status == 0, "\(run.remarks)")
    #expect(run.output == "\(declarations.count)\n")
  }

  @Test(.enabled(if: Python.having("asyncapi3") != nil, "no Python with asyncapi3; KESHI_PYTHON names one"))
  func `an AsyncAPI model takes the document`() throws {
    let python = try #require(Python.having("asyncapi3"))
    let code = """
      import json, sys, warnings
      warnings.simplefilter("ignore")
      from asyncapi3 import AsyncAPI3
      model = AsyncAPI3.model_validate(json.load(open(sys.argv[1])))
      print(len(model.components.messages))
      """
    let run = try Python.run(python, code, [try file("a.json", Self.document)])
    #expect(run.status == 0, "\(run.remarks)")
    #expect(run.output == "\(Catalogue.keshi.entries.count)\n")
  }
}

extension Text {
  fileprivate static func of(_ value: JSON) -> String { value.canonical }
}
