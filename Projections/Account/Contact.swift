public import Events
public import Projection

extension Visit {
  /// Whether somebody met or spoke: a visit, or a talk that is no note written for ourselves.
  public func isContact(_ event: borrowing Recorded) -> Bool {
    switch self {
    case .logged: true
    case .interactionLogged: event.code(Fact.kind, of: Interaction.self) != .note
    }
  }
}
