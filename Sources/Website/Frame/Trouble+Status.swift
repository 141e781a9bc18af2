public import Answers

extension Trouble {
  /// The status of HTTP (RFC 9110) of an answer that tells this, a page's and the API's.
  public var status: Int {
    switch code {
    case "E-SIGN-IN": return 401
    case "E-FORBIDDEN": return 403
    case "E-NO-PAGE": return 404
    case "E-METHOD": return 405
    case "E-BODY-SIZE": return 413
    case "E-BODY-TYPE": return 415
    case "E-BODY-LATE": return 408
    case "E-RATE": return 429
    case "E-POSITION": return 412
    default: return kind.status
    }
  }
}

extension Trouble.Kind {
  fileprivate var status: Int {
    switch self {
    case .failed, .inputOutput: 500
    case .differs, .objected, .cannotCreate: 409
    case .usage: 400
    case .unknownName, .absent: 404
    case .badInput, .configuration: 422
    case .unavailable, .busy: 503
    case .overtaken: 412
    case .notPermitted: 403
    }
  }
}
