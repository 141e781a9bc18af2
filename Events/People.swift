public import Vocabulary

/// Who works here, in which post, what they learnt, and what teams do together.
public enum People: UInt8, Family {
  case joined = 1
  case positionChanged = 2
  case departed = 3
  case activityHeld = 4
  case trainingCompleted = 5

  public static let code: UInt8 = 24
  public static let title = Name("People, teams and training", "人员、团队与培训")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case move = 1
    case activity = 2
    case training = 3
    case score = 4
    case passed = 5
    case validUntil = 6
    case lastDay = 7
    case probationEndsOn = 8
    case position = 9
    case team = 10
    case manager = 11
    case effectiveOn = 12
    case item = 13
    case itemVersion = 14
    case handoverTo = 15
    case accessRevokedAt = 16
  }

  public enum Move: UInt8, CodeSet {
    case transfer = 1
    case promotion = 2
    case demotion = 3
    case duty = 4

    public var word: Word {
      switch self {
      case .transfer: Word("transfer", "Transfer", "调动")
      case .promotion: Word("promotion", "Promotion", "晋升")
      case .demotion: Word("demotion", "Demotion", "降级")
      case .duty: Word("duty", "Change of duties", "职责调整")
      }
    }
  }

  public enum Activity: UInt8, CodeSet {
    case meeting = 1
    case retrospective = 2
    case coaching = 3
    case culture = 4
    case recognition = 5

    public var word: Word {
      switch self {
      case .meeting: Word("meeting", "Meeting", "例会")
      case .retrospective: Word("retrospective", "Retrospective", "复盘")
      case .coaching: Word("coaching", "Coaching", "辅导")
      case .culture: Word("culture", "Culture", "文化活动")
      case .recognition: Word("recognition", "Recognition", "表彰")
      }
    }
  }

  public enum Training: UInt8, CodeSet {
    case course = 1
    case exam = 2
    case readAndSign = 3
    case certificate = 4

    public var word: Word {
      switch self {
      case .course: Word("course", "Course", "课程")
      case .exam: Word("exam", "Exam", "考试")
      case .readAndSign: Word("read-and-sign", "Read and signed", "阅签")
      case .certificate: Word("certificate", "Certificate", "认证")
      }
    }
  }

  static let selectionScore: Field.Kind = .record([
    .text("item", "Item", "考察项", limit: 200),
    .score("score", "Score", "得分"),
  ])

  public var declaration: Declaration {
    switch self {
    case .joined: joining
    case .positionChanged:
      Declaration(
        "employee.position_changed", "Position changed", "岗位变动", on: .employee,
        fields: [
          .code("kind", Move.self, "Kind", "类别").fact(Fact.move),
          .text("from", "From", "原岗位", limit: 200).optional,
          .text("to", "To", "新岗位", limit: 200).fact(Fact.position),
          .text("team", "Team", "团队", limit: 200).optional.fact(Fact.team),
          .text("manager", "Manager", "上级", limit: 200).optional.fact(Fact.manager),
          .list("evidence", of: .text(limit: 500), "Evidence", "依据", limit: 100).optional,
          .day("effectiveOn", "Effective on", "生效日期").optional.fact(Fact.effectiveOn),
        ]
      ).tellingActor.reasoned.approved(.people, .salesManager).by(.people, .salesManager)
        .meaning("Somebody has another post, grade, team or duty from now on.", "某人自此岗位、级别、团队或职责有变。")
    case .departed: departure
    case .activityHeld:
      Declaration(
        "team.activity_held", "Team activity held", "团队活动", on: .team,
        fields: [
          .code("kind", Activity.self, "Kind", "类别").fact(Fact.activity),
          .list("attendees", of: .reference(.employee), "Attendees", "参加人", limit: 500).optional,
          .text("minutes", "Minutes", "纪要").optional,
          .list("honours", of: .text(limit: 500), "Honours", "表彰", limit: 100).optional,
          .list("followUps", of: .reference(.task), "Tasks that follow", "后续任务", limit: 100).optional,
        ]
      ).by(.salesManager)
        .meaning("A team met, looked back, was coached or celebrated.", "团队例会、复盘、辅导、文化活动或表彰。")
    case .trainingCompleted: training
    }
  }

  private var joining: Declaration {
    Declaration(
      "employee.joined", "Employee joined", "入职", on: .employee,
      fields: [
        .text("person", "Name", "姓名", limit: 200).personal,
        .text("position", "Position", "岗位", limit: 200).fact(Fact.position),
        .text("team", "Team", "团队", limit: 200).optional.fact(Fact.team),
        .list("selectionScores", of: People.selectionScore, "Selection", "选拔得分", limit: 50).optional.personal,
        .day("probationEndsOn", "Probation ends on", "试用期截止").optional.fact(Fact.probationEndsOn),
      ]
    ).opening.by(.people)
      .meaning("Somebody was chosen and works here from now on.", "某人经选拔入职。")
  }

  private var departure: Declaration {
    Declaration(
      "employee.departed", "Employee departed", "离职", on: .employee,
      fields: [
        .day("lastDay", "Last day", "最后工作日").fact(Fact.lastDay),
        .list("handoverTo", of: .reference(.employee), "Handed over to", "交接给", limit: 50).optional
          .namedFact(Fact.handoverTo),
        .instant("accessRevokedAt", "Access revoked at", "收回权限时间").optional.fact(Fact.accessRevokedAt),
        .text("note", "Note", "备注").optional.personal,
      ]
    ).clocked.by(.people)
      .meaning("Somebody left; their name stays in what they recorded.", "某人离职；其姓名仍留在其记录中。")
  }

  private var training: Declaration {
    Declaration(
      "training.completed", "Training completed", "培训完成", on: .employee,
      fields: [
        .code("kind", Training.self, "Kind", "类别").fact(Fact.training),
        .text("item", "What was learnt", "培训内容", limit: 200).fact(Fact.item)
          .noting("A course, a document, or the article that the certificate is for.", "课程、文件或认证所针对的货号。"),
        .text("itemVersion", "Version of it", "内容版本", limit: 100).optional.fact(Fact.itemVersion),
        .score("score", "Score", "成绩").optional.fact(Fact.score),
        .flag("passed", "Passed", "是否通过").fact(Fact.passed),
        .day("validUntil", "Valid until", "有效期至").optional.fact(Fact.validUntil),
      ]
    ).clocked
      .meaning(
        "Somebody finished a course or exam, read a document and signed, or was certified.",
        "完成课程或考试、阅签文件或取得认证。")
  }
}
