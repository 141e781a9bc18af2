import Wire

/// The names and references of a stretch whose numbers are known only when all its lines were read.
struct PendingWords {
  /// Where in the stretch's varying values a number is still to be put, and which of the texts it stands for.
  private struct Open {
    let place: Int
    let text: Int
    /// Of a subject: its kind is part of its number.
    var isWhole = false
  }
  /// Words that are not in the log's table yet.
  private var words = NameTable()
  private var openWords: [Open] = []
  /// Names of subjects that are not in the log's table yet.
  private var subjects = NameTable()
  private var openSubjects: [Open] = []

  mutating func prepare() {
    words.prepareLookup()
    subjects.prepareLookup()
  }

  /// The number of a text that is known; else 0, and the place is remembered.
  mutating func number(of fact: NamedFact, in line: Span<UInt8>, _ table: borrowing SubjectTable, at place: Int) -> Int64 {
    let text = line.extracting(fact.text)
    switch fact.of {
    case .word:
      if let known = table.word(text) { return Int64(known) }
      openWords.append(Open(place: place, text: words.find(text) ?? words.insert(text)))
      return 0
    case .reference(let prefix):
      var name = prefix
      for index in text.indices { name.append(text[index]) }
      return number(ofSubject: name.span, isWhole: false, table, at: place)
    case .subject: return number(ofSubject: text, isWhole: true, table, at: place)
    }
  }

  private mutating func number(
    ofSubject name: Span<UInt8>, isWhole: Bool, _ table: borrowing SubjectTable, at place: Int
  ) -> Int64 {
    if let known = table.find(name) { return table.number(of: known, isWhole: isWhole) }
    openSubjects.append(Open(place: place, text: subjects.find(name) ?? subjects.insert(name), isWhole: isWhole))
    return 0
  }

  /// Numbers the new words in the order of their texts, and puts all numbers in their places. A subject that the log does
  /// not know by the end of the stretch is −1.
  /// - Precondition: the stretch's own subjects are in `table`.
  func place(into table: inout SubjectTable, _ added: inout NewSubjects, _ varying: inout [Int64]) {
    var numbers = [Int64](repeating: 0, count: words.count)
    for word in (0..<words.count).sorted(by: { words.precedes($0, $1) }) {
      numbers[word] = Int64(words.withBytes(word) { table.addWord($0) })
      words.withBytes(word) { added.addWord($0) }
    }
    for open in openWords { varying[open.place] = numbers[open.text] }
    let known = (0..<subjects.count).map { subject in subjects.withBytes(subject) { table.find($0) } }
    for open in openSubjects {
      varying[open.place] = known[open.text].map { table.number(of: $0, isWhole: open.isWhole) } ?? -1
    }
  }
}
