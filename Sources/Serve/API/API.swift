/// Version 1 of the API: for programs.
enum API {
  static let routes: [Route] = ModelRoutes.all + SubjectRoutes.all + EventRoutes.all
}
