package dev.tidemark.ingest.receive;

/**
 * Who sends a request.
 *
 * @param tenant whose fleet it is
 * @param perSecond spans and log records the tenant may send in a second; 0 when nobody counts
 */
record Sender(String tenant, int perSecond) {
  /** Whoever may send without a token. */
  static final Sender NOBODY = new Sender("default", 0);
}
