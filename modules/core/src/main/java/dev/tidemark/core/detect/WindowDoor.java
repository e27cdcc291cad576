package dev.tidemark.core.detect;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What cannot be a window, whoever wrote it: a number below zero or beyond all measure, a time that
 * is none, buckets that do not fit together, more failures than attempts. Nothing of it may reach
 * what detectors remember.
 */
public final class WindowDoor {
  /** More than any deployment counts in a window; a century of them stays below 2^63. */
  static final long MOST = 10_000_000_000L;

  /** Sums of microseconds, tokens and millionths of money. */
  static final long MOST_SUMMED = 1_000_000_000_000_000L;

  /** Scores may be below zero; those are not tested. */
  private static final String SIGNED = "scoreMicros";

  private static final long LAST_MS = 32_503_680_000_000L;
  private static final List<Schema.Field> FIELDS = longs(WindowRecord.getClassSchema());

  private WindowDoor() {}

  /** Why a window is refused, as the end of a sentence; empty when it is taken. */
  public static Optional<String> refuses(WindowRecord window) {
    long startMs = window.getWindowStartMs();
    long endMs = window.getWindowEndMs();
    if (startMs < 0 || endMs <= startMs || endMs > LAST_MS) {
      return Optional.of("it lasts from " + startMs + " to " + endMs);
    }
    return number(window, FIELDS)
        .or(() -> parts("parts", window.getParts().values()))
        .or(() -> parts("scores", window.getScores().values()))
        .or(() -> counts("errorTypes", window.getErrorTypes()))
        .or(() -> counts("deniedByRule", window.getDeniedByRule()))
        .or(() -> clusters(window.getClusters()))
        .or(() -> sketches(window))
        .or(() -> share("retries", window.getRetries(), window))
        .or(() -> share("errors", window.getErrors(), window))
        .or(() -> share("denied", window.getDenied(), window))
        .or(() -> share("identical", window.getIdentical(), window));
  }

  private static List<Schema.Field> longs(Schema schema) {
    List<Schema.Field> longs = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (field.schema().getType() == Schema.Type.LONG && !field.name().startsWith("window")) {
        longs.add(field);
      }
    }
    return List.copyOf(longs);
  }

  private static Optional<String> number(SpecificRecordBase record, List<Schema.Field> fields) {
    for (Schema.Field field : fields) {
      long value = (Long) record.get(field.pos());
      boolean summed = field.name().contains("Micros") || field.name().contains("Tokens");
      long least = field.name().equals(SIGNED) ? -MOST_SUMMED : 0;
      if (value < least || value > (summed ? MOST_SUMMED : MOST)) {
        return Optional.of(field.name() + " is " + value);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parts(
      String name, Collection<? extends SpecificRecordBase> parts) {
    for (SpecificRecordBase part : parts) {
      Optional<String> wrong = number(part, part.getSchema().getFields());
      if (wrong.isPresent()) {
        return wrong.map(text -> "in " + name + " " + text);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> counts(String name, Map<String, Long> counts) {
    return counts.values().stream()
        .filter(count -> count < 0 || count > MOST)
        .findFirst()
        .map(count -> "a count in " + name + " is " + count);
  }

  /** Increments of sums of squares: what takes back an event may make them smaller. */
  private static Optional<String> clusters(ClusterSums sums) {
    if (sums == null) {
      return Optional.empty();
    }
    for (Schema.Field field : sums.getSchema().getFields()) {
      long value = (Long) sums.get(field.pos());
      if (Math.abs(value) > MOST_SUMMED || value == Long.MIN_VALUE) {
        return Optional.of("in clusters " + field.name() + " is " + value);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> sketches(WindowRecord window) {
    for (Schema.Field field : window.getSchema().getFields()) {
      if (window.get(field.pos()) instanceof Sketch sketch && !whole(sketch)) {
        return Optional.of("the buckets of " + field.name() + " are impossible");
      }
    }
    return Optional.empty();
  }

  private static boolean whole(Sketch sketch) {
    long zeros = sketch.getZeroCount();
    long sum = sketch.getSum();
    boolean sums = zeros >= 0 && zeros <= MOST && sum >= 0 && sum <= MOST_SUMMED;
    return sums
        && sketch.getIndexes().size() == sketch.getCounts().size()
        && sketch.getCounts().stream().allMatch(count -> count >= 0 && count <= MOST);
  }

  private static Optional<String> share(String name, long some, WindowRecord window) {
    return some > window.getAttempts() && window.getRevision() == 0
        ? Optional.of(name + " is " + some + " of " + window.getAttempts() + " attempts")
        : Optional.empty();
  }
}
