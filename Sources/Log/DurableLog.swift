/// A log as far as its own bytes say that it is durable, whoever writes it meanwhile: what may be signed.
///
/// A reader sees more once the writer has died: groups that are whole in the system's cache, of which nobody knows
/// whether the disk has them. A signature over those could outlive them.
public struct DurableLog: Sendable {
  public let reader: LogReader
  /// Why part of it cannot be read; then nothing of it should be signed.
  public let damage: Damage?

  public var head: LogHead { reader.head }

  /// Reads the active files once. Takes no lock and changes nothing. Throws `notALog`, `unknownFormat`, `disk`.
  public init(on disk: any Disk, cacheBytes: Int = LogOptions().cacheBytes) throws(LogError) {
    let survivors = try Survivors(disk: disk, live: true)
    let catalogue = Catalogue(disk: disk, manifest: survivors.manifest, state: survivors.state)
    reader = LogReader(catalogue, cacheBytes: cacheBytes)
    damage = survivors.state.damages.first
  }
}
