import Engine
import Exchange
import Facts
import Foundation
import Import
import Log
import Proofs
import ReadModels
import RuleFiles
import Statistics
import Vault
import Vocabulary
import Wire

/// An error of a door's own, which says itself what a person is told.
public protocol Explained: Error {
  var trouble: Trouble { get }
}

extension Trouble {
  /// The one place where an error of any module becomes something that a person is told.
  public init(explaining error: any Error) {
    switch error {
    case let trouble as Trouble: self = trouble
    case let error as any Explained: self = error.trouble
    case let error as EventError: self.init(error)
    case let error as AppendError: self.init(error.reason)
    case let refusal as Refusal: self.init(refusal)
    case let error as ConditionFailed: self.init(error)
    case let error as LogError: self.init(error)
    case let error as EngineError: self.init(error)
    case let error as ErasureError: self.init(error)
    case let error as BackupError: self.init(error)
    case let error as KeyError: self.init(error)
    case let error as ProofError: self.init(error)
    case let error as RuleRefusal: self.init(error)
    case let error as RuleFileError: self.init(error)
    case let error as FactsError: self.init(error)
    case let error as ReadModelError: self.init(error)
    case let error as ExchangeError: self.init(error)
    case let error as ImportError: self.init(error)
    case let error as MappingError: self.init(error)
    case let error as SinkError: self.init(error)
    case let error as SourceError: self.init(error)
    case let error as StatisticsError: self.init(error)
    case let error as CocoaError: self.init(error)
    default: self.init(unforeseen: error)
    }
  }

  /// An error that no module declares: a mistake of the program.
  private init(unforeseen error: any Error) {
    let text = String(describing: error)
    self.init(
      .failed, "E-INTERNAL", Name("something unforeseen happened: \(text)", "发生意外错误：\(text)"),
      unharmed: Unharmed.log,
      remedy: Name("run the command again; if it fails again, report this line", "请重试；如再次失败，请报告此行"))
  }
}
