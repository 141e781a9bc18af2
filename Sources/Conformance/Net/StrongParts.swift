/// The strongly connected parts of a graph (Tarjan 1972), without recursion: a graph may be deep.
struct StrongParts {
  /// The part of each node. A part's number is smaller than that of every part from which it is reached.
  private(set) var part: [Int]
  private(set) var count = 0
  /// The nodes, part after part.
  private(set) var order: [Int] = []

  /// - Complexity: O(nodes + arcs).
  init(count nodes: Int, _ targets: (Int) -> some Sequence<Int>) {
    part = Array(repeating: -1, count: nodes)
    var search = Search(nodes: nodes)
    for root in 0..<nodes where search.index[root] < 0 {
      search.enter(root, Array(targets(root)))
      while let node = search.path.last {
        if let target = search.nextTarget() {
          if search.index[target] < 0 {
            search.enter(target, Array(targets(target)))
          } else if part[target] < 0 {
            search.low[node] = min(search.low[node], search.index[target])
          }
          continue
        }
        close(node, &search)
      }
    }
  }

  /// All targets of a node are done: where it reaches nothing before itself, it and what is above it are a part.
  private mutating func close(_ node: Int, _ search: inout Search) {
    search.path.removeLast()
    search.targets.removeLast()
    if let parent = search.path.last { search.low[parent] = min(search.low[parent], search.low[node]) }
    guard search.low[node] == search.index[node] else { return }
    while let member = search.open.popLast() {
      part[member] = count
      order.append(member)
      if member == node { break }
    }
    count += 1
  }

  private struct Search {
    var index: [Int]
    var low: [Int]
    /// Nodes whose part is not known yet.
    var open: [Int] = []
    /// The way to the node that is being looked at, and what is left of each node's targets.
    var path: [Int] = []
    var targets: [ArraySlice<Int>] = []
    private var entered = 0

    init(nodes: Int) {
      index = Array(repeating: -1, count: nodes)
      low = index
    }

    mutating func enter(_ node: Int, _ list: [Int]) {
      (index[node], low[node]) = (entered, entered)
      entered += 1
      open.append(node)
      path.append(node)
      targets.append(list[...])
    }

    mutating func nextTarget() -> Int? { targets[targets.count - 1].popFirst() }
  }
}
