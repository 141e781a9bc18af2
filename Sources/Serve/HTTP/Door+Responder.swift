import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Log
import NIOCore
import Projection
import Vocabulary
import Wire

/// The context of a request; only what the library needs.
struct DoorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}

extension Door {
  /// The routes by method and path; for a path with another method, which methods there are; for all else, that there is
  /// nothing.
  func responder() -> some HTTPResponder<DoorContext> {
    let router = Router(context: DoorContext.self)
    router.add(middleware: NothingThere(door: self))
    for (path, routes) in Dictionary(grouping: routes, by: \.path) {
      let methods = Set(routes.map(\.method)).union(routes.contains { $0.method == .get } ? [.head] : [])
      for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options, .trace] {
        let route = routes.first { $0.method == method } ?? (method == .head ? routes.first { $0.method == .get } : nil)
        router.on(RouterPath(path), method: method) { request, context in
          guard let route else { return refuse(request, methods) }
          return await self.response(to: request, by: route, context.parameters)
        }
      }
    }
    return router.buildResponder()
  }

  private func response(to request: Request, by route: Route, _ parts: Parameters) async -> Response {
    var parameters: [String: String] = [:]
    for (name, value) in parts {
      guard let text = value.unescaped() else {
        return finish(tell(Trouble.unreadableRequest, to: request, route: route, Language(of: request)), request)
      }
      parameters[String(name)] = text
    }
    return finish(await respond(to: request, by: route, parameters: parameters), request)
  }

  private func refuse(_ request: Request, _ methods: Set<HTTPRequest.Method>) -> Response {
    let names = methods.map(\.rawValue).sorted()
    var reply = tell(Trouble.method(request.method.rawValue, allowed: names), to: request, route: nil, Language(of: request))
    reply.headers[.allow] = names.joined(separator: ", ")
    return finish(reply, request)
  }

  /// What a browser may run, show and ask for on a page (Content Security Policy 3).
  ///
  /// - Parameter style: where its style may come from.
  static func contentPolicy(style: String) -> String {
    "default-src 'none'; script-src 'self'; style-src \(style); img-src 'self' data:; font-src 'self'; connect-src 'self'; "
      + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  }

  /// What every answer carries.
  func finish(_ reply: Reply, _ request: Request) -> Response {
    var headers = reply.headers
    if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = Door.contentPolicy(style: "'self'") }
    headers[.xContentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "same-origin"
    headers[.crossOriginResourcePolicy] = "same-origin"
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    if headers[.vary] == nil { headers[.vary] = "Accept-Language, Cookie, Authorization" }
    if isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
    if isSecure, let cookie = headers[.setCookie] { headers[.setCookie] = cookie + "; Secure" }
    let body: ResponseBody
    switch reply.body {
    case _ where request.method == .head: body = ResponseBody()
    case .none: body = ResponseBody()
    case .bytes(let bytes): body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    case .stream(let write): body = ResponseBody { writer in try await write(&writer); try await writer.finish(nil) }
    }
    return Response(status: reply.status, headers: headers, body: body)
  }
}

/// What is said where the router knows nothing.
private struct NothingThere: MiddlewareProtocol {
  let door: Door

  func handle(
    _ request: Request, context: DoorContext, next: (Request, DoorContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      return door.finish(door.tell(Trouble.noPage(request.uri.path), to: request, route: nil, Language(of: request)), request)
    }
  }
}

extension HTTPField.Name {
  static let referrerPolicy = known("Referrer-Policy")
  static let crossOriginResourcePolicy = known("Cross-Origin-Resource-Policy")
}
