import Dispatch
import Testing

@testable import Serve

@Suite struct `Jobs at the end` {
  @Test func `are waited for, but not for ever`() {
    let thread = JobThread()
    let gate = DispatchSemaphore(value: 0)
    thread.add { gate.wait() }
    thread.stop()
    #expect(!thread.hasEnded(by: .now() + 0.02))
    gate.signal()
    #expect(thread.hasEnded(by: .now() + 60))
  }
}
