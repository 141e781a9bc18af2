import Conformance
import Foundation
import TestSupport
import Testing

private enum Peer {
  /// For each trace: [alignment's cost, missing, consumed, remaining, produced].
  static let program = """
    import json, sys, datetime, signal, pm4py
    signal.alarm(300)
    from pm4py.objects.log.obj import EventLog, Trace, Event
    from pm4py.algo.conformance.alignments.petri_net.variants import state_equation_a_star
    from pm4py.algo.conformance.tokenreplay import algorithm as replay
    answers = []
    for task in json.load(open(sys.argv[1])):
        net, begin, end = pm4py.read_pnml(task["net"])
        log = EventLog()
        for names in task["traces"]:
            trace = Trace()
            for place, name in enumerate(names):
                trace.append(Event({"concept:name": name, "time:timestamp": datetime.datetime(2026, 1, 1) + datetime.timedelta(hours=place)}))
            log.append(trace)
        rows = [[] for _ in log]
        if task["align"]:
            for row, trace in zip(rows, log):
                row.append(int(state_equation_a_star.apply(trace, net, begin, end)["cost"]) // 10000)
        if task["replay"]:
            for row, found in zip(rows, replay.apply(log, net, begin, end, parameters={"show_progress_bar": False})):
                row += [found["missing_tokens"], found["consumed_tokens"], found["remaining_tokens"], found["produced_tokens"]]
        answers.append(rows)
    print(json.dumps(answers))
    """
}

private struct Task: Encodable {
  let net: String
  let traces: [[String]]
  let align = true
  let replay: Bool
}

@Suite(.enabled(if: Pm4py.isThere, "\(Pm4py.absence)"))
struct `pm4py agrees` {
  private func ask(_ tasks: [(net: PetriNet, traces: [[String]])], replay: Bool) throws -> [[[Int]]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "keshi-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let list = try tasks.enumerated().map { number, task in
      let path = folder.appending(path: "\(number).pnml").path
      try task.net.pnml(name: "net").write(toFile: path, atomically: true, encoding: .utf8)
      return Task(net: path, traces: task.traces, replay: replay)
    }
    let input = folder.appending(path: "tasks.json")
    try JSONEncoder().encode(list).write(to: input)
    return try JSONDecoder().decode([[[Int]]].self, from: try Pm4py.run(Peer.program, input.path))
  }

  @Test func `on the costs of alignments over random procedures`() throws {
    var tasks: [(net: PetriNet, traces: [[String]])] = []
    for seed in UInt64(1)...40 {
      var random = RandomModel(seed: seed)
      let net = try random.net(depth: 3, activities: 7)
      tasks.append((net, (0..<6).map { _ in random.trace(of: net, longest: 15, faults: random.dice.roll(4), activities: 7) }))
    }
    for (number, (task, rows)) in zip(tasks, try ask(tasks, replay: false)).enumerated() {
      let aligner = try Aligner(task.net)
      for (trace, row) in zip(task.traces, rows) {
        #expect(try aligner.align(trace).cost == row[0], "seed \(number + 1), \(trace)")
      }
    }
  }

  /// Weights are left out: its marking equation forgets them.
  @Test func `on both over nets of any shape, without silent transitions`() throws {
    var tasks: [(net: PetriNet, traces: [[String]])] = []
    for seed in UInt64(1)...150 {
      var random = RandomModel(seed: seed)
      guard let net = try? random.wildNet(weights: false), Soundness(of: net, limit: 300).isComplete else { continue }
      let traces = (0..<6).map { _ in
        random.trace(of: net, longest: 10, faults: random.dice.roll(4), activities: 5).filter(net.activities.contains)
      }
      tasks.append((net, traces))
    }
    #expect(tasks.count > 20)
    for (number, (task, rows)) in zip(tasks, try ask(tasks, replay: true)).enumerated() {
      let (aligner, replayer) = (try Aligner(task.net), try Replayer(task.net))
      for (trace, row) in zip(task.traces, rows) {
        let cost = try aligner.align(trace).cost
        #expect(cost == row[0], "net \(number), \(trace)")
        let replay = try replayer.replay(trace)
        #expect(
          [replay.missing, replay.consumed, replay.remaining, replay.produced] == Array(row[1...]), "net \(number), \(trace)")
      }
    }
  }
}
