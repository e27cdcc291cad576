package dev.tidemark.core.run;

import dev.tidemark.core.window.Shows;
import dev.tidemark.records.RetryOrigin;

/** How an attempt stands to the attempts before it, as bits. */
final class Links {
  /** It is an attempt at all. */
  static final int ATTEMPT = 1;

  /** The first attempt of its operation. */
  static final int START = 2;

  /** The same actor had sent the same arguments to the same target before. */
  static final int IDENTICAL = 4;

  /** Identical after a success: not a retry. */
  static final int REPEAT = 8;

  /** Succeeded after a failed, denied or retried attempt of its operation. */
  static final int RECOVERED = 16;

  static final int DECLARED = 32;
  static final int SAME_CALL_ID = 64;
  static final int INFERRED_EXACT = 128;
  static final int INFERRED_REPAIR = 256;

  /** Its denial was told before, under the same rule. */
  static final int RETOLD = 512;

  /** The rule that denied it is known from a verdict about it only. */
  static final int RULED = 1024;

  private static final int RETRY = DECLARED | SAME_CALL_ID | INFERRED_EXACT | INFERRED_REPAIR;

  private Links() {}

  static boolean retry(int links) {
    return (links & RETRY) != 0;
  }

  static RetryOrigin origin(int links) {
    return switch (links & RETRY) {
      case DECLARED -> RetryOrigin.DECLARED;
      case SAME_CALL_ID -> RetryOrigin.SAME_CALL_ID;
      case INFERRED_EXACT -> RetryOrigin.INFERRED_EXACT;
      case INFERRED_REPAIR -> RetryOrigin.INFERRED_REPAIR;
      default -> RetryOrigin.NONE;
    };
  }

  /** What an attempt shows, as bits of {@link Shows}. */
  static int shows(SpanFact fact, int links) {
    if ((links & ATTEMPT) == 0) {
      return 0;
    }
    int shows = retry(links) ? Shows.RETRY.bit() : 0;
    shows |= (links & RECOVERED) != 0 ? Shows.RECOVERED.bit() : 0;
    shows |= (links & IDENTICAL) != 0 ? Shows.IDENTICAL.bit() : 0;
    shows |= fact.failed() ? Shows.ERROR.bit() : 0;
    shows |= fact.denied() ? Shows.DENIED.bit() : 0;
    return shows | (fact.ok() ? Shows.OK.bit() : 0);
  }

  /** Which sums over runs an attempt moves, in the order retry, error, denied, identical. */
  static int events(SpanFact fact, int links) {
    return (retry(links) ? 1 : 0)
        | (fact.failed() ? 2 : 0)
        | (fact.denied() ? 4 : 0)
        | ((links & IDENTICAL) != 0 ? 8 : 0);
  }
}
