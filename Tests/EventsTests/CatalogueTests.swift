import Events
import Testing
import Vocabulary
import Wire

/// What must be true of the catalogue as a whole, so that names, numbers and units can be relied on.
@Suite struct CatalogueTests {
  static let types = Catalogue.keshi.entries.map(\.declaration)

  @Test func numbersAndNamesAreUnique() {
    let families = Catalogue.keshi.families
    #expect(Set(families.map { $0.code }).count == families.count)
    #expect(families.allSatisfy { (1...254).contains($0.code) })
    #expect(Set(Catalogue.keshi.entries.map(\.code)).count == Catalogue.keshi.entries.count)
    #expect(Set(CatalogueTests.types.map(\.name)).count == CatalogueTests.types.count)
    for family in families { checkFamily(family) }
  }

  private func checkFamily<F: Family>(_ family: F.Type) {
    let used = Set(F.allCases.flatMap { $0.declaration.fields.flatMap(\.facts).compactMap(\.fact) })
      .subtracting(SharedFact.allCases.map(\.rawValue))
    #expect(F.allCases.map(\.rawValue) == Array(1...UInt8(F.allCases.count)), "\(family): types count from 1")
    guard F.Fact.self != NoFacts.self else { return }
    #expect(used == Set(F.Fact.allCases.map(\.rawValue)), "\(family): every fact has a field")
    #expect(used.allSatisfy { (1...63).contains($0) }, "\(family): tags are small")
  }

  /// A tag stands for one kind of number in all types of its family.
  @Test func factsHaveNumbersAndStandOnce() {
    for declaration in CatalogueTests.types {
      let facts = declaration.fields.flatMap(\.facts)
      let outside = declaration.fields.compactMap(\.fact)
      #expect(Set(outside).count == outside.count, "\(declaration.name)")
      for field in declaration.fields {
        let inside = field.facts.dropFirst().compactMap(\.fact)
        #expect(Set(inside).count == inside.count && Set(inside).isDisjoint(with: outside), "\(declaration.name).\(field.name)")
      }
      for field in facts {
        #expect(!field.isPersonal, "\(declaration.name).\(field.name): a personal value stands in no line")
        if field.tellsPresence { continue }
        switch field.kind {
        case .integer, .currency, .day, .instant, .flag, .code: break
        case .text, .reference, .subject: break  // by the number of the name
        case .list(.reference, let limit), .list(.subject, let limit), .list(.code, let limit), .list(.text, let limit):
          #expect(limit <= Field.factsPerList, "\(declaration.name).\(field.name): a longer list would give no facts")
        case .hash, .list(.record, limit: _): break  // by its first bits; record by record
        case .decimal, .record: break  // in millionths; as a list of one
        case .list, .body: Issue.record("\(declaration.name).\(field.name) has no number")
        }
      }
    }
  }

  /// A layout of facts counts its facts in a byte.
  @Test func theLongestListsFit() {
    for declaration in CatalogueTests.types {
      let most = declaration.fields.reduce(2) { $0 + $1.mostFacts }
      #expect(most <= 255, "\(declaration.name): \(most)")
    }
  }

  /// What the company has to itself: no customer's history needs it.
  static let houseKinds: Set<EntityKind> = [
    .rule, .market, .campaign, .strategy, .employee, .team, .target, .process, .audit, .improvement, .decision, .forecast,
    .projection, .access, .archive, .report, .log,
  ]

  @Test func accountsCanBeReached() throws {
    #expect(Catalogue.keshi.accountKind == .customer)
    for declaration in CatalogueTests.types where !CatalogueTests.houseKinds.contains(declaration.subjects[0]) {
      // A correction is about something whose customer is known.
      if declaration.subjects == [.customer] || declaration.name == "event.corrected" { continue }
      let field = try #require(declaration.field(named: "customer"), "\(declaration.name)")
      guard case .reference(.customer) = field.kind else {
        Issue.record("\(declaration.name).customer refers to something else")
        continue
      }
    }
  }

