import Conformance
import TestSupport
import Testing
import Vocabulary

@Suite struct `A net from PNML` {
  private func read(_ text: String) throws(ConformanceError) -> PNML { try PNML(Array(text.utf8)) }

  private func net(_ page: String, _ rest: String = "", type: String = "ptnet") -> String {
    """
    <?xml version="1.0"?><pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
    <net id="n" type="http://www.pnml.org/version-2009/grammar/\(type)"><page id="g">\(page)</page>\(rest)</net></pnml>
    """
  }

  private static let simple = """
    <place id="i"><initialMarking><text> 1 </text></initialMarking></place><place id="o"/>
    <transition id="t"><name><text>do it</text></name></transition>
    <arc id="a1" source="i" target="t"/><arc id="a2" source="t" target="o"/>
    """

  @Test func `has names for activities, weights, and silent transitions as ProM marks them`() throws {
    let found = try read(net("""
      <place id="i"><initialMarking><text>2</text></initialMarking></place><place id="o"/>
      <transition id="t"><name><text>do it</text></name></transition><transition id="unnamed"/>
      <transition id="s"><name><text>tau</text></name><toolspecific tool="ProM" version="6.4" activity="$invisible$"/></transition>
      <transition id="u"><toolspecific tool="StochasticPetriNet" version="0.2"><property key="invisible">true</property></toolspecific></transition>
      <arc id="a" source="i" target="t"><inscription><text>2</text></inscription><graphics><position x="1"/></graphics></arc>
      <arc id="b" source="t" target="o"><arctype><text>normal</text></arctype></arc>
      """, "<finalmarkings><marking><place idref=\"o\"><text>1</text></place><place idref=\"i\"><text>0</text></place></marking></finalmarkings>")).net
    #expect(found.transitions.map(\.activity) == ["do it", "unnamed", nil, nil])
    #expect(found.transitions[0].inputs == [PetriNet.Arc(0, weight: 2)] && found.initial == [2, 0] && found.final == [0, 1])
  }

  @Test func `takes the only place without arcs out of it for the end, and says so`() throws {
    let found = try read(net(Self.simple))
    #expect(found.isFinalAssumed && !found.isInitialAssumed && found.net.final == [0, 1])
    let bare = try read(net(Self.simple.replacing("<initialMarking><text> 1 </text></initialMarking>", with: "")))
    #expect(bare.isInitialAssumed && bare.net.initial == [1, 0])
    #expect(throws: ConformanceError(.noFinalMarking)) { try read(net(Self.simple + "<place id=\"p\"/>")) }
  }

  @Test func `reads pages within pages`() throws {
    #expect(try read(net("<page id=\"h\">\(Self.simple)</page>")).net.transitions.count == 1)
  }

  @Test func `goes out and comes back`() throws {
    for seed in UInt64(1)...60 {
      var random = RandomModel(seed: seed)
      let net = seed % 2 == 0 ? try random.net(depth: 3, activities: 5) : try? random.wildNet(weights: true)
      guard let net else { continue }
      let back = try read(net.pnml(name: "a & b < \"c\""))
      #expect(back.net == net && back.name == "a & b < \"c\"", "seed \(seed)")
      #expect(!back.isFinalAssumed && !back.isInitialAssumed)
    }
  }

  private static let places = ConformanceLimit.places
  private static let tokens = ConformanceLimit.tokens

  private func code(_ text: String) -> String {
    do { _ = try read(text) } catch {
      #expect(error.message(in: .zh) != error.message(in: .en) && !error.message(in: .zh).isEmpty)
      return error.code
    }
    return "read"
  }

