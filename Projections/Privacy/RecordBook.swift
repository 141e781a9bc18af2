import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// When the latest event of each type happened, of everything that belongs to an account; the ends of contracts, and
/// legal holds.
public enum RecordBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = Catalogue.keshi.families
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    /// One entry a type: its latest event; how often there was one, above the type's 16 bits. Grows with types.
    public fileprivate(set) var types = Series(expecting: 8)
    /// What contracts said of their ends.
    var ends = Notes()
    var holds = Notes()
  }
  public static let initial = Facts()

  /// What the ends of contracts do not ask.
  private static let otherTags: [UInt8] = Contract.Fact.allCases.filter {
    switch $0 {
    case .endOn, .newEndOn, .endedOn: false
    default: true
    }
  }.map(\.rawValue) + [EnvelopeFact.actor.rawValue, SharedFact.approval.rawValue]

  public static let looksThroughLists = true
  public static func willEvolve(_ facts: Facts, _ series: borrowing SeriesStore) { series.willRead(facts.types) }

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    let code = Int64(event.type.family) << 8 | Int64(event.type.type)
    let moment = event.moment
    let isKnown = series.replace(in: facts.types) { entry in
      guard entry.value & 0xFFFF == code else { return nil }
      return SeriesStore.Entry(moment: max(entry.moment, moment), value: entry.value + (1 << 16))
    }
    if !isKnown { series.append(moment, 1 << 16 | code, to: &facts.types) }
    if event.type.family == Contract.code {
      facts.ends.take(event, &series, without: otherTags)
    } else if event.type == TypeCode(Privacy.holdPlaced) || event.type == TypeCode(Privacy.holdReleased) {
      facts.holds.take(event, &series)
    }
  }
}

/// The events of one type that an account has.
struct RecordsOfType {
  let name: String
  let latest: Moment
  let count: Int

  init?(_ entry: SeriesStore.Entry) {
    let type = TypeCode(family: UInt8(entry.value >> 8 & 0xFF), type: UInt8(entry.value & 0xFF))
    guard let name = Catalogue.keshi.entry(of: type)?.declaration.name else { return nil }
    (self.name, latest, count) = (name, entry.moment, Int(entry.value >> 16))
  }
}
