package dev.tidemark.core.limit;

import dev.tidemark.core.hash.Hash64;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * All limits of a deployment. Immutable.
 *
 * @param limits numbers
 * @param slos error budgets
 * @param expireAfter event time without data after which an episode is EXPIRED and a series is
 *     forgotten; the window of a rule where that is longer
 * @param updateEvery shortest event time between two updates of an episode
 */
public record LimitSettings(
    List<LimitRule> limits, List<SloRule> slos, Duration expireAfter, Duration updateEvery) {
  /** No limits. */
  public static final LimitSettings NONE =
      new LimitSettings(List.of(), List.of(), Duration.ofHours(6), Duration.ofMinutes(15));

  public LimitSettings {
    limits = List.copyOf(limits);
    slos = List.copyOf(slos);
    Set<String> ids = new HashSet<>();
    limits.forEach(rule -> requireNew(ids, rule.id()));
    slos.forEach(rule -> requireNew(ids, rule.id()));
  }

  private static void requireNew(Set<String> ids, String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("rule id '" + id + "' is there twice: rename one of them");
    }
  }

  /** Whether there is nothing to judge. */
  public boolean isEmpty() {
    return limits.isEmpty() && slos.isEmpty();
  }

  /** 16 hex digits that change with every setting. */
  String configHash() {
    byte[] utf8 = toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits(Hash64.of(utf8, 0, utf8.length));
  }
}
