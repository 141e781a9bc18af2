import XML

extension PetriNet {
  /// The net as PNML, which ProM and pm4py read: silent transitions and the final marking are said in ProM's way.
  public func pnml(name: String) -> String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<pnml>",
      "  <net id=\"net\" type=\"http://www.pnml.org/version-2009/grammar/pnmlcoremodel\">",
      "    <name><text>\(XMLText.escaped(name))</text></name>", "    <page id=\"page\">",
    ]
    for (number, place) in places.enumerated() {
      let tokens = initial[number] == 0 ? "" : "<initialMarking><text>\(initial[number])</text></initialMarking>"
      lines.append("      <place id=\"\(XMLText.escaped(place.id))\"><name><text>\(XMLText.escaped(place.title))</text></name>\(tokens)</place>")
    }
    for transition in transitions {
      let silent =
        transition.activity == nil
        ? "<toolspecific tool=\"ProM\" version=\"6.4\" activity=\"$invisible$\" localNodeID=\"\(XMLText.escaped(transition.id))\"/>" : ""
      let name = XMLText.escaped(transition.activity ?? transition.id)
      lines.append("      <transition id=\"\(XMLText.escaped(transition.id))\"><name><text>\(name)</text></name>\(silent)</transition>")
    }
    lines += arcLines + ["    </page>", "    <finalmarkings>", "      <marking>"]
    for (number, tokens) in final.enumerated() where tokens > 0 {
      lines.append("        <place idref=\"\(XMLText.escaped(places[number].id))\"><text>\(tokens)</text></place>")
    }
    return (lines + ["      </marking>", "    </finalmarkings>", "  </net>", "</pnml>"]).joined(separator: "\n") + "\n"
  }

  private var arcLines: [String] {
    var lines: [String] = []
    func arc(_ source: String, _ target: String, _ weight: Int) {
      let inscription = weight == 1 ? "" : "<inscription><text>\(weight)</text></inscription>"
      lines.append(
        "      <arc id=\"arc\(lines.count + 1)\" source=\"\(XMLText.escaped(source))\" target=\"\(XMLText.escaped(target))\">\(inscription)</arc>")
    }
    for transition in transitions {
      for input in transition.inputs { arc(places[input.place].id, transition.id, input.weight) }
      for output in transition.outputs { arc(transition.id, places[output.place].id, output.weight) }
    }
    return lines
  }
}
