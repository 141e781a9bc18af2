import Conditions
import Crypto
import Projection
import ProjectionCatalogue
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import RuleFiles

@Suite struct `Every kind of rule` {
  /// SHA-256 of the canonical JSON. A line may be added; a line that stands here never changes.
  static let hashes = [
    "lifecycle 1 b8d2bd936845df2fec772b63b242f9e0cb0403509d1be2937752cfc85ac3a3b3",
    "tier 1 e14378ef92889c54bb9ef75186bc844f359556878e91f18b9d936787700c4b82",
    "churn 1 c9d6b16338b9f6600336ab9a6223aa11ba92f67473ff5e40da9e142833546e29",
    "segment 1 a09031b90da733cecb740d2f9291d389248ff9a62380a67ac62b6d24a40f6081",
    "sla 1 4c27c6a0716e38354307075ea8e13a49628bcbe2cf1da98c3334c199121aba69",
    "pool 1 a3e68c5d567b961bf08f4046b08a77e91cadc80a5dc718ebd9fca259c7cc9ea9",
    "kpi 1 7b79697f678a88324a03c24dd32997c936c863957e3023b7840a27636e98f77e",
    "commission 1 d4c8aaf93fe76875287eade174e304b199974e59adf9db7ab425a11f01c399e3",
    "approval 1 6a8bcfb213444a10e9818867bbc9dcaeb1f74d7ce3c173aef44d521dc328c7a7",
    "data-grade 1 a2b172ddac5c17cb64cdb16e9d2ba3b731d4226358992b9ab5602b2d5c119922",
    "retention 1 e16f2ebdc3549740fcf8fe6f2cc96faae45b0f1203bb9d0abce5743f18f9e88f",
    "sla 2 672bfff993437cb17f21e05f971c27c6ee84e4f67d4e17e720691ef883c6d6c6",
    "data-grade 2 1b27543e83f5ecff77e18a97f25ffac99acdbc1918000513d7e923de6addc0c8",
    "duty 1 d9162dc451c7b74ee9a8b76cd3c4634a12ad66ad723b1997b70bce9592beb18b",
    "risk 1 a9c9124ced071aad7a6e33f472d1f405fed2013f915cc420e45265c54e94bf46",
    "satisfaction 1 e34fa67e1f7949aba8b93219885950b5b2e548ce5160969ad0f53583b984c50b",
    "talent 1 08007b4ae3e18b804dfba1c279c686de27663f77f20dd6b78140a0bbf553e9ba",
    "visit 1 657f99a07e3044052bb58e9cd7790a4661f5222e3339cce4b61ca6ca05e3c51b",
  ]

  @Test func `keeps what it shipped`() {
    let found = ProjectionCatalogue.rules.flatMap { kind in
      kind.shipped.map { rule in
        let hash = SHA256.hash(data: Array(JSON.object(rule.body).canonical.utf8))
        return "\(kind.name) \(rule.version) \(hash.reduce(into: Text()) { $0.append(hex: $1) }.string)"
      }
    }
    #expect(found.sorted() == Self.hashes.sorted())
  }

  @Test func `is there once, and all of them are`() {
    #expect(
      ProjectionCatalogue.rules.map(\.name).sorted() == [
        "approval", "churn", "commission", "data-grade", "duty", "kpi", "lifecycle", "pool", "retention", "risk",
        "satisfaction", "segment", "sla", "talent", "tier", "visit",
      ])
  }

  @Test(arguments: ProjectionCatalogue.rules) func `ships what it allows, in the spelling that is hashed`(kind: RuleKind) throws {
    for rule in kind.shipped {
      try kind.check(rule.body)
      #expect(kind.normal(rule.body) == rule.body)
      #expect(rule.why.zh.isChinese && !rule.why.en.isEmpty)
    }
    #expect(kind.shipped.map(\.version) == Array(1...kind.shipped.count) && kind.shipped[0].effective == .distantPast)
  }

  @Test(arguments: ProjectionCatalogue.rules) func `speaks both languages`(kind: RuleKind) {
    speaks(kind.title, kind.name)
    for field in kind.fields { speaks(field, kind.name) }
    for measure in kind.measures {
      speaks(measure.name, kind.name)
      for word in measure.words { speaks(word.title, kind.name) }
    }
  }

  private func speaks(_ name: Name, _ place: String) {
    #expect(!name.en.isEmpty && !name.en.isChinese && name.zh.isChinese, "\(place): \(name)")
  }

  private func speaks(_ field: Field, _ place: String) {
    speaks(field.title, "\(place).\(field.name)")
    speaks(field.kind, "\(place).\(field.name)")
  }

  private func speaks(_ kind: Field.Kind, _ place: String) {
    switch kind {
    case .record(let fields): for field in fields { speaks(field, place) }
    case .list(let kind, _): speaks(kind, place)
    case .code(let codes): for code in codes { speaks(code.word.title, "\(place).\(code.word.text)") }
    default: break
    }
    #expect(kind.allowed.zh.isChinese, "\(place): \(kind.allowed)")
  }

  @Test(arguments: ProjectionCatalogue.rules) func `bounds each number, in a field and one past it`(kind: RuleKind) throws {
    let body = try #require(kind.shipped.first).body
    for field in kind.fields {
      guard case .integer(let range, _) = field.kind else { continue }
      for (number, fits) in [(range.lowerBound, true), (range.lowerBound - 1, false), (range.upperBound, true), (range.upperBound + 1, false)] {
        var changed = body
        changed[field.name] = .int(number)
        let text = RuleFile.text(of: RuleVersion(1, why: Name("", ""), changed), kind: kind)
        let problems = (try? read(text, kind)) == nil ? faults(text, kind) : []
        let isOut = problems.contains { $0.path == field.name && $0.what.en.contains("is not allowed here") }
        #expect(isOut == !fits, "\(kind.name).\(field.name): \(number) \(problems)")
      }
    }
  }

  @Test(arguments: ProjectionCatalogue.rules) func `has a schema of all its fields, with units and bounds`(kind: RuleKind) throws {
    let schema = kind.schema
    #expect(schema["additionalProperties"] == false && schema["$id"] == .string("urn:keshi:rule:\(kind.name)"))
    let properties = try #require(schema["properties"]?.object)
    #expect(properties.members.map(\.name).sorted() == kind.fields.map(\.name).sorted())
    for field in kind.fields {
      guard case .integer(let range, let unit) = field.kind else { continue }
      let property = try #require(properties[field.name]?.object)
      #expect(property["minimum"] == .int(range.lowerBound) && property["maximum"] == .int(range.upperBound))
      #expect(property["x-unit"] == .string(unit.rawValue))
    }
    #expect((schema["x-measures"]?.array?.count ?? 0) == kind.measures.count)
  }

  @Test func `names of measures are no part of the grammar, and none begins another's window`() {
    let reserved = ["and", "or", "not", "is", "in", "or", "known", "unknown"]
    for kind in ProjectionCatalogue.rules {
      #expect(Set(kind.measures.map(\.id)).count == kind.measures.count && Set(kind.measures.map(\.name.en)).count == kind.measures.count)
      for measure in kind.measures {
        #expect(!reserved.contains(measure.name.en.split(separator: " ").first.map(String.init) ?? ""), "\(measure.name)")
        #expect(measure.name.en == measure.name.en.lowercased())
        #expect(!["且", "或", "非", "近", "为", "不", "已", "未"].contains(String(measure.name.zh.first ?? " ")))
      }
    }
  }
}
