/// Anything that somebody may hold against a log: told apart by how it begins.
public enum Evidence: Equatable, Sendable {
  case checkpoint(SignedCheckpoint)
  case event(EventProof)
  case events(EventsProof)
  case growth(GrowthProof)
  case receipts([KeptReceipt])

  /// Reads a file of any of these kinds. Only its form is checked.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    if begins("{") { self = .receipts(try KeptReceipt.list(bytes)) }
    else if begins(EventProof.header + "\n") { self = .event(try EventProof(bytes)) }
    else if begins(EventsProof.header + "\n") { self = .events(try EventsProof(bytes)) }
    else if begins(GrowthProof.header) { self = .growth(try GrowthProof(bytes)) }
    else { self = .checkpoint(try SignedCheckpoint(bytes)) }
  }

  /// The checkpoint in it; receipts have none.
  public var signed: SignedCheckpoint? {
    switch self {
    case .checkpoint(let signed): signed
    case .event(let proof): proof.signed
    case .events(let proof): proof.signed
    case .growth(let proof): proof.signed
    case .receipts: nil
    }
  }

  /// Throws `wrongHashes` if it does not even agree with itself.
  public func verify() throws(ProofError) {
    switch self {
    case .checkpoint, .receipts, .growth: break
    case .event(let proof): try proof.verify()
    case .events(let proof): try proof.verify()
    }
  }
}
