import Events
import EventsTestSupport
import Testing
import Vocabulary
import Wire

/// The published JSON Schema and the checks of the code say the same.
@Suite struct SchemaTests {
  static let types = Catalogue.keshi.entries

  @Test(arguments: types) func samplesFitTheirSchema(_ entry: Catalogue.Entry) {
    let schema = entry.declaration.dataSchema
    let fields = entry.declaration.fields
    #expect(schema["$id"] == .string("urn:keshi:event:\(entry.declaration.name):\(entry.declaration.version)"))
    #expect(fits(.object(Sampler.object(fields)), schema))
    #expect(fits(.object(Sampler.object(fields.filter(\.isRequired))), schema))
    #expect(!fits(.object(Sampler.object(fields) + ("surprise", 1)), schema))
    for field in fields where field.isRequired {
      var data = Sampler.object(fields)
      data[field.name] = nil
      #expect(!fits(.object(data), schema), "\(entry.declaration.name) without \(field.name)")
    }
  }

  /// What a schema can say (all but lengths in bytes and calendars), it says at the same limits.
  @Test(arguments: types) func limitsAreTheSchemasToo(_ entry: Catalogue.Entry) {
    for field in entry.declaration.fields {
      let others = Sampler.object(entry.declaration.fields)
      for value in Sampler.atLimit(field.kind) {
        #expect(fits(.object(others + (field.name, value)), entry.declaration.dataSchema), "\(field.name)")
      }
      for value in Sampler.pastLimit(field.kind) where SchemaTests.canSay(field.kind, value) {
        #expect(!fits(.object(others + (field.name, value)), entry.declaration.dataSchema), "\(field.name)")
      }
    }
  }

  private static func canSay(_ kind: Field.Kind, _ value: JSON) -> Bool {
    switch kind {
    case .integer, .flag, .code, .record, .list, .body: true
    case .text, .reference, .subject, .day, .instant, .currency, .decimal, .hash: value.string == nil
    }
  }

  /// The part of JSON Schema that `Schema.swift` writes.
  private func fits(_ value: JSON, _ schema: JSONObject) -> Bool {
    if let words = schema["enum"]?.array, !words.contains(value) { return false }
    switch (schema["type"]?.string, value) {
    case ("string", .string(let text)):
      return text.unicodeScalars.count >= Int(schema["minLength"]?.int ?? 0)
        && text.unicodeScalars.count <= schema["maxLength"]?.int.map { Int($0) } ?? .max
    case ("integer", .int(let number)):
      return number >= schema["minimum"]?.int ?? .min && number <= schema["maximum"]?.int ?? .max
    case ("boolean", .bool): return true
    case ("array", .array(let items)):
      return items.count <= schema["maxItems"]?.int.map { Int($0) } ?? .max
        && items.allSatisfy { fits($0, schema["items"]?.object ?? [:]) }
    case ("object", .object(let object)): return fits(object, schema)
    default: return false
    }
  }

  private func fits(_ object: JSONObject, _ schema: JSONObject) -> Bool {
    guard let properties = schema["properties"]?.object else { return true }
    let required = schema["required"]?.array?.compactMap(\.string) ?? []
    return required.allSatisfy { object[$0] != nil }
      && object.members.allSatisfy { member in properties[member.name]?.object.map { fits(member.value, $0) } ?? false }
  }
}
