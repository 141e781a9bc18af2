import Vocabulary

/// Aligns cases to one model. Made once for a net; each answer is independent of those before it.
public struct Aligner: Sendable {
  public let net: PetriNet
  private let space: MarkingSpace
  /// `nil` where the net has more markings than are looked at beforehand.
  private let bounds: MarkingBounds?
  private let numbers: [String: Int32]
  /// Activities of the shortest run of the model: what a case without events has skipped.
  public let shortestRun: Int

  /// - Parameter lookAhead: markings to look at beforehand. Costs do not depend on it, the time of the search does.
  /// - Throws: `ConformanceError` where the final marking cannot be reached, or not be found within
  ///   `ConformanceLimit.states`.
  /// - Complexity: O(markings × (firings + activities)), markings at most `lookAhead`.
  public init(_ net: PetriNet, lookAhead: Int = ConformanceLimit.markings) throws(ConformanceError) {
    do {
      var space = try MarkingSpace(net)
      let bounds = space.explore(limit: lookAhead) ? MarkingBounds(space) : nil
      var search = AlignmentSearch(space, bounds)
      shortestRun = try search.align([], .over).cost
      (self.net, self.space, self.bounds) = (net, space, bounds)
    } catch CaseRefusal.finalUnreachable {
      throw ConformanceError(.finalUnreachable)
    } catch {
      throw ConformanceError(.tooMany(.markings, limit: ConformanceLimit.states))
    }
    numbers = Dictionary(uniqueKeysWithValues: net.activities.enumerated().map { ($1, Int32($0)) })
  }

  /// Whether all markings of the net are known, so that the search knows what is still to come.
  public var knowsAllMarkings: Bool { bounds != nil }

  /// Aligns one case.
  public func align(_ activities: [String], _ ending: CaseEnding = .over) throws(CaseRefusal) -> Alignment {
    var search = AlignmentSearch(space, bounds)
    return try align(activities, ending, &search)
  }

  private func align(
    _ activities: [String], _ ending: CaseEnding, _ search: inout AlignmentSearch
  ) throws(CaseRefusal) -> Alignment {
    let found = try search.align(activities.map { numbers[$0] ?? -1 }, ending)
    let shortest = ending == .over ? shortestRun : 0
    return Alignment(moves: found.moves, cost: found.cost, worst: activities.count + shortest)
  }

  /// Aligns every variant once.
  ///
  /// - Parameters:
  ///   - workers: threads at work.
  ///   - progress: variants done, of how many; from any thread.
  /// - Returns: a result for each variant, in their order, which does not depend on the workers.
  public func align(
    _ variants: [Variant], workers: Int = 2, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> [Result<Alignment, CaseRefusal>] {
    let done = Shared(0)
    return Pieces.map(variants, workers: workers, state: { AlignmentSearch(space, bounds) }) { search, variant in
      defer { progress(done.update { $0 += 1; return $0 }, variants.count) }
      return Result { () throws(CaseRefusal) in try align(variant.activities, .over, &search) }
    }
  }

  /// What may fire where an alignment of an open case ends, silent transitions in between; and whether no run comes to
  /// its end without it.
  func enabled(after alignment: Alignment) -> [(transition: Int, isMandatory: Bool)] {
    var space = space
    var marking = space.initial
    for move in alignment.moves {
      switch move {
      case .both(_, let transition), .model(let transition), .silent(let transition):
        guard let next = try? space.fire(transition, at: marking) else { return [] }
        marking = next
      case .log: break
      }
    }
    let begin = marking
    var open = [marking]
    var seen: Set = [marking]
    var found: Set<Int> = []
    while let marking = open.popLast() {
      guard seen.count <= ConformanceLimit.silentMarkings, let range = try? space.firings(at: marking) else { break }
      for firing in space.firings[range] {
        if net.labels[Int(firing.transition)] >= 0 {
          found.insert(Int(firing.transition))
        } else if seen.insert(Int(firing.target)).inserted {
          open.append(Int(firing.target))
        }
      }
    }
    return found.sorted().map { transition in
      (transition, bounds?.mustFire(Int(net.labels[transition]), from: begin) ?? false)
    }
  }
}

extension Name {
  static let markings = Name("markings", "标识")
}
