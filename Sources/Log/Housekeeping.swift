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

  /// Seals whatever is full, until the writer closes: then at most the segment under way, the rest at the next opening. A failure is tried again with the next full segment: nothing is
  /// lost by sealing late.
  func keepSealing() {
    while true {
      monitor.lock()
      while !sealWanted && !isStopping { sealCondition.wait(monitor) }
      let stops = isStopping
      sealWanted = false
      monitor.unlock()
      if stops { return }
      do throws(LogError) { try seal { monitor.locked { !isStopping } } } catch { sealingFailed(error) }
    }
  }
}
