/// One clause of a text: what it is called, and what it says.
public struct Clause: Hashable, Sendable {
  public let key: String
  public let text: String

  public init(key: String, text: String) { (self.key, self.text) = (key, text) }
}

/// What became of one clause between two versions.
public struct ClauseChange: Equatable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case same, changed, added, removed
  }
  public let kind: Kind
  /// Its name in the new version; in the old one where it was removed.
  public let key: String
  /// Its name before, where that was another.
  public let formerKey: String?
  /// It stands elsewhere among its neighbours than before.
  public let isMoved: Bool
  public let redline: Redline
}

/// Two lists of clauses, clause by clause.
public struct ClauseComparison: Equatable, Sendable {
  /// In the order of the new version; removed clauses stand behind the one that they followed.
  public let changes: [ClauseChange]

  /// Clauses beyond which none is looked for under another name: each is compared with each.
  public static let searchedMax = 200
  /// What a clause under another name must have in common with the old one to be taken for it.
  public static let renamedFrom = 0.6

  /// Pairs clauses by name, then by equal text, then by similar text, best first. Of names that occur twice in one
  /// version, the first is paired with the first. Complexity: O(clauses) comparisons, and `searchedMax`² where names
  /// do not tell.
  public init(from old: [Clause], to new: [Clause]) {
    var pairs = Pairing(old, new)
    pairs.byKey()
    pairs.byText()
    pairs.bySimilarity()
    changes = pairs.changes
  }
}

/// Which old clause became which new one.
private struct Pairing {
  private let old: [Clause]
  private let new: [Clause]
  private var partner: [Int?]  // of each new clause, its place in the old version
  private var isTaken: [Bool]

  init(_ old: [Clause], _ new: [Clause]) {
    (self.old, self.new) = (old, new)
    partner = new.map { _ in nil }
    isTaken = old.map { _ in false }
  }

  private mutating func pair(_ newPlace: Int, with oldPlace: Int) {
    partner[newPlace] = oldPlace
    isTaken[oldPlace] = true
  }

  mutating func byKey() { pairFirst { $0.key } }
  mutating func byText() { pairFirst { $0.text.isEmpty ? nil : $0.text } }

  private mutating func pairFirst(_ name: (Clause) -> String?) {
    var free: [String: [Int]] = [:]
    for place in old.indices.reversed() where !isTaken[place] {
      if let name = name(old[place]) { free[name, default: []].append(place) }
    }
    for place in new.indices where partner[place] == nil {
      guard let name = name(new[place]), let first = free[name]?.popLast() else { continue }
      pair(place, with: first)
    }
  }

  mutating func bySimilarity() {
    let left = old.indices.filter { !isTaken[$0] }
    let right = new.indices.filter { partner[$0] == nil }
    guard left.count <= ClauseComparison.searchedMax, right.count <= ClauseComparison.searchedMax else { return }
    var found: [(similarity: Double, old: Int, new: Int)] = []
    let bags = right.map { Bag(new[$0].text) }
    for o in left {
      let bag = Bag(old[o].text)
      for (n, other) in zip(right, bags) {
        let similarity = bag.similarity(to: other)
        if similarity >= ClauseComparison.renamedFrom { found.append((similarity, o, n)) }
      }
    }
    for pairing in found.sorted(by: { ($0.similarity, $1.old, $1.new) > ($1.similarity, $0.old, $0.new) })
    where !isTaken[pairing.old] && partner[pairing.new] == nil {
      pair(pairing.new, with: pairing.old)
    }
  }

  var changes: [ClauseChange] {
    let unmoved = inOrder
    var changes = leading.map(removed)
    for place in new.indices {
      let clause = new[place]
      guard let from = partner[place] else {
        changes.append(change(.added, clause.key, nil, false, "", clause.text))
        continue
      }
      let redline = Redline(from: old[from].text, to: clause.text)
      changes.append(
        ClauseChange(
          kind: redline.isSame ? .same : .changed, key: clause.key,
          formerKey: old[from].key == clause.key ? nil : old[from].key, isMoved: !unmoved.contains(place), redline: redline))
      changes += following(from).map(removed)
    }
    return changes
  }

  private func change(
    _ kind: ClauseChange.Kind, _ key: String, _ former: String?, _ isMoved: Bool, _ old: String, _ new: String
  ) -> ClauseChange {
    ClauseChange(kind: kind, key: key, formerKey: former, isMoved: isMoved, redline: Redline(from: old, to: new))
  }

  private func removed(_ place: Int) -> ClauseChange {
    change(.removed, old[place].key, nil, false, old[place].text, "")
  }

  /// The removed clauses at the start of the old version.
  private var leading: [Int] { Array(old.indices.prefix { !isTaken[$0] }) }
  /// The removed clauses right behind an old one.
  private func following(_ place: Int) -> [Int] { Array(old.indices.dropFirst(place + 1).prefix { !isTaken[$0] }) }

  /// The new clauses whose old places form the longest ascending sequence: these stand as they stood, the others have
  /// moved. (Patience sorting; O(n log n).)
  private var inOrder: Set<Int> {
    var tails: [Int] = []  // for each length, the new clause that ends the best sequence of that length
    var before: [Int?] = new.map { _ in nil }
    for place in new.indices {
      guard let value = partner[place] else { continue }
      let length = tails.partitionPoint { (partner[$0] ?? 0) < value }
      before[place] = length > 0 ? tails[length - 1] : nil
      if length == tails.count { tails.append(place) } else { tails[length] = place }
    }
    var members: Set<Int> = []
    var next = tails.last
    while let place = next {
      members.insert(place)
      next = before[place]
    }
    return members
  }
}

/// The words of a text without their order: enough to recognise it, and quick where each is compared with each.
private struct Bag {
  private var counts: [Token: Int] = [:]
  private var weight = 0

  init(_ text: String) {
    for token in Token.split(text) where token.weight > 0 {
      counts[token, default: 0] += 1
      weight += token.weight
    }
  }

  /// Dice's coefficient over the weights: 1 for the same words, 0 where none is shared.
  func similarity(to other: Bag) -> Double {
    guard weight + other.weight > 0 else { return 0 }
    let shared = counts.reduce(0) { $0 + $1.key.weight * min($1.value, other.counts[$1.key] ?? 0) }
    return Double(2 * shared) / Double(weight + other.weight)
  }
}

extension [Int] {
  /// The first place whose element `isBefore` refuses, in a list whose accepted elements all stand first.
  fileprivate func partitionPoint(_ isBefore: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
