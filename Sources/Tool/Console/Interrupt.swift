import Glibc
import Synchronization

/// Ctrl-C as a question that a loop can ask, so that what is under way ends at a clean place.
///
/// Without a loop that asks, the signal keeps its usual meaning: every command can be killed at any time without loss
/// of what it has acknowledged.
enum Interrupt {
  private static let flag = Atomic<Bool>(false)

  /// Whether somebody has asked to stop.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// From now on the first Ctrl-C sets the flag, and wakes a read that waits; the second one kills.
  static func listen() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interrupt.flag.store(true, ordering: .relaxed)
    }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    sigaction(SIGINT, &action, nil)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)  // whoever started us may have blocked it
  }

  /// Ends the process as the signal would have, so that a calling shell sees why.
  static func passOn() {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
