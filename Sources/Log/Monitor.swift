import Glibc

/// A lock that threads can wait at. (`Mutex` of the standard library has no condition to wait for.)
///
/// `@unchecked`: the system's mutex and condition are made to be used by many threads; their memory is fixed for the
/// object's life.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }
  func unlock() { pthread_mutex_unlock(mutex) }

  /// Calls `body` while holding the lock.
  func locked<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    lock()
    defer { unlock() }
    return try body()
  }

  /// Something to wait for. Waiting gives the lock back meanwhile; it may end without a signal, so ask again.
  ///
  /// `@unchecked` for the same reason as `Monitor`.
  final class Condition: @unchecked Sendable {
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
      condition.initialize(to: pthread_cond_t())
      var attributes = pthread_condattr_t()
      pthread_condattr_init(&attributes)
      pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)  // a clock that is set must not lengthen a wait
      pthread_cond_init(condition, &attributes)
      pthread_condattr_destroy(&attributes)
    }

    deinit {
      pthread_cond_destroy(condition)
      condition.deallocate()
    }

    /// Waits for a signal; the caller holds `monitor`.
    func wait(_ monitor: Monitor) { pthread_cond_wait(condition, monitor.mutex) }

    /// Waits for a signal, at most until `deadline` on `monotonicNanoseconds`.
    func wait(_ monitor: Monitor, until deadline: Int64) {
      var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
      pthread_cond_timedwait(condition, monitor.mutex, &time)
    }

    func signal() { pthread_cond_signal(condition) }
    func broadcast() { pthread_cond_broadcast(condition) }
  }
}

/// Nanoseconds on a clock that only goes forward; for waiting, never for what is stored.
func monotonicNanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// A thread of our own, for work that blocks: it must not hold up the threads that Swift's tasks share.
///
/// `@unchecked`: the handle is written once, before anybody else can see the object, and `join` is called by one owner.
final class BackgroundThread: @unchecked Sendable {
  private var thread = pthread_t()

  /// `givingWay`: the thread runs only when nobody else wants a core.
  init(givingWay: Bool = false, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box { () -> Void in
      if givingWay { giveWay() }
      body()
    })
    let failed = pthread_create(&thread, nil, { raw in
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
      return nil
    }, box.toOpaque())
    precondition(failed == 0, "the system gives us no thread")
  }

  /// Waits until the thread has ended. Once.
  func join() { pthread_join(thread, nil) }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

/// From now on this thread, and threads that it makes, run only when nobody else wants a core (`SCHED_IDLE`, sched(7)).
///
/// For work that must not make an append wait: without it a woken committer stands behind the busy thread until the
/// scheduler's next tick.
public func giveWay() {
  let idle: Int32 = 5  // SCHED_IDLE, which the C library names for GNU sources only
  var parameter = sched_param()
  sched_setscheduler(0, idle, &parameter)
}
