/// A case laid beside a run of the model, event by event, at the least cost (Adriansyah 2014, Aligning Observed and
/// Modeled Behavior, chapter 4).
///
/// Cost function: an event that the model does too costs 0; an event that the model does not (inserted) 1; an activity
/// of the model that the case lacks (skipped) 1; a silent transition 0. No other costs break ties, so the cost is the
/// number of deviations.
public struct Alignment: Hashable, Sendable {
  public enum Move: Hashable, Sendable {
    /// The event and the model's transition, both by number.
    case both(event: Int, transition: Int)
    /// Inserted: only the case has it.
    case log(event: Int)
    /// Skipped: only the model has it.
    case model(transition: Int)
    /// Nobody records it.
    case silent(transition: Int)
  }

  /// From the first to the last. Among alignments of one cost it is always the same one.
  public let moves: [Move]
  /// Inserted events and skipped activities.
  public let cost: Int
  /// The cost where nothing fits: every event inserted, every activity of the model's shortest run skipped.
  public let worst: Int

  /// 1 − cost ÷ (events of the case + shortest run of the model); 1 where both are 0.
  public var fitness: Double { worst == 0 ? 1 : 1 - Double(cost) / Double(worst) }
  public var fits: Bool { cost == 0 }
}

/// Whether the case is over.
public enum CaseEnding: Hashable, Sendable {
  /// What the model still asks for was skipped.
  case over
  /// What the model still asks for may come: the case is compared with the beginnings of runs. Nothing at its end counts as
  /// skipped.
  case open
}
