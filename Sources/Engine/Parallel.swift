import Dispatch
import Foundation
import Synchronization

/// Work that runs on several threads at once.
public enum Parallel {
  /// Calls `body` with 0 … `count` − 1, each on a thread of its own, the first on the caller's; returns when all are
  /// done.
  ///
  /// Dispatch's own `concurrentPerform` decides by itself how many threads it takes; with two long pieces it was seen
  /// to run them one after the other.
  public static func perform(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let done = DispatchSemaphore(value: 0)
    for index in 1..<max(1, count) {
      let thread = Thread {
        body(index)
        done.signal()
      }
      thread.stackSize = 4 << 20
      thread.start()
    }
    if count > 0 { body(0) }
    for _ in 1..<max(1, count) { done.wait() }
  }

  /// The same, with what each call gave, in the order of the numbers.
  public static func map<R: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> R) -> [R] {
    let found = Mutex([R?](repeating: nil, count: count))
    perform(count) { index in
      let result = body(index)
      found.withLock { $0[index] = result }
    }
    return found.withLock { $0.compactMap(\.self) }
  }
}
