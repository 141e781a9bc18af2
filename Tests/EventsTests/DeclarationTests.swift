import Events
import EventsTestSupport
import Testing
import Vocabulary
import Wire

/// Every type takes what it declares and refuses what lies one step beyond, whatever it is.
@Suite struct DeclarationTests {
  static let types = Catalogue.keshi.entries

  private func refusal(_ event: Event, _ declaration: Declaration) -> EventError? {
    do { try event.check(against: declaration) } catch { return error }
    return nil
  }

  @Test(arguments: types) func wholeAndBareSamplesAreTaken(_ entry: Catalogue.Entry) throws {
    var event = Sampler.event(of: entry)
    try event.check(against: entry.declaration)
    event.data = Sampler.object(entry.declaration.fields.filter(\.isRequired))
    try event.check(against: entry.declaration)
  }

  @Test(arguments: types) func unknownFieldsAreRefused(_ entry: Catalogue.Entry) throws {
    var event = Sampler.event(of: entry)
    event.data["surprise"] = 1
    let error = refusal(event, entry.declaration)
    #expect(error?.path == "data.surprise")
    #expect(error?.code == "E-EVENT-UNKNOWN-FIELD")
  }

  @Test(arguments: types) func requiredFieldsAreRequired(_ entry: Catalogue.Entry) throws {
    let sample = Sampler.event(of: entry)
    for field in entry.declaration.fields {
      var event = sample
      event.data[field.name] = nil
      let expected = field.isRequired ? EventError(.missing, at: "data.\(field.name)") : nil
      #expect(refusal(event, entry.declaration) == expected, "\(entry.declaration.name) \(field.name)")
    }
  }

  /// Walks into records and lists, so that each bound of each member is met.
  @Test(arguments: types) func boundsHold(_ entry: Catalogue.Entry) throws {
    let sample = Sampler.event(of: entry)
    for field in entry.declaration.fields {
      for place in Place.all(in: field.kind, title: field.title, path: "data." + field.name) {
        for value in Sampler.atLimit(place.kind) {
          var event = sample
          event.data[field.name] = place.around(value)
          #expect(refusal(event, entry.declaration) == nil, "\(place.path) takes \(brief(value))")
        }
        for value in Sampler.pastLimit(place.kind) {
          var event = sample
          event.data[field.name] = place.around(value)
          let error = refusal(event, entry.declaration)
          #expect(error?.path.hasPrefix(place.path) == true, "\(place.path) refuses \(brief(value))")
        }
      }
    }
  }

  @Test(arguments: types) func subjectsAreThoseDeclared(_ entry: Catalogue.Entry) throws {
    var event = Sampler.event(of: entry)
    for kind in entry.declaration.subjects {
      event.subject = try #require(Subject(kind: kind, id: "1"))
      #expect(refusal(event, entry.declaration) == nil)
    }
    event.subject = try #require(Subject("planet:1"))
    #expect(refusal(event, entry.declaration)?.path == "subject")
  }

  @Test(arguments: types) func reasonsAreAskedForWhereMarked(_ entry: Catalogue.Entry) throws {
    var event = Sampler.event(of: entry)
    for reason in [nil, ""] {
      event.about.reason = reason
      let expected = entry.declaration.needsReason ? EventError(.reasonNeeded, at: "reason") : nil
      #expect(refusal(event, entry.declaration) == expected)
    }
  }

  private func brief(_ value: JSON) -> String { String(value.canonical.prefix(60)) }
}

/// A value's place inside a field, with everything around it as in the sample.
struct Place {
  let path: String
  let kind: Field.Kind
  let around: (JSON) -> JSON

  static func all(in kind: Field.Kind, title: Name, path: String) -> [Place] {
    all(in: kind, title: title, path: path) { $0 }
  }

  private static func all(
    in kind: Field.Kind, title: Name, path: String, around: @escaping (JSON) -> JSON
  ) -> [Place] {
    let here = Place(path: path, kind: kind, around: around)
    switch kind {
    case .list(let item, _): return [here] + all(in: item, title: title, path: path + "[0]") { around([$0]) }
    case .record(let fields):
      let whole = Sampler.object(fields)
      return [here]
        + fields.flatMap { field in
          all(in: field.kind, title: field.title, path: path + "." + field.name) {
            around(.object(whole + (field.name, $0)))
          }
        }
    default: return [here]
    }
  }
}
