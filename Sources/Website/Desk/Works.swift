import Answers
import Dispatch
import Synchronization
import Vocabulary

/// Long work that pages start and watch: one at a time, the newest few are remembered.
public final class Works: Sendable {
  /// One piece of work, as far as it is.
  public struct Work: Sendable {
    public let id: Int
    public let title: Name
    public fileprivate(set) var step: Name
    public fileprivate(set) var done: Int64 = 0
    public fileprivate(set) var total: Int64 = 1
    public fileprivate(set) var outcome: Outcome?
    fileprivate var isUnwanted = false
  }

  public enum Outcome: Sendable {
    case finished([Name])
    case failed(Trouble)
  }

  /// Works that are remembered.
  public static let limit = 20

  private struct State {
    var works: [Work] = []
    var next = 1
  }
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "keshi.works")

  public init() {}

  public var all: [Work] { state.withLock { $0.works.reversed() } }

  public func work(_ id: Int) -> Work? { state.withLock { $0.works.first { $0.id == id } } }

  /// Starts work behind what is under way.
  ///
  /// - Parameter body: is handed whom to tell how far it is; gives sentences about what came of it.
  public func start(_ title: Name, _ body: @escaping @Sendable (@escaping Report) throws -> [Name]) -> Int {
    let id = state.withLock { state in
      let id = state.next
      state.next += 1
      state.works.append(Work(id: id, title: title, step: Name("Waiting", "等待中")))
      if state.works.count > Works.limit { state.works.removeFirst() }
      return id
    }
    queue.async { [self] in
      let outcome: Outcome
      do { outcome = .finished(try body { step, done, total in self.tell(id, step, done, total) }) } catch {
        outcome = .failed(Trouble(explaining: error))
      }
      change(id) { $0.outcome = outcome }
    }
    return id
  }

  /// Told of each step.
  public typealias Report = @Sendable (_ step: Name, _ done: Int64, _ total: Int64) -> Void

  private func tell(_ id: Int, _ step: Name, _ done: Int64, _ total: Int64) {
    change(id) { ($0.step, $0.done, $0.total) = (step, done, total) }
  }

  private func change(_ id: Int, _ body: (inout Work) -> Void) {
    state.withLock { state in
      if let place = state.works.firstIndex(where: { $0.id == id }) { body(&state.works[place]) }
    }
  }
}
