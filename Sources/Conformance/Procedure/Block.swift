/// How the steps of a procedure follow one another. Whatever is put together of these can always be followed to its end
/// (block-structured workflow nets are sound; van der Aalst 2016, Process Mining, §3.2.8).
public indirect enum Block: Hashable, Sendable {
  /// The number of a step.
  case step(Int)
  case sequence([Block])
  /// Exactly one of them.
  case choice([Block])
  /// All of them, in any order and mixed.
  case parallel([Block])
  case optional(Block)
  /// Once or more; `between` comes before every further time.
  case repeated(Block, between: Block?)

  /// Silent steps in it, one after the other: nothing at all.
  public static let nothing = Block.sequence([])
}

extension PetriNet {
  /// The net of a block: a workflow net, with one place where it begins and one where it ends.
  /// - Parameter steps: an id for each step's transition, and what is recorded when it is done.
  public init(_ block: Block, steps: [(id: String, activity: String)]) throws(ConformanceError) {
    var builder = BlockNet(steps)
    self = try builder.net(of: block)
  }
}

/// Builds the net of a block: one place where it begins, one where it ends.
struct BlockNet {
  private let steps: [(id: String, activity: String)]
  private var places: [PetriNet.Place] = []
  private var transitions: [PetriNet.Transition] = []
  /// The step of each transition; `nil` where it is silent.
  private(set) var stepOfTransition: [Int?] = []
  private var silent = 0

  /// - Parameter steps: a name for each step's transition, and what is recorded when it is done.
  init(_ steps: [(id: String, activity: String)]) { self.steps = steps }

  mutating func net(of block: Block) throws(ConformanceError) -> PetriNet {
    let begin = place("begin")
    let end = place("end")
    add(block, from: begin, to: end)
    var (initial, final) = ([UInt8](repeating: 0, count: places.count), [UInt8](repeating: 0, count: places.count))
    initial[begin] = 1
    final[end] = 1
    return try PetriNet(places: places, transitions: transitions, initial: initial, final: final)
  }

  private mutating func place(_ id: String? = nil) -> Int {
    places.append(PetriNet.Place(id ?? "p\(places.count - 1)"))
    return places.count - 1
  }

  private mutating func fire(_ word: String, from inputs: [Int], to outputs: [Int]) {
    silent += 1
    transition("\(word)-\(silent)", nil, nil, inputs, outputs)
  }

  private mutating func transition(_ id: String, _ activity: String?, _ step: Int?, _ inputs: [Int], _ outputs: [Int]) {
    transitions.append(
      PetriNet.Transition(id, activity: activity, from: inputs.map { .init($0) }, to: outputs.map { .init($0) }))
    stepOfTransition.append(step)
  }

  /// No block puts a token back into the place where it begins, nor takes one from where it ends: what stands beside it
  /// there may share both places.
  private mutating func add(_ block: Block, from begin: Int, to end: Int) {
    switch block {
    case .step(let step): transition(steps[step].id, steps[step].activity, step, [begin], [end])
    case .sequence(let parts): add(sequence: parts, from: begin, to: end)
    case .choice(let branches): for branch in branches { add(branch, from: begin, to: end) }
    case .parallel(let branches): add(parallel: branches, from: begin, to: end)
    case .optional(let part):
      add(part, from: begin, to: end)
      fire("skip", from: [begin], to: [end])
    case .repeated(let part, let between):
      let (inner, done) = (place(), place())
      fire("enter", from: [begin], to: [inner])
      add(part, from: inner, to: done)
      fire("leave", from: [done], to: [end])
      if let between { add(between, from: done, to: inner) } else { fire("again", from: [done], to: [inner]) }
    }
  }

  private mutating func add(sequence parts: [Block], from begin: Int, to end: Int) {
    guard let last = parts.last else { return fire("pass", from: [begin], to: [end]) }
    var here = begin
    for part in parts.dropLast() {
      let next = place()
      add(part, from: here, to: next)
      here = next
    }
    add(last, from: here, to: end)
  }

  private mutating func add(parallel branches: [Block], from begin: Int, to end: Int) {
    let pairs = branches.map { branch in (branch: branch, begin: place(), end: place()) }
    fire("split", from: [begin], to: pairs.map(\.begin))
    for pair in pairs { add(pair.branch, from: pair.begin, to: pair.end) }
    fire("join", from: pairs.map(\.end), to: [end])
  }
}
