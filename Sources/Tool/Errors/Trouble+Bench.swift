import Answers
import Bench
import Vocabulary

extension WorkloadError: Explained {
  /// A workload file that is not one.
  public var trouble: Trouble {
    switch self {
    case .cannotOpen(let path), .cannotRead(let path):
      Trouble(
        .absent, "E-BENCH-WORKLOAD", Name("the workload cannot be read", "无法读取负载文件"), at: Name(same: path),
        unharmed: Unharmed.log, remedy: Name("name a file that is there with --workload", "请用 --workload 指定存在的文件"))
    case .notJSON(let line, _), .unknownType(_, let line), .missing(_, let line), .unexpected(_, let line):
      Trouble(
        .badInput, "E-BENCH-WORKLOAD", Name("not a line of the benchmark's workload", "不是基准负载的一行"),
        at: Name("line \(line)", "第 \(line) 行"), unharmed: Unharmed.log,
        remedy: Name("give the file that the benchmark's generator wrote", "请给出基准生成器写出的文件"))
    }
  }
}

extension BenchError: Explained {
  /// A measurement that could not be made, or whose result is wrong.
  public var trouble: Trouble {
    switch self {
    case .disk(let path, let number):
      Trouble(
        .inputOutput, "E-BENCH-DISK", Name("the disk failed with error number \(number)", "磁盘出错，错误号 \(number)"),
        at: Name(same: path), unharmed: Unharmed.log, remedy: Name("choose another folder with --data", "请用 --data 指定其他目录"))
    case .wrongResult(let what):
      Trouble(
        .differs, "E-BENCH-RESULT", Name("the measured work gave a wrong result: \(what)", "被测工作的结果不正确：\(what)"),
        unharmed: Unharmed.log, remedy: Name("check the workload and --checksum", "请核对负载文件与 --checksum"))
    case .noVictim:
      Trouble(
        .failed, "E-BENCH-VICTIM", Name("the command that was to be killed recorded nothing", "将被终止的命令未记录任何事件"),
        unharmed: Unharmed.log,
        remedy: Name("run keshi append on this folder and see what it says", "请对该目录运行 keshi append 并查看其输出"))
    case .lost(let acknowledged, let found):
      Trouble(
        .differs, "E-BENCH-LOST",
        Name("\(acknowledged) events were acknowledged before the kill, \(found) are there", "终止前确认了 \(acknowledged) 个事件，现存 \(found) 个"),
        unharmed: Name("the folder itself: its copy was used", "原目录未受影响：使用的是其副本"),
        remedy: Name("report this line", "请报告此行"))
    }
  }
}
