/// A file that belongs to the site's own pages and is part of the program.
public struct SiteAsset: Sendable {
  public let name: String
  public let mediaType: String
  public let bytes: [UInt8]

  /// Each by its name: the site's style, what stands in for Bootstrap, and the script.
  public static let all: [SiteAsset] = [
    SiteAsset(name: "site.css", mediaType: "text/css; charset=utf-8", bytes: PackageResources.site_css),
    SiteAsset(name: "plain.css", mediaType: "text/css; charset=utf-8", bytes: PackageResources.plain_css),
    SiteAsset(name: "icon.svg", mediaType: "image/svg+xml", bytes: PackageResources.icon_svg),
    SiteAsset(name: "site.js", mediaType: "text/javascript; charset=utf-8", bytes: PackageResources.site_js),
  ]
}
