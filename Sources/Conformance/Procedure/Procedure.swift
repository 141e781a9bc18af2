public import Vocabulary

/// A standard operating procedure: which steps work takes, in which order, by whom, and within what time.
///
/// One version of it; a later version is another one. `ProcedureFile` reads it, and `ProcedureModel` makes it a net.
public struct Procedure: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    /// Unique within the procedure.
    public let id: String
    public let title: Name
    /// The events by which it is done.
    public let pattern: EventPattern
    /// Words of the roles that may do it; empty: anybody.
    public let roles: [String]
    /// Steps of the same case whose doer may not do this one.
    public let notBy: [String]
    public let limit: TimeLimit?

    public init(
      _ id: String, _ title: Name, _ pattern: EventPattern, roles: [String] = [], notBy: [String] = [],
      limit: TimeLimit? = nil
    ) {
      self.id = id
      self.title = title
      self.pattern = pattern
      self.roles = roles
      self.notBy = notBy
      self.limit = limit
    }
  }

  /// What an event brings into the case of a thing that it names.
  public struct Link: Hashable, Sendable {
    public enum Bringing: String, CaseIterable, Sendable {
      /// The two things belong to one case, with everything that happens to either.
      case thing
      /// This event alone. It belongs to every case whose things it names, as a payment for several invoices does.
      case event
    }
    public let type: String
    /// A field at the top of the event's data that names one thing, or a list of them.
    public let field: String
    /// The kind of the thing named; `nil` where the value says it, as in `contract:K-7`.
    public let kind: String?
    public let brings: Bringing

    public init(_ type: String, _ field: String, kind: String?, brings: Bringing = .thing) {
      self.type = type
      self.field = field
      self.kind = kind
      self.brings = brings
    }
  }

  public let id: String
  /// From 1; 0 for a net from a file, which has none.
  public let version: Int
  public let title: Name
  /// What it goes back to, such as a standard; for people.
  public let basis: String?
  /// The kind of thing that one case is about.
  public let about: String
  /// What makes a thing a case: one of its events that one of these means. Empty: every thing of the kind is one.
  public let only: [EventPattern]
  /// What else belongs to a case.
  public let links: [Link]
  /// What may happen at any time without being a step or a deviation.
  public let anytime: [EventPattern]
  /// Whether events that the procedure does not speak of are deviations; else they are left out, as where a case is a
  /// customer to whom much else happens.
  public let isClosed: Bool
  /// Days without an event after which a case that has not come to its end counts as given up; `nil`: never.
  public let quietDays: Int?
  public let steps: [Step]
  public let flow: Block

  public init(
    id: String, version: Int, title: Name, basis: String? = nil, about: String,
    only: [EventPattern] = [], links: [Link] = [], anytime: [EventPattern] = [], isClosed: Bool = true, quietDays: Int? = nil, steps: [Step], flow: Block
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.basis = basis
    self.about = about
    self.only = only
    self.links = links
    self.anytime = anytime
    self.isClosed = isClosed
    self.quietDays = quietDays
    self.steps = steps
    self.flow = flow
  }

  /// As events write it in their `sopVersion`: `complaint-handling@1`.
  public var mark: String { version == 0 ? id : "\(id)@\(version)" }
}

/// How long a step may take after another.
public struct TimeLimit: Hashable, Sendable {
  public enum Unit: String, CaseIterable, Sendable {
    /// By the clock on the wall: nights and weekends count.
    case minutes, hours, days
    /// Of the company's calendar.
    case workingHours, workingDays

    public var title: Name {
      switch self {
      case .minutes: Name("minutes", "分钟")
      case .hours: Name("hours", "小时")
      case .days: Name("days", "天")
      case .workingHours: Name("working hours", "工作小时")
      case .workingDays: Name("working days", "工作日")
      }
    }
  }
  public let amount: Int
  public let unit: Unit
  /// The step from which it is counted, the last time it was done before; `nil`: from the case's first event.
  public let after: String?

  public init(_ amount: Int, _ unit: Unit, after: String? = nil) {
    self.amount = amount
    self.unit = unit
    self.after = after
  }
}
