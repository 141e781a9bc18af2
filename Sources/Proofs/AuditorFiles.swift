public import Log

/// What lies beside a log so that it can be checked when this program is gone.
public enum AuditorFiles {
  /// The verifier: Python's standard library and the `lz4` program, no line of ours in it but itself.
  public static var verifier: [UInt8] { PackageResources.verify_py }

  /// Lays the format's description and the verifier into a log's folder. Files that are there are left alone: they are
  /// the ones of the day the log was made.
  public static func install(in disk: any Disk) throws(LogError) {
    for (name, bytes) in [("SPEC.md", Specification.text), ("verify.py", verifier)] {
      guard try disk.contents(name, limit: 1 << 20) == nil else { continue }
      try disk.replace(name, with: bytes, in: "")
    }
  }
}
