package dev.tidemark.streams.observe;

/** Why a record cannot be used: a stable reason and a hint, never content. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;

  Refused(String reason, String hint) {
    super(hint, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
