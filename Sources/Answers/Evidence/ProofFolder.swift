import Engine
import Foundation
import Glibc
import Proofs
import Vocabulary

/// A folder for somebody outside: a proof, what it is checked by, and how. Needs neither the log nor Keshi.
public enum ProofFolder {
  public static let proofName = "events.proof"
  private static let noteName = "checkpoint.note"
  private static let policyName = "policy.txt"

  /// Writes the package into a folder that is empty or does not exist.
  ///
  /// - Parameter checkpoint: the one that the proof leads to.
  /// - Throws: `BackupError.occupied` where the folder holds something; `Trouble` where it cannot be written.
  public static func write(_ proof: MadeProof, by signing: Signing, to folder: String) throws {
    let manager = FileManager.default
    if let there = try? manager.contentsOfDirectory(atPath: folder), !there.isEmpty {
      throw BackupError.occupied(path: folder)
    }
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Trouble.cannotWrite(folder, errno: errno)
    }
    let note = try signing.shelf.load(proof.size).map { Array($0.note.encoded.utf8) }
    let files: [(String, [UInt8]?)] = [
      (proofName, proof.bytes), (noteName, note), (policyName, try signing.policyText()),
      ("verify.py", AuditorFiles.verifier), ("README.txt", Array(guide.utf8)),
    ]
    for (name, bytes) in files {
      if let bytes { try OutsideFile.write(bytes, to: folder + "/" + name) }
    }
  }

  /// What whoever opens the folder reads first.
  private static var guide: String {
    """
    Evidence from a Keshi log. To check it: python3, and no network.

        python3 verify.py --proof \(proofName) --key PUBLIC-KEY

    PUBLIC-KEY is the log's public key, one line "name+id+key", which you have from the operator on another way than this
    folder: a contract, paper, last year's file. policy.txt holds a copy for convenience only.

    The last line says "clean" where every event is in the log that checkpoint.note signs, word for word. It does not
    prove that there are no further events, that an event's times are true, or that nothing was left out at the source.
    Keep checkpoint.note: it binds whoever signed it. Ask next year for a proof that the log only grew since then.

    客史日志的证据包。核对只需 python3，不需要网络：

        python3 verify.py --proof \(proofName) --key 公钥

    公钥为一行 “名称+编号+密钥”，须从本目录之外的途径取得（合同、纸面、去年的档案）；policy.txt 仅为便利副本。
    末行为 “clean”，即每个事件逐字在 checkpoint.note 所签署的日志之中。它不能证明没有其他事件、时间属实，或源头没有遗漏。
    请保存 checkpoint.note：它约束签署者。明年可据此要求出示日志只增不改的证明。

    """
  }
}
