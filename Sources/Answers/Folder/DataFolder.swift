import Engine
import Events
import Log
import ProjectionCatalogue
import Vault
import Vocabulary

/// A data folder, and where its keys are: from here every door opens the same store.
public struct DataFolder: Sendable {
  public let path: String
  /// The folder of the keys: never in the log, and best not beside it either.
  public let keysPath: String
  /// Whether the log is signed while it is written, where its own key is at hand.
  public let isSigned: Bool

  /// - Parameter keysPath: without one, `keys/` in the data folder.
  public init(path: String, keysPath: String? = nil, isSigned: Bool = true) {
    self.path = path
    self.keysPath = keysPath ?? path + "/keys"
    self.isSigned = isSigned
  }

  /// Opens the folder with everything that the product knows: events, read models, rules.
  ///
  /// A folder that is opened for writing is whole, and has no erasure undone by an older copy that was put into it. Who
  /// only reads is answered also from a damaged log: `shortfall(of:)` says afterwards what was missing.
  ///
  /// - Parameters:
  ///   - about: who is said to have done erasures again, where that is needed.
  ///   - chance: random bytes for keys; the system's, but where the same run must give the same log.
  ///   - tell: told, one after the other, what a crash had left behind and what was made of it.
  /// - Throws: `LogError`: no log here, damaged, locked by another writer, unknown format, disk; `ErasureError`, `KeyError`.
  public func open(
    _ access: Store.Access, clock: any LogClock = WallClock(), chance: Chance = .system, about: Circumstances,
    tell: (Name) -> Void
  ) throws -> Store {
    var options = LogOptions()
    if access == .write { options.notary = notary(tell) }
    let store = try Store.open(
      at: path, access, catalogue: .keshi, projections: ProjectionCatalogue.all, ruleKinds: ProjectionCatalogue.rules,
      clock: clock, options: options, keys: KeyAccess(folder: keysPath, chance: chance))
    if access == .write, let damage = store.damage {
      try? store.close()
      throw LogError.damaged(damage)
    }
    store.recovery.map(RecoveryText.all)?.forEach(tell)
    guard access == .write else { return store }
    do {
      let count = try store.replayErasures(about: about)
      if count > 0 { tell(RecoveryText.replayed(count)) }
      return store
    } catch {
      try? store.close()
      throw error
    }
  }

  /// A key that cannot be used signs nothing, which is said, and keeps nobody from writing.
  private func notary(_ tell: (Name) -> Void) -> (any Notary)? {
    guard isSigned else { return nil }
    do { return try Signing(self).keeper() } catch {
      tell(RecoveryText.unsigned(error))
      return nil
    }
  }

  /// Why the newest events of a store that was just closed were not signed; `nil` where they were, or nobody signs.
  public func unsigned(in store: Store) -> Name? { (store.log.writer?.attestationFailure).map(RecoveryText.unsigned) }

  /// Adds the data folder to what the log says of its files.
  public func locating<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as LogError {
      let trouble = Trouble(error)
      let folder = Name(same: path + "/log/")
      throw trouble.at(trouble.place.map { error.namesFile ? folder + $0 : $0 } ?? Name(same: path))
    }
  }
}

/// That a log is damaged, as whoever was answered from it must know.
public struct Shortfall {
  public let sentence: Name
  /// Whether events are missing from what was answered; else all that was asked for could be read.
  public let isInAnswer: Bool
}

extension DataFolder {
  /// What was missing from the answers that a store has given so far; `nil` where the log is whole.
  public func shortfall(of store: Store) -> Shortfall? {
    let lost = store.lostEvents
    guard lost.isEmpty else { return Shortfall(sentence: RecoveryText.incomplete(lost, folder: path), isInAnswer: true) }
    return store.damage.map { Shortfall(sentence: RecoveryText.damagedElsewhere($0), isInAnswer: false) }
  }
}
