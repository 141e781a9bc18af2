/// The tags of a page in their order, and what is wrong with how they nest.
struct Markup {
  let tags: [String]
  let fault: String?

  private static let withoutEnd: Set<String> = ["meta", "br", "hr", "img", "input", "link", "!doctype"]

  init(_ html: String) {
    var (names, open, fault): ([String], [String], String?) = ([], [], nil)
    for part in html.split(separator: "<").dropFirst(0) {
      let name = part.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }.lowercased()
      guard let first = name.first, first.isLetter || first == "/" || first == "!" else { continue }
      names.append(name)
      if first == "/" {
        if open.popLast() != String(name.dropFirst()) { fault = fault ?? "<\(name)> closes nothing" }
      } else if !Markup.withoutEnd.contains(name) {
        open.append(name)
      }
    }
    tags = names
    self.fault = fault ?? open.last.map { "<\($0)> is not closed" }
  }
}