  /// A new kind of subject must be correctable, or be set aside here.
  @Test func everythingCanBeCorrected() {
    let kinds = Set(CatalogueTests.types.flatMap(\.subjects)).subtracting([.rule, .report, .approval, .projection, .access, .log])
    #expect(kinds == Set(EntityKind.correctable))
  }

  @Test func spellingFollowsTheUnits() {
    for declaration in CatalogueTests.types {
      #expect(declaration.name.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil, "\(declaration.name)")
      for field in declaration.fields.flatMap(\.all) {
        #expect(field.name.wholeMatch(of: /[a-z][a-zA-Z0-9]*/) != nil, "\(declaration.name).\(field.name)")
        guard case .integer(_, let unit) = field.kind else { continue }
        #expect((unit == .minor) == field.name.hasSuffix("Minor"), "\(declaration.name).\(field.name)")
        #expect((unit == .basisPoints) == field.name.hasSuffix("Bp"), "\(declaration.name).\(field.name)")
      }
      let holdsMoney = declaration.fields.contains { $0.name.hasSuffix("Minor") }
      #expect(holdsMoney == (declaration.field(named: "cur") != nil), "\(declaration.name): cur beside money")
    }
  }

  @Test func everyNameIsInBothLanguages() {
    for (place, name) in CatalogueTests.names {
      #expect(!name.en.isEmpty && name.en.allSatisfy(\.isASCII), "\(place): \(name.en)")
      #expect(name.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(place): \(name.zh)")
      for text in [name.en, name.zh] { #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false) }
    }
  }

  /// Two fields of one type, or two words of one list, are called differently in either language.
  @Test func namesTellThingsApart() {
    for declaration in CatalogueTests.types {
      #expect(Set(declaration.fields.map(\.title.en)).count == declaration.fields.count, "\(declaration.name)")
      #expect(Set(declaration.fields.map(\.title.zh)).count == declaration.fields.count, "\(declaration.name)")
      for case .code(let codes) in declaration.fields.flatMap(\.all).map(\.kind) {
        #expect(Set(codes.map(\.word.text)).count == codes.count && Set(codes.map(\.number)).count == codes.count)
        #expect(codes.allSatisfy { $0.word.text.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil }, "\(declaration.name)")
      }
    }
    #expect(Set(CatalogueTests.types.map(\.title.zh)).count == CatalogueTests.types.count)
    #expect(Set(CatalogueTests.types.map(\.title.en)).count == CatalogueTests.types.count)
  }

  static let names: [(String, Name)] =
    Catalogue.keshi.families.map { ("\($0)", $0.title) }
    + types.flatMap { declaration in
      [(declaration.name, declaration.title)] + declaration.subjects.map { ($0.word, $0.title) }
        + declaration.fields.flatMap(\.all).flatMap { field in
          [("\(declaration.name).\(field.name)", field.title)]
            + field.words.map { ("\(declaration.name).\(field.name)", $0) }
        }
    }
}

extension Field {
  /// This field and those inside it.
  var all: [Field] { [self] + Field.inner(kind) }

  private static func inner(_ kind: Kind) -> [Field] {
    switch kind {
    case .record(let fields): fields.flatMap(\.all)
    case .list(let item, _): inner(item)
    default: []
    }
  }

  var words: [Name] {
    guard case .code(let codes) = kind else { return [] }
    return codes.map(\.word.title)
  }
}

extension Field {
  /// This field and those of its records, where they are facts.
  fileprivate var facts: [Field] {
    guard fact != nil else { return [] }
    switch kind {
    case .list(.record(let fields), _), .record(let fields): return [self] + fields.flatMap(\.facts)
    default: return [self]
    }
  }

  /// Facts that the longest list which is read brings.
  fileprivate var mostFacts: Int {
    guard fact != nil else { return 0 }
    switch kind {
    case .list(.record, let limit): return min(limit, Field.recordsPerList) * facts.count + 1
    case .list(_, let limit): return min(limit, Field.factsPerList)
    case .record: return facts.count + 1
    default: return 1
    }
  }
}
