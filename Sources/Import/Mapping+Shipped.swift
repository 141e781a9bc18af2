// The mappings that the product brings, part of the program so that it finds them wherever it is installed.

extension Mapping {
  /// The text of a shipped mapping by its name without `.yaml`; `nil` where there is none.
  public static func shipped(_ name: String) -> String? {
    shipped.first { $0.name == name }.map { String(decoding: $0.text, as: UTF8.self) }
  }

  /// The names of the shipped mappings.
  public static var shippedNames: [String] { shipped.map(\.name) }

  private static let shipped: [(name: String, text: [UInt8])] = [
    ("cdnow", PackageResources.cdnow_yaml), ("county-contracts", PackageResources.county_contracts_yaml),
    ("crm-sales", PackageResources.crm_sales_yaml), ("fxiaoke", PackageResources.fxiaoke_yaml),
    ("hubspot", PackageResources.hubspot_yaml), ("online-retail", PackageResources.online_retail_yaml),
    ("ravenstack", PackageResources.ravenstack_yaml), ("salesforce", PackageResources.salesforce_yaml),
  ]
}
