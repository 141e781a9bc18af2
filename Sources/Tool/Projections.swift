import Projection
enum Projections { static let all: [AnyProjection] = [] }
