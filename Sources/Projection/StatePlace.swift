/// Where the state of a subject stands among those of its fold, if it has one. Four bytes, because every key has a place.
@usableFromInline struct StatePlace: BitwiseCopyable, Sendable {
  /// The index, plus one; 0 for none.
  @usableFromInline var number: UInt32 = 0

  @inlinable init() {}

  /// `nil` where no event has touched the subject.
  @inlinable @inline(__always) var index: Int? { number == 0 ? nil : Int(number) - 1 }

  /// The index of the state, which is made where there is none yet.
  @inlinable @inline(__always) mutating func make<State>(in states: inout [State], _ new: State) -> Int {
    if let index { return index }
    states.append(new)
    number = UInt32(states.count)
    return states.count - 1
  }
}
