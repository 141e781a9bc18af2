import Vault

/// The table of everything that can be asked.
enum Routes {
  static func all(_ gate: Gatekeeper, _ chance: Chance) -> [Route] {
    API.routes + [Document.route] + SignIn.routes(gate, chance) + Site.routes
  }
}
