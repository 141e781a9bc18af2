import Vocabulary
import Wire

/// A sale in the making.
struct Deal: Sendable {
  var id = ""
  var amount = 0
  var stage = 0
  var quote = ""
  /// The quote that was issued before.
  var earlierQuote: String?
  var revision = 0
  var lines: [Purchase.Line] = []
  /// The one by which a lead becomes a buyer.
  var isFirst = false
  /// Its place in the books.
  var place = -1
}

/// An order on its way.
struct Purchase: Sendable {
  struct Line: Sendable {
    let article: Product
    let quantity: Int
    /// Minor units of the customer's money.
    let price: Int
    let discountBp: Int

    var total: Int { price * quantity * (10_000 - discountBp) / 10_000 }
    var json: JSON {
      [
        "sku": .string(article.sku), "qty": .string(String(quantity)), "unitMinor": .money(price),
        "discountBp": .int(Int64(discountBp)),
      ]
    }
  }

  var id = ""
  /// Which turn of the customer's rhythm it is; an older one has been overtaken and no longer counts.
  var turn = 0
  var deal: Deal?
  var total = 0
  var promisedOn = Day(number: 0)
  var hasPump = false
  /// Days by which it came too late, and pieces that were wrong.
  var daysLate = 0
  var defects = 0
}

/// An invoice to be paid, or a part of it.
struct Bill: Sendable {
  var order = ""
  var contract: String?
  var invoice = ""
  var net = 0
  /// Of ten parts, how many this payment brings; 10: all that is open then.
  var tenths = 10
  var amount = 0
  var dueOn = Day(number: 0)
  /// Who asked for what is taken off it: a place in the finance team.
  var clerk = 0
  var tries = 0
}

/// An invoice as long as something may still happen to it.
struct OpenBill: Sendable {
  /// A payment that settled it, or a part of it, with the commission that it earned.
  struct Part: Sendable {
    let seller: Int?
    let amount: Int
    let atOnce: Int
    let later: Int
    let position: Int64
    var given = 0
  }

  let invoice: String
  let order: String
  let amount: Int
  var paid = 0
  var credited = 0
  var parts: [Part] = []
  var isFull = false

  var open: Int { amount - paid - credited }
}

/// A complaint on its way.
struct Case: Sendable {
  var id = ""
  var matter: Matter
  /// 1, a nuisance, to 4, danger.
  var severity = 1
  /// Nobody takes care of it in time.
  var isNeglected = false
  var filedAt = Instant.distantPast
  var reopenings = 0
  /// Waits for something that the customer was asked for.
  var isPaused = false
}

/// What one team hands to another.
struct Handoff: Sendable {
  enum Kind: Sendable { case order, maintenance, account }

  let kind: Kind
  var task = ""
  /// The order or contract that it is about.
  let about: String
  var to: Person?
  var refusals = 0
}

/// A dispute as a life remembers it.
struct Quarrel: Sendable {
  let id: String
  let contract: String
  let claim: Int
  /// We claim, and not they.
  let isOurs: Bool
  /// 0 not yet talked, then as the ways out are tried.
  var stage = 0
  /// Position of the legal hold.
  var hold: Int64?
  var outcome = ""
}
