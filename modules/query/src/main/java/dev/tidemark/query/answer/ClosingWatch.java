package dev.tidemark.query.answer;

import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Notices that windows have stopped closing, each time somebody asks; the time before the first
 * question does not count. Thread-safe.
 */
public final class ClosingWatch {
  /** Closing may be blocked for this long before it is worth a reason. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StateViews views;
  private final InstantSource clock;
  private Long closedUpToMs;
  private long sinceMs;

  /** A watch over these views. */
  public ClosingWatch(StateViews views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
    this.sinceMs = clock.millis();
  }

  /** Why windows have not closed for more than a minute; empty when they do or nobody knows. */
  public synchronized Optional<String> reason() {
    long nowMs = clock.millis();
    Closing closing;
    try {
      closing = Closing.of(views.progress());
    } catch (NotReadyException e) {
      sinceMs = nowMs;
      return Optional.empty();
    }
    if (!closing.waits() || !Objects.equals(closing.closedUpToMs(), closedUpToMs)) {
      closedUpToMs = closing.closedUpToMs();
      sinceMs = nowMs;
    }
    long blockedMs = nowMs - sinceMs;
    return blockedMs < PATIENCE.toMillis()
        ? Optional.empty()
        : Optional.of(sentence(closing, blockedMs));
  }

  private static String sentence(Closing closing, long blockedMs) {
    String partitions =
        closing.sources().stream()
            .filter(Closing.Source::blocks)
            .map(each -> each.partition() + (each.here() ? "" : " (not read by this instance)"))
            .collect(Collectors.joining(", "));
    String joins =
        closing.waitsForJoins().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "no window has closed for "
        + blockedMs / 1_000
        + " s: they wait for "
        + (partitions.isEmpty()
            ? "partition " + joins + " of agent-correlations"
            : "source partition " + partitions)
        + ": see /api/v1/progress on the instance that reads it";
  }
}
