import Dispatch
import Synchronization

/// A value that several threads change in turn.
final class Shared<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }

  func update<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    value.withLock { value in body(&value) }
  }
}

/// Work on many pieces by a few threads.
enum Pieces {
  /// Pieces that a thread takes at a time.
  private static let stride = 8

  /// Calls `body` with every piece; the results come in the order of the pieces. Each thread has a state of its own.
  static func map<Piece: Sendable, State, Result: Sendable>(
    _ pieces: [Piece], workers: Int, state: @escaping @Sendable () -> State,
    _ body: @escaping @Sendable (inout State, Piece) -> Result
  ) -> [Result] {
    let next = Shared(0)
    let results = Shared<[(begin: Int, results: [Result])]>([])
    let count = max(1, min(workers, (pieces.count + stride - 1) / stride))
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      var own = state()
      while true {
        let begin = next.update { next in
          defer { next += stride }
          return next
        }
        guard begin < pieces.count else { return }
        let found = pieces[begin..<min(begin + stride, pieces.count)].map { body(&own, $0) }
        results.update { $0.append((begin, found)) }
      }
    }
    return results.update { $0.sorted { $0.begin < $1.begin }.flatMap(\.results) }
  }
}
