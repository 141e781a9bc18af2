public import Wire

// Declaration → JSON Schema, draft 2020-12.

extension Declaration {
  /// The JSON Schema of this type's data in its newest version.
  public var dataSchema: JSONObject {
    var schema = Field.schema(of: fields)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = .string("urn:keshi:event:\(name):\(version)")
    schema["title"] = .string("\(title.en) · \(title.zh)")
    if let meaning { schema["description"] = .string(meaning.en + "\n" + meaning.zh) }
    return schema
  }
}

extension Field {
  /// The JSON Schema of an object with these fields.
  public static func schema(of fields: [Field]) -> JSONObject {
    [
      "type": "object",
      "properties": .object(JSONObject(fields.map { ($0.name, .object($0.schema)) })),
      "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
      "additionalProperties": false,
    ]
  }

  private var schema: JSONObject {
    var schema = kind.schema
    schema["title"] = .string("\(title.en) · \(title.zh)")
    if let note { schema["description"] = .string(note.en + "\n" + note.zh) }
    if let category { schema["x-personal"] = .string(category.word.text) }
    return schema
  }
}

extension Field.Kind {
  fileprivate var schema: JSONObject {
    switch self {
    case .text(let limit): ["type": "string", "maxLength": .int(Int64(limit))]
    case .integer(let range, let unit):
      ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound), "x-unit": .string(unit.rawValue)]
    case .currency: ["type": "string", "pattern": "^[A-Z]{3}$"]
    case .decimal: ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "maxLength": 40]
    case .day: ["type": "string", "format": "date"]
    case .instant: ["type": "string", "format": "date-time"]
    case .flag: ["type": "boolean"]
    case .code(let codes): ["type": "string", "enum": .array(codes.map { .string($0.word.text) })]
    case .reference(let kind):
      ["type": "string", "minLength": 1, "maxLength": .int(Int64(Subject.idLengthLimit)), "x-reference": .string(kind.word)]
    case .subject:
      ["type": "string", "pattern": "^[a-z-]+:.+$", "maxLength": .int(Int64(Subject.idLengthLimit + 100)), "x-reference": "any"]
    case .hash: ["type": "string", "pattern": "^[0-9a-f]{64}$"]
    case .record(let fields): Field.schema(of: fields)
    case .list(let kind, let limit): ["type": "array", "items": .object(kind.schema), "maxItems": .int(Int64(limit))]
    case .body: ["type": "object"]
    }
  }
}
