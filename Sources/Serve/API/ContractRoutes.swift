import AccessControl
import Answers
import Engine
import HTTPTypes
import Vocabulary
import Wire

/// Contracts: the text in force, who assented, and two versions compared.
enum ContractRoutes {
  static let all: [Route] = [
    Route(
      .get, "/api/v1/contracts/{contract}", needs: .read, "A contract's text and its assents", "合同文本与签署情况",
      operation: Operation(
        "getContract",
        parameters: Operation.Parameter.view
          + [Operation.Parameter("version", "A version; else the one in force.", "版本；缺省为现行版本。", ["type": "integer", "minimum": 1])])
    ) { inquiry in
      let (view, version) = (try inquiry.view(), try inquiry.number("version", from: 1))
      return try inquiry.read { snapshot in
        let reading = try ContractReading(inquiry["contract"], view: view, in: snapshot)
        return .json(ContractAnswer(reading, try reading.version(version.map { Int($0) })).json).at(snapshot.size)
      }
    },
    Route(
      .get, "/api/v1/contracts/{contract}/diff", needs: .read, "Two versions of a contract, clause by clause", "合同两版逐条比对",
      operation: Operation(
        "diffContract",
        parameters: [.asOf, .knownAt] + ["from", "to"].map {
          Operation.Parameter($0, "A version.", "版本。", ["type": "integer", "minimum": 1]).required
        })
    ) { inquiry in
      let view = try inquiry.view()
      guard let from = try inquiry.number("from", from: 1), let to = try inquiry.number("to", from: 1) else {
        throw Trouble.usage(Name("from and to are missing", "缺少 from 与 to"), remedy: Name("name two versions", "请写明两个版本"))
      }
      return try inquiry.read { snapshot in
        let reading = try ContractReading(inquiry["contract"], view: view, in: snapshot)
        return .json(try RedlineAnswer(reading, from: Int(from), to: Int(to)).json).at(snapshot.size)
      }
    },
  ]
}
