import Projection
import ProjectionCatalogue

/// The read models that this product knows.
enum Projections {
  static let all: [AnyProjection] = ProjectionCatalogue.all.map { opened($0) }

  private static func opened<P: Projection>(_ type: P.Type) -> AnyProjection { AnyProjection(type) }
}
