import Foundation
import Pages

/// Style sheets and scripts: our own are part of the program, the others come from packages of the system and may be
/// missing; every page is readable without them.
public enum Assets {
  /// A file of an installed package, by the name that it has on the site.
  public struct Installed: Sendable {
    public let name: String
    public let path: String
    public let package: String
    public let mediaType: String
  }

  /// Where installed files are looked for, the first that is there counts.
  private static let known: [(name: String, package: String, paths: [String])] = [
    (
      "bootstrap.min.css", "libjs-bootstrap5",
      ["/usr/share/bootstrap-html/css/bootstrap.min.css", "/usr/share/javascript/bootstrap5/css/bootstrap.min.css"]
    ),
    ("chart.min.js", "libjs-chart.js", ["/usr/share/javascript/chart.js/chart.min.js"]),
  ]

  public static let installed: [Installed] = known.compactMap { known in
    known.paths.first { FileManager.default.isReadableFile(atPath: $0) }.map {
      Installed(
        name: known.name, path: $0, package: known.package,
        mediaType: known.name.hasSuffix(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8")
    }
  }

  /// What is not there, and the package that brings it: for whoever looks after the server.
  public static let missing: [(name: String, package: String)] = known.filter { one in
    !installed.contains { $0.name == one.name }
  }.map { ($0.name, $0.package) }

  private static func has(_ name: String) -> Bool { installed.contains { $0.name == name } }

  static let styles: [String] = [has("bootstrap.min.css") ? "/assets/bootstrap.min.css" : "/assets/plain.css", "/assets/site.css"]
  static let scripts: [String] = (has("chart.min.js") ? ["/assets/chart.min.js"] : []) + ["/assets/site.js"]

  /// A file of the site: its kind and its bytes; `nil` for a name that is none of them.
  public static func file(_ name: String) -> (mediaType: String, bytes: [UInt8])? {
    if let own = SiteAsset.all.first(where: { $0.name == name }) { return (own.mediaType, own.bytes) }
    guard let found = installed.first(where: { $0.name == name }), let data = FileManager.default.contents(atPath: found.path) else {
      return nil
    }
    return (found.mediaType, Array(data))
  }
}
