import Events
import Vocabulary
import Wire

// What nobody does any more: at the beginning of each month the company closes what is long overdue, as one does that
// looks at its list. Without it a list of what is to be done would begin with the oddest cases of years ago.

/// Something that somebody was asked to do.
struct OpenTask: Sendable {
  let kind: String
  let to: String
  let dueOn: Day
  let customer: JSON?

  /// Days after which it is closed without having been done.
  static let patience = 30

  init?(_ data: JSONObject) {
    guard let due = data["dueOn"]?.string.flatMap({ Day($0) }), let to = data["to"]?.string else { return nil }
    (kind, self.to, dueOn, customer) = (data["kind"]?.string ?? "", to, due, data["customer"])
  }
}

extension House {
  /// Plans the next look at the list, for the first working day of a month, once its books are closed.
  func planTidying(on opening: Day, _ world: inout World) {
    world.agenda.add(.house(.staff(.tidied)), for: nil, at: opening.start + .seconds(31 * 60))
  }

  /// Who was asked says that it is no longer needed, what was handed over is taken as it is; for one who has left, whoever
  /// directs the company says so.
  func tidy(_ world: inout World) {
    let stale = world.openTasks.filter { $0.value.dueOn + OpenTask.patience < world.today }
    for (name, task) in stale.sorted(by: { $0.key < $1.key }) {
      let doer = world.team.employees.first { $0.person.id == task.to && $0.works(on: world.today) }?.person
      let isHandoff = task.kind == "handoff"
      var data: JSONObject = ["result": isHandoff ? "done" : "rejected"]
      data["customer"] = task.customer
      if !isHandoff { data["note"] = say(Phrases.overtaken) }
      world.record(Task.completed, data, on: .of(.task, name), by: doer ?? world.team.directors[0])
    }
  }
}
