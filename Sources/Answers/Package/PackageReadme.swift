import Vocabulary

/// What a stranger reads first in a package.
enum PackageReadme {
  static func text(_ package: EvidencePackage) -> String {
    let (origin, size) = (package.origin, package.covered)
    return english(package, origin, size) + "\n---\n\n" + chinese(package, origin, size)
  }

  private static func english(_ package: EvidencePackage, _ origin: String, _ size: Int64) -> String {
    """
    # Evidence about \(package.selection.request.subject)

    \(package.selection.events.count) events of the log `\(origin)`, as of \(package.selection.asOf), each proved to stand in the
    first \(size) events of that log, whose root its operator signed. You need `python3` and nothing else:

        python3 verify.py --package . --key KEY

    (or the archive itself in the place of `.`). Take KEY, the log's public key, and best also `verify.py`, from elsewhere
    than this package: `log.vkey` is a copy for convenience, and whoever can change a package can change that too. The last
    line says `clean`, or which file is not what it was. `sha256sum -c CUSTODY.sha256 MANIFEST.sha256` checks the files
    without Python, and no signature.

    | file | what |
    |---|---|
    | pages/ | to read first: the timeline, each contract with who assented and who approved under which rule, what changed from version to version; HTML, print them |
    | events.ndjson | the events, the lines of the log byte for byte, with the decisions about them and the approval rules they were made by |
    | events.proof, proofs/ | that they stand in the log: one proof for all, one each (C2SP tlog-proof; at most \(PackageLimit.singleProofs)) |
    | checkpoint.note | how far the log reached and its root, signed (C2SP signed-note, Ed25519) |
    | request.json | what was asked for, so that it can be asked again |
    | rules/ | every rule that was in force between the first event and the time asked for |
    | attachments.json, attachments/ | documents that the events name by SHA-256; those that are here, and which are not |
    | withheld.json | what is not said, and why: erased, left out because it is personal, lines replaced by their hash |
    | custody.json | who took this out, when, by which program, under which event of the log, and who looked before |
    | MANIFEST.sha256, CUSTODY.sha256 | SHA-256 of every file |
    | SPEC.md | the log's format |

    The same request gives the same files byte for byte, but for custody.json and its hash.

    **Not proved:** that nothing was left out of the package, or never recorded; that a time is true; anything against an
    operator who holds every copy of the log and of its checkpoints. What `pages/` say follows from the events by the
    program that made them; the events are the evidence.

    """
  }

  private static func chinese(_ package: EvidencePackage, _ origin: String, _ size: Int64) -> String {
    """
    # 关于 \(package.selection.request.subject) 的证据包

    日志 `\(origin)` 的 \(package.selection.events.count) 个事件，截至 \(package.selection.asOf)；逐一证明其位于该日志前 \(size) 个事件之中，
    该处的根哈希由运营方签署。核验只需 `python3`：

        python3 verify.py --package . --key 公钥

    （也可用压缩包本身代替 `.`。）公钥请从证据包以外的途径取得，`verify.py` 最好亦然：`log.vkey` 仅为便利副本。最后一行给出
    `clean`，或指出哪个文件与原样不符。不用 Python 时，`sha256sum -c CUSTODY.sha256 MANIFEST.sha256` 可核对文件，但不核对签名。

    | 文件 | 内容 |
    |---|---|
    | pages/ | 先读：时间线、各合同（何方同意、何人依哪版规则批准）、各版本间的变更；HTML，可打印 |
    | events.ndjson | 事件，与日志各行逐字节相同，含有关审批及其所依审批规则 |
    | events.proof、proofs/ | 在日志中的证明：总证明一份，逐事件各一份（C2SP tlog-proof，最多 \(PackageLimit.singleProofs) 份） |
    | checkpoint.note | 日志长度与根哈希，已签署（C2SP signed-note，Ed25519） |
    | request.json | 所提请求，可据以再次提出 |
    | rules/ | 自首个事件至所问时点之间曾有效的全部规则 |
    | attachments.json、attachments/ | 事件以 SHA-256 指明的文件：已收录者与未收录者 |
    | withheld.json | 未说明的内容及原因：已擦除、因属个人信息未收录、整行以哈希代替 |
    | custody.json | 何人何时以何程序导出、对应日志哪个事件、此前何人查阅 |
    | MANIFEST.sha256、CUSTODY.sha256 | 各文件的 SHA-256 |
    | SPEC.md | 日志格式 |

    同一请求所得文件逐字节相同，仅 custody.json 及其哈希除外。

    **不能证明的：** 没有遗漏或从未入账的事件；时间属实；掌握日志及检查点全部副本的运营方没有整体重写。`pages/` 系由程序据事件生成，
    事件本身才是证据。

    """
  }
}
