public import AccessControl
public import Answers
import Vocabulary

extension AccessError: Explained {
  public var trouble: Trouble {
    switch self {
    case .weakSecret:
      Trouble(.failed, "E-TOKEN", Name("a secret is too short", "密文长度不足"), unharmed: Unharmed.everything, remedy: Name("report this", "请报告此问题"))
    case .badName(let name):
      .usage(Name("\"\(name)\" cannot be a name", "“\(name)”不能作为名称"), remedy: Name("give 1 to 200 bytes without control characters", "请给出 1 至 200 字节、不含控制字符的名称"))
    case .noRole:
      .usage(
        Name("no role is given", "未给出角色"),
        remedy: Name("roles are " + AccessRole.allCases.map(\.rawValue).joined(separator: ", "), "角色有 " + AccessRole.allCases.map(\.rawValue).joined(separator: "、")))
    case .badExpiry:
      .usage(Name("a token lasts from now to a year at most", "令牌有效期须在未来一年之内"), remedy: Name("name a shorter time, such as 90d", "请给出较短的期限，例如 90d"))
    case .unknownToken(let id):
      Trouble(
        .absent, "E-TOKEN", Name("there is no token \(id)", "没有令牌 \(id)"), unharmed: Unharmed.everything,
        remedy: Name("`keshi token list` shows the tokens", "用 `keshi token list` 查看令牌"))
    case .openFile(let path):
      Trouble(
        .notPermitted, "E-KEY-MODE", Name("others may read or write the file, so it is not believed", "该文件可被他人读写，不予信任"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("look who touched it, then `chmod 600 \(path)`", "请先查明谁动过它，再执行 `chmod 600 \(path)`"))
    case .badLine(let path, let line):
      Trouble(
        .configuration, "E-TOKEN-FILE", Name("a line is no token, so nobody is let in", "其中一行不是令牌，因此拒绝所有人"), at: Name(same: "\(path):\(line)"),
        unharmed: Unharmed.everything, remedy: Name("restore the file, or remove it and make the tokens anew", "请恢复该文件，或删除后重新生成令牌"))
    case .file(let path, let errno): .file(path, errno: errno)
    case .tooLarge(let path, let limit):
      Trouble(
        .configuration, "E-FILE", Name("the file has more than \(limit) bytes", "文件超过 \(limit) 字节"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("restore the file", "请恢复该文件"))
    case .badKeys(let path, let what):
      Trouble(
        .configuration, "E-IDENTITY-KEYS", Name("the identity provider's keys cannot be used: \(what)", "无法使用身份提供方的密钥：\(what)"), at: Name(same: path),
        unharmed: Unharmed.everything,
        remedy: Name("store the provider's JWKS there: public keys only", "请在此处保存提供方的 JWKS（仅公钥）"))
    }
  }
}
