import Foundation
import Vocabulary
import Wire

/// A field's value as a person writes it on the command line.
enum FieldWord {
  /// Bytes that a file named with `@` may have.
  static let fileBytes = 1 << 20

  /// Puts a value into the data; a list grows by one item, unless it is given whole as JSON.
  static func add(_ word: String, to data: inout JSONObject, _ field: Field) throws {
    if case .list(let item, _) = field.kind {
      if word.hasPrefix("[") {
        data[field.name] = try json(word, field)
      } else {
        data[field.name] = .array((data[field.name]?.array ?? []) + [try value(word, item, field)])
      }
    } else {
      data[field.name] = try value(word, field.kind, field)
    }
  }

  private static func value(_ word: String, _ kind: Field.Kind, _ field: Field) throws -> JSON {
    let value = try parsed(word, kind, field)
    try kind.check(value, at: "data." + field.name)
    return value
  }

  private static func parsed(_ word: String, _ kind: Field.Kind, _ field: Field) throws -> JSON {
    switch kind {
    case .integer: return Int64(word).map { .int($0) } ?? .string(word)
    case .flag: return ["true", "false"].contains(word) ? .bool(word == "true") : .string(word)
    case .record(let fields):
      return word.hasPrefix("{") ? try json(word, field) : .object(try members(word, fields, field))
    case .body: return try json(word.hasPrefix("@") ? try contents(String(word.dropFirst()), field) : word, field)
    case .list: return try json(word, field)
    case .text, .currency, .decimal, .day, .instant, .code, .reference, .subject, .hash: return .string(word)
    }
  }

  /// `party=us,evidenceHash=9f86…`
  private static func members(_ word: String, _ fields: [Field], _ field: Field) throws -> JSONObject {
    var object = JSONObject()
    for part in word.split(separator: ",") {
      let pair = DoWords.halves(part)
      guard pair.count == 2 else { throw DoWords.bad("--" + DoWords.flag(of: field), word, model(fields)) }
      guard let member = fields.first(where: { $0.name == pair[0] }) else {
        throw EventError(.unknownMember(allowed: fields.map(\.name)), at: "data.\(field.name).\(pair[0])")
      }
      object[member.name] = try parsed(pair[1], member.kind, member)
    }
    return object
  }

  private static func model(_ fields: [Field]) -> String {
    fields.prefix(2).map { $0.name + "=…" }.joined(separator: ",")
  }

  private static func json(_ word: String, _ field: Field) throws -> JSON {
    do { return try JSON(parsing: Array(word.utf8).span) } catch {
      throw EventError(.json(error.reason, offset: error.offset), at: "data." + field.name)
    }
  }

  private static func contents(_ path: String, _ field: Field) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= fileBytes,
      let text = String(validating: bytes, as: UTF8.self)
    else { throw DoWords.bad("--" + DoWords.flag(of: field), "@" + path, "@rule.json") }
    return text
  }
}
