import Conformance
import Vocabulary

extension Trouble {
  /// A procedure's file with faults, each with its line.
  public init(_ error: ProcedureFileError) {
    let count = error.problems.count
    let (en, zh) = (error.message(in: .en), error.message(in: .zh))
    let trouble = Trouble(
      .badInput, error.code,
      Name("the procedure's file cannot be used, it has \(count) \(count == 1 ? "fault" : "faults")", "流程文件有 \(count) 处错误"),
      unharmed: Unharmed.everything,
      remedy: Name(
        "correct the lines; `keshi process show SOP --format yaml` gives a file that is right",
        "请更正所列各行；`keshi process show 流程 --format yaml` 可给出正确的文件"))
    self = trouble.listing(zip(en.split(separator: "\n"), zh.split(separator: "\n")).map { Name(String($0), String($1)) })
  }

  /// A net that cannot be used.
  public init(_ error: ConformanceError) {
    self.init(
      .badInput, error.code, Name(error.message(in: .en), error.message(in: .zh)), unharmed: Unharmed.everything,
      remedy: Name(
        "give a place/transition net as ProM and pm4py write it, with an initial and a final marking",
        "请给出 ProM 或 pm4py 所写的库所/变迁网，并含初始与终止标识"))
  }

  /// A case that passes a limit, where it alone was asked about.
  public init(_ refusal: CaseRefusal) {
    self.init(
      .badInput, refusal.code, Name("the case ", "该案例") + Name(refusal.message(in: .en), refusal.message(in: .zh)),
      unharmed: Unharmed.everything, remedy: Name("look at it as of an earlier day with --as-of", "请用 --as-of 查看较早时点"))
  }

  static func unknownProcedure(_ id: String, known: [String]) -> Trouble {
    Trouble(
      .unknownName, "E-SOP-UNKNOWN",
      Name(
        "there is no procedure \"\(id)\"; there are: \(known.joined(separator: ", "))",
        "没有流程“\(id)”；现有：\(known.joined(separator: "、"))"),
      unharmed: Unharmed.everything,
      remedy: Name(
        "`keshi process list` lists them; a file is named with its ending .yaml, .yml or .pnml",
        "用 `keshi process list` 查看；文件须带扩展名 .yaml、.yml 或 .pnml"))
  }

  static func unknownProcedureVersion(_ id: String, _ number: Int, known: [Int]) -> Trouble {
    let list = known.map(String.init)
    return Trouble(
      .unknownName, "E-SOP-UNKNOWN",
      Name(
        "there is no version \(number) of \(id); there are: \(list.joined(separator: ", "))",
        "\(id) 没有第 \(number) 版；现有：\(list.joined(separator: "、"))"),
      unharmed: Unharmed.everything, remedy: Name("`keshi process list` lists them", "用 `keshi process list` 查看"))
  }

  static func procedureMismatch(_ subject: String) -> Trouble {
    Trouble(
      .configuration, "E-SOP-MODEL",
      Name(
        "the file that was published for \(subject) names another procedure or version, or has another hash than is recorded",
        "为 \(subject) 发布的文件所写的流程、版本或哈希与入账内容不符"),
      unharmed: Unharmed.everything, remedy: Name("publish it again as a new version", "请作为新版本重新发布"))
  }

  static func procedureNotLater(_ mark: String, than known: String) -> Trouble {
    Trouble(
      .badInput, "E-SOP-VERSION", Name("\(mark) comes after \(known), and is no later one", "\(mark) 不晚于已有的 \(known)"),
      unharmed: Unharmed.everything,
      remedy: Name(
        "raise `version` in the file, and let it begin later than the version before", "请提高文件中的 `version`，并使其生效日期晚于前一版"))
  }

  static func unknownCase(_ subject: String, _ mark: String) -> Trouble {
    Trouble(
      .absent, "E-CASE-UNKNOWN", Name("\(subject) is no case of \(mark)", "\(subject) 不是 \(mark) 的案例"),
      unharmed: Unharmed.everything,
      remedy: Name("`keshi process check SOP --by case` lists the cases", "用 `keshi process check 流程 --by case` 查看案例"))
  }
}
