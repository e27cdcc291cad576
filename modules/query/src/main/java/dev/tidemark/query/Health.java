package dev.tidemark.query;

import java.util.Map;

/**
 * Whether something is well, and why not.
 *
 * @param ok the verdict
 * @param reasons what was looked at, with a short word on each
 */
public record Health(boolean ok, Map<String, String> reasons) {
  /** Copies the reasons. */
  public Health {
    reasons = Map.copyOf(reasons);
  }

  /** All is well. */
  public static Health up() {
    return new Health(true, Map.of());
  }
}
