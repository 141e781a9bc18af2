import Conditions
public import Projection
import Vocabulary
public import Wire

extension RuleKind {
  /// The JSON Schema (draft 2020-12) of this kind's bodies, with the words that its conditions may use.
  public var schema: JSONObject {
    var schema = Field.schema(of: fields)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = .string("urn:keshi:rule:\(name)")
    schema["title"] = .string("\(title.en) · \(title.zh)")
    guard !measures.isEmpty else { return schema }
    schema["x-measures"] = .array(
      measures.map { measure in
        [
          "name": ["en": .string(measure.name.en), "zh": .string(measure.name.zh)],
          "unit": .string(measure.unit.rawValue),
          "window": .string("\(measure.window)"), "words": .array(measure.words.map { .string($0.text) }),
        ]
      })
    return schema
  }
}
