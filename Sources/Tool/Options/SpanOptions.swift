import ArgumentParser
import Backtest
import Wire

/// `90d` or `13w`: a length of time in whole days.
struct DaySpan: Equatable, ExpressibleByArgument {
  let days: Int

  init?(argument: String) {
    guard let unit = argument.last, let number = Int(argument.dropLast()), (1...Horizon.limit).contains(number) else {
      return nil
    }
    switch unit {
    case "d": days = number
    case "w": days = number * 7
    default: return nil
    }
    guard days <= Horizon.limit else { return nil }
  }

  init(days: Int) { self.days = days }

  var defaultValueDescription: String { "\(days)d" }
}

/// A day as a person writes it, for questions that are asked of whole days.
struct DayPoint: Equatable, ExpressibleByArgument {
  let day: Day

  init?(argument: String) {
    guard let day = Day(argument) else { return nil }
    self.day = day
  }
}

/// `day`, `week`, `month`, `quarter`, `year`, or a number of days such as `10d`.
struct CadenceWord: Equatable, ExpressibleByArgument {
  let cadence: Cadence

  static let month = CadenceWord(cadence: .months(1))

  private init(cadence: Cadence) { self.cadence = cadence }

  init?(argument: String) {
    switch argument {
    case "day": cadence = .days(1)
    case "week": cadence = .days(7)
    case "month": cadence = .months(1)
    case "quarter": cadence = .months(3)
    case "year": cadence = .months(12)
    default:
      guard let span = DaySpan(argument: argument) else { return nil }
      cadence = .days(span.days)
    }
  }

  var defaultValueDescription: String { "month" }
}
