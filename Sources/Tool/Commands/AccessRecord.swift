import Answers
import Engine
import Events
import Vault
import Vocabulary

// That somebody took data out by a command.

extension Session {
  /// Records it where the folder can be written; says so where it cannot, because that is no reason not to read.
  func record(_ access: AccessRecord, keys: KeysOption?) {
    do {
      try withStore(.write, as: .ruled, keys: keys) { store in
        let event = try access.event(at: console.clock.millisecond, in: store)
        _ = try Recorder(store, about: circumstances(channel: "cli")).record([event])
      }
    } catch {
      let code = Trouble(explaining: error).code
      console.remark(
        Name("Not recorded that this was taken out, because the folder cannot be written [\(code)].", "数据目录无法写入，本次导出未留痕 [\(code)]。"))
    }
  }
}

extension Store {
  /// The highest grade of personal values that can be opened here; `nil` where there are none.
  var openGrade: Events.Access.Grade? {
    guard let owners = try? sealing?.keys.owners(), !owners.isEmpty else { return nil }
    let isHigh = owners.values.contains { $0.category == .words || $0.category == .place }
    return isHigh ? .highlySensitive : .sensitive
  }
}
