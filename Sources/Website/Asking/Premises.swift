public import Answers
public import Engine
public import Wire

/// Where pages get their answers from: an open store, whoever keeps it open.
public protocol Premises: Sendable {
  var folder: DataFolder { get }
  var store: Store { get }
  var now: Instant { get }
  /// Read models, page by page.
  var shelf: ModelShelf { get }
  var directory: Directory { get }
  var workshop: any Workshop { get }

  /// Answers from the log as it stands now. Values that the asker may not see are withheld.
  func read<R>(_ body: (Snapshot) throws -> R) throws -> R
  /// Decides by the guards and records; durable when it returns.
  func perform(_ command: Command, rehearse: Bool) throws -> CommandResult
  /// Lines were handed out as they are: who looked at them is recorded.
  func noteLines()
}
