// What the writer's own threads do.

extension LogWriter {
  /// Sets a marker after each silence, until the writer closes.
  func keepMarking() {
    let pause = Int64(options.markerAfterMilliseconds) * 1_000_000
    while true {
      monitor.lock()
      while isMarked && !isStopping { markerCondition.wait(monitor) }
      let due = lastCommit + pause
      if !isStopping && monotonicNanoseconds() < due { markerCondition.wait(monitor, until: due) }
      let (stops, isDue) = (isStopping, monotonicNanoseconds() >= lastCommit + pause)
      monitor.unlock()
      if stops { return }
      if isDue, (try? mark()) == nil { return }  // the failure has stopped the writer; every append says why
    }
  }

  /// Seals whatever is full, until the writer closes: then at most the segment under way, the rest at the next opening.
  /// Waits for a quiet moment as long as not many segments wait, because a core that compresses is missed by those who
  /// append. A failure is tried again with the next full segment: nothing is lost by sealing late.
  func keepSealing() {
    while true {
      monitor.lock()
      while !sealWanted && !isStopping { sealCondition.wait(monitor) }
      while !isStopping && !isTimeToSeal { sealCondition.wait(monitor, until: lastCommit + sealingPause) }
      let stops = isStopping
      sealWanted = false
      monitor.unlock()
      if stops { return }
      do throws(LogError) {
        try seal { monitor.locked { !isStopping && isTimeToSeal } }
        monitor.locked { sealWanted = backlog > 0 }
      } catch { sealingFailed(error) }
    }
  }

  private var sealingPause: Int64 { Int64(options.sealAfterMilliseconds) * 1_000_000 }

  /// Under the lock: whether nobody appends just now, or too much waits.
  private var isTimeToSeal: Bool {
    backlog > options.sealingPatience || monotonicNanoseconds() >= lastCommit + sealingPause
  }
}