  @Test func `that means harm, or is merely wrong, is told apart`() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><pnml>&b;</pnml>"
    #expect(code(bomb) == "E-NET-DTD")
    #expect(code("<?xml version=\"1.0\"?><!DOCTYPE p SYSTEM \"file:///etc/passwd\"><pnml/>") == "E-NET-DTD")
    for text in ["", "<pnml>", "{}", "<pnml><net></pnml>", "<pnml>\u{0}</pnml>"] { #expect(code(text) == "E-NET-XML", "\(text)") }
    #expect(code(String(repeating: "<pnml>", count: 100)) == "E-NET-LIMIT")
    for text in ["<log/>", "<pnml/>", "<pnml><net id=\"a\"/><net id=\"b\"/></pnml>"] { #expect(code(text) == "E-NET-FORMAT", "\(text)") }
    #expect(code(net(Self.simple, type: "symmetricnet")) == "E-NET-FORMAT")
    #expect(code(net("")) == "E-NET-MARKING")
    let faults = [
      "<arc id=\"x\" source=\"i\" target=\"o\"/>", "<arc id=\"x\" source=\"i\" target=\"nowhere\"/>", "<arc id=\"x\"/>",
      "<place id=\"i\"/>", "<place id=\"t\"/>", "<place/>", "<transition id=\"t\"/>",
      "<arc id=\"x\" source=\"o\" target=\"t\"><arctype><text>inhibitor</text></arctype></arc>",
      "<arc id=\"x\" source=\"o\" target=\"t\"><type value=\"reset\"/></arc>", "<referencePlace id=\"r\" ref=\"i\"/>",
      "<place id=\"p\"><initialMarking><text>-1</text></initialMarking></place>",
      "<place id=\"p\"><initialMarking><text>one</text></initialMarking></place>",
      "<arc id=\"x\" source=\"o\" target=\"t\"><inscription><text>0</text></inscription></arc>",
    ]
    for fault in faults { #expect(code(net(Self.simple + fault)) == "E-NET-FORMAT", "\(fault)") }
    let marking = "<finalmarkings><marking><place idref=\"z\"><text>1</text></place></marking></finalmarkings>"
    #expect(code(net(Self.simple, marking)) == "E-NET-FORMAT")
    let one = "<marking><place idref=\"o\"><text>1</text></place></marking>"
    #expect(code(net(Self.simple, "<finalmarkings>\(one)</finalmarkings>")) == "read")
    #expect(code(net(Self.simple, "<finalmarkings>\(one)\(one)</finalmarkings>")) == "E-NET-LIMIT")
  }

  @Test func `says the line of what is wrong`() {
    #expect(throws: ConformanceError(.badNumber("x", allowed: 0...Self.tokens), line: 4)) {
      try read("<pnml>\n<net id=\"n\">\n<place id=\"p\">\n<initialMarking><text>x</text></initialMarking></place></net></pnml>")
    }
  }

  @Test func `holds as much as a limit says, and not one more`() {
    func many(_ count: Int) -> String { net(Self.simple + (0..<count - 2).map { "<place id=\"x\($0)\"/>" }.joined(), Self.end) }
    #expect(code(many(Self.places)) == "read" && code(many(Self.places + 1)) == "E-NET-LIMIT")
    func transitions(_ count: Int) -> String {
      net(Self.simple + (0..<count - 1).map { "<transition id=\"x\($0)\"/>" }.joined(), Self.end)
    }
    let limit = ConformanceLimit.transitions
    #expect(code(transitions(limit)) == "read" && code(transitions(limit + 1)) == "E-NET-LIMIT")
    func weight(_ weight: Int) -> String {
      net(Self.simple.replacing("target=\"t\"/>", with: "target=\"t\"><inscription><text>\(weight)</text></inscription></arc>"))
    }
    #expect(code(weight(Self.tokens)) == "read" && code(weight(Self.tokens + 1)) == "E-NET-FORMAT")
    func name(_ bytes: Int) -> String { net(Self.simple.replacing("do it", with: String(repeating: "x", count: bytes))) }
    #expect(code(name(ConformanceLimit.nameBytes)) == "read" && code(name(ConformanceLimit.nameBytes + 1)) == "E-NET-LIMIT")
    func size(_ bytes: Int) -> String {
      let text = net(Self.simple)
      return text + String(repeating: " ", count: bytes - text.utf8.count)
    }
    #expect(code(size(ConformanceLimit.netBytes)) == "read" && code(size(ConformanceLimit.netBytes + 1)) == "E-NET-LIMIT")
  }

  private static let end = "<finalmarkings><marking><place idref=\"o\"><text>1</text></place></marking></finalmarkings>"

  @Test func `never falls over damaged bytes`() throws {
    let whole = Array(net(Self.simple, Self.end).utf8)
    for seed in UInt64(1)...3_000 {
      var dice = Dice(seed)
      var bytes = whole
      for _ in 0...dice.roll(4) {
        switch dice.roll(3) {
        case 0: bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256))
        case 1: bytes.removeSubrange(0..<0 + dice.roll(2))
        default: bytes.insert(UInt8(dice.roll(256)), at: dice.roll(bytes.count))
        }
      }
      if let found = try? PNML(bytes) { #expect(found.net.places.count <= 4, "seed \(seed)") }
    }
  }

  /// The right elements in wrong places.
  @Test func `never falls over elements that nest otherwise`() throws {
    let elements = [
      "net", "page", "place id='a'", "place id='b' idref='a'", "transition id='t'", "arc source='a' target='t'", "name", "text",
      "initialMarking", "inscription", "finalmarkings", "marking", "toolspecific tool='ProM' activity='$invisible$'",
      "toolspecific tool='Stochastic'", "property key='invisible'", "graphics", "type value='x'", "arctype", "value",
    ]
    for seed in UInt64(1)...3_000 {
      var dice = Dice(seed)
      var text = "<pnml>"
      var open = ["pnml"]
      for _ in 0..<dice.roll(25) {
        if dice.roll(3) == 0, open.count > 1, let last = open.popLast() {
          text += "</\(last)>"
        } else {
          let element = elements[dice.roll(elements.count)]
          text += "<\(element)>" + ["", "1", "true", "x"][dice.roll(4)]
          open.append(String(element.prefix { $0 != " " }))
        }
      }
      while let last = open.popLast() { text += "</\(last)>" }
      if let found = try? read(text) { #expect(!found.net.places.isEmpty, "seed \(seed)") }
    }
  }
}
