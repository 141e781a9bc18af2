public import Log

/// What every `EventLog` must do, as checks that any implementation's tests can run.
public struct EventLogContract: Sendable, CustomStringConvertible {
  /// A promise that was not kept.
  public struct Broken: Error, CustomStringConvertible {
    public let description: String
  }

  /// What is promised, as a sentence.
  public let description: String
  /// Tries it on an empty log.
  public let check: @Sendable (any EventLog) throws -> Void

  /// All promises.
  public static let all: [EventLogContract] = appending + reading + identity + expecting

  private static let appending: [EventLogContract] = [
    .init("an empty log has size 0 and the root of nothing") { log in
      try same(log.head, LogHead(size: 0, root: Frontier().root))
      try same(try log.allLines(), [])
    },
    .init("events are numbered from 0 without gaps, across batches") { log in
      let numbers = try [3, 1, 200].flatMap { try log.append(.orders($0)).map(\.seq) }
      try same(numbers, Array(0..<204))
      try same(log.head.size, 204)
    },
    .init("a receipt names the hash of the line that is stored") { log in
      for receipt in try log.append(.orders(5)) {
        let line = try log.line(at: receipt.seq)
        try same(receipt.leaf, line.withUnsafeBytes { leafHash(of: $0) })
        try same(receipt.size, 5)
      }
    },
    .init("the head's root is that of all lines' leaves") { log in
      for count in [1, 2, 5] { _ = try log.append(.orders(count)) }
      var tree = Frontier()
      for line in try log.allLines() { tree.append(Array(line.utf8).withUnsafeBytes { leafHash(of: $0) }) }
      try same(log.head, LogHead(size: 8, root: tree.root))
    },
    .init("the two holes of a draft are filled in place") { log in
      _ = try log.append([.order(7, customer: 4, id: "a")])
      try same(try log.allLines(), ["""
        {"data":{"note":"","number":7},"id":"a","recordedAt":"2026-11-23T11:40:03.123Z","role":"sales","seq":0,\
        "subject":"customer:4","type":"order.placed","v":1}
        """])
    },
    .init("an empty batch is refused") { log in
      try fails(with: "E-LOG-BATCH") { try log.append([]) }
    },
    .init("a refused draft keeps its whole batch out") { log in
      let bad = Draft(id: nil, subject: "x", head: Array("{\"a\":\n1,".utf8), middle: [], tail: [UInt8(ascii: "}")])
      try fails(with: "E-LOG-LINE") { try log.append(.orders(2) + [bad]) }
      try same(log.head.size, 0)
    },
  ]

  private static let reading: [EventLogContract] = [
    .init("any stretch is read as it was written") { log in
      for _ in 0..<4 { _ = try log.append(.orders(10)) }
      let all = try log.allLines()
      let stretches: [(UInt64, UInt64)] = [(0, 40), (0, 1), (9, 11), (39, 40), (13, 27), (40, 50), (7, 7), (50, 60)]
      for (from, to) in stretches {
        var lines: [String] = []
        var next = from
        try log.forEachBlock(from: from, upTo: to) { block in
          try same(block.first, next)
          next = block.end
          for index in 0..<block.count { lines.append(String(decoding: block.line(index), as: UTF8.self)) }
        }
        try same(lines, all.enumerated().filter { from <= $0.0 && $0.0 < to }.map(\.1))
      }
    },
    .init("a block's bytes are its lines, each with LF") { log in
      _ = try log.append(.orders(5))
      try log.forEachBlock(from: 1, upTo: 3) { block in
        try same(Array(block.bytes), Array(block.line(0)) + [10] + Array(block.line(1)) + [10])
      }
    },
    .init("a number that is not there yet is refused") { log in
      _ = try log.append(.orders(3))
      try fails(with: "E-LOG-RANGE") { try log.line(at: 3) }
    },
    .init("the events of a subject are found, and only those") { log in
      _ = try log.append([.order(0, customer: 1), .order(1, customer: 11), .order(2, customer: 1)])
      try same(try log.events(of: "customer:1"), [0, 2])
      try same(try log.events(of: "customer:2"), [])
    },
    .init("waiting for what is there already returns at once") { log in
      _ = try log.append(.orders(3))
      try same(try log.waitForHead(beyond: 2, milliseconds: 10_000), log.head)
      try same(try log.waitForHead(beyond: 3, milliseconds: 1), log.head)
    },
  ]

  private static let identity: [EventLogContract] = [
    .init("the same id again is answered with the first event and writes nothing") { log in
      let first = try log.append([.order(1, id: "a"), .order(2, id: "b")])
      let again = try log.append([.order(99, customer: 5, id: "b")])
      try same(again.map(\.seq), [1])
      try same(again.map(\.leaf), [first[1].leaf])
      try same(again.map(\.duplicate), [true])
      try same(log.head.size, 2)
    },
    .init("the same id twice in one batch is one event") { log in
      let receipts = try log.append([.order(1, id: "a"), .order(2), .order(3, id: "a")])
      try same(receipts.map(\.seq), [0, 1, 0])
      try same(receipts.map(\.duplicate), [false, false, true])
    },
    .init("an event without an id has one made of log and number") { log in
      let receipts = try log.append(.orders(2))
      try same(receipts.map { String($0.id.suffix(2)) }, ["-0", "-1"])
      try same(Set(receipts.map { $0.id.count }), [10])
    },
    .init("repeating a batch succeeds although its expectation no longer holds") { log in
      let expectation = [Expectation(subject: "customer:1", version: 0)]
      _ = try log.append([.order(1, id: "a")], expecting: expectation)
      try same(try log.append([.order(1, id: "a")], expecting: expectation).map(\.duplicate), [true])
    },
  ]

  private static let expecting: [EventLogContract] = [
    .init("a version counts the events of its subject") { log in
      _ = try log.append([.order(0, customer: 1), .order(1, customer: 2), .order(2, customer: 1)])
      _ = try log.append([.order(3, customer: 1)], expecting: [
        Expectation(subject: "customer:1", version: 2), Expectation(subject: "customer:9", version: 0),
      ])
      try same(log.head.size, 4)
    },
    .init("a wrong expectation writes nothing and says what is right") { log in
      _ = try log.append(.orders(1))
      do {
        _ = try log.append(.orders(3), expecting: [Expectation(subject: "customer:0", version: 0)])
      } catch LogError.wrongExpectedVersion(let subject, let expected, let actual) {
        try same([subject, "\(expected)", "\(actual)"], ["customer:0", "0", "1"])
        try same(log.head.size, 1)
        return
      }
      throw Broken(description: "the batch was taken")
    },
  ]

  private init(_ description: String, _ check: @escaping @Sendable (any EventLog) throws -> Void) {
    (self.description, self.check) = (description, check)
  }
}

private func same<T: Equatable>(_ found: T, _ expected: T) throws {
  guard found == expected else {
    throw EventLogContract.Broken(description: "found \(found), expected \(expected)")
  }
}

private func fails<R>(with code: String, _ body: () throws -> R) throws {
  do {
    _ = try body()
  } catch let error as LogError {
    return try same(error.code, code)
  }
  throw EventLogContract.Broken(description: "no \(code)")
}
