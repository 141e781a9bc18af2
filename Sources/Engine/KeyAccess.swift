import Log
import Vault
import Vocabulary
import Wire

/// Where the keys of personal values are, and where chance comes from.
public struct KeyAccess: Sendable {
  let disk: any Disk
  let chance: Chance

  /// - Parameter chance: the system's, but where the same run must give the same log.
  public init(disk: any Disk, chance: Chance = .system) { (self.disk, self.chance) = (disk, chance) }

  public init(folder: String, chance: Chance = .system) {
    self.init(disk: PosixDisk(root: folder, isPrivate: true), chance: chance)
  }

  /// The keys of one log.
  func sealing(for log: LogDirectory, clock: any LogClock) -> Sealing {
    let id = log.manifest.id.hex
    return Sealing(log: id, keys: KeyFile(on: disk, log: id, chance: chance, clock: clock), chance: chance)
  }
}

extension Event {
  /// Refuses commitments that claim to be this log's: only sealing makes those.
  func checkCarried() throws(EventError) {
    for member in sealed.members where !Commitment.isCarried(member.value.string ?? "") {
      let expected = Name(
        "a value, or a commitment that was carried over from another log, with ~ before it", "原值，或从另一日志带来的承诺值（以 ~ 开头）")
      throw EventError(.badFormat(expected: expected, found: member.value.string ?? ""), at: "p." + member.name)
    }
  }
}
