import Answers

/// How a command ends, after sysexits.h. The numbers are a promise to scripts.
enum ExitStatus: Int32, CaseIterable {
  case ok = 0
  case failed = 1
  /// A check found differences or damage.
  case differs = 2
  case usage = 64
  case badInput = 65
  case noInput = 66
  case unavailable = 69
  case cannotCreate = 73
  case inputOutput = 74
  /// Locked, or not the expected version: try again.
  case tryAgain = 75
  case notPermitted = 77
  case configuration = 78
}

extension Trouble {
  /// How a command ends that met this.
  var status: ExitStatus {
    switch kind {
    case .failed: .failed
    case .differs: .differs
    case .usage, .unknownName: .usage
    case .badInput: .badInput
    case .absent: .noInput
    case .unavailable: .unavailable
    case .cannotCreate: .cannotCreate
    case .inputOutput: .inputOutput
    case .busy, .overtaken: .tryAgain
    case .notPermitted, .objected: .notPermitted
    case .configuration: .configuration
    }
  }
}
