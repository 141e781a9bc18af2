import ArgumentParser
import Engine
import Wire

/// A point in time as a person writes it: an instant with zone, or a day.
///
/// A day means its end, 23:59:59.999999 UTC: who asks for the state "as of 30 June" expects what happened on 30 June
/// to be in it, and events that know only their day are dated at its start.
struct TimePoint: Equatable, ExpressibleByArgument {
  let instant: Instant

  init?(argument: String) {
    if let instant = Instant(argument) {
      self.instant = instant
    } else if let day = Day(argument) {
      instant = Instant(microseconds: day.start.microseconds + Instant.microsecondsPerDay - 1)
    } else {
      return nil
    }
  }
}

/// A point in the log's own history: a time, or the event that was the newest then.
struct LogPoint: Equatable, ExpressibleByArgument {
  let knownAt: View.KnownAt

  init?(argument: String) {
    if argument.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard let seq = Int64(argument), seq < Int64.max else { return nil }
      knownAt = .position(seq + 1)
    } else if let point = TimePoint(argument: argument) {
      knownAt = .recorded(point.instant)
    } else {
      return nil
    }
  }
}

/// `churn=2`: a kind of rule and the version to judge by.
struct RuleChoice: Equatable, ExpressibleByArgument {
  let kind: String
  let version: Int

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex,
      let version = Int(argument[argument.index(after: equals)...]), version > 0
    else { return nil }
    kind = String(argument[..<equals])
    self.version = version
  }
}

/// `customer:4=17`: how many events a subject is expected to have.
struct ExpectedVersion: Equatable, ExpressibleByArgument {
  let subject: String
  let version: Int

  init?(argument: String) {
    guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex,
      let version = Int(argument[argument.index(after: equals)...]), version >= 0
    else { return nil }
    subject = String(argument[..<equals])
    self.version = version
  }
}
