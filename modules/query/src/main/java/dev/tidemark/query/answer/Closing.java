package dev.tidemark.query.answer;

import dev.tidemark.wire.OpenWindowsView.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the partitions have come and what the closing of windows waits for. A window closes when
 * the least watermark of all source partitions has passed its end; a source partition blocks
 * closing while its watermark, as subject partitions know it, is unknown or more than {@link
 * #APART} of event time behind the furthest one. Partitions are apart for a while when a backlog is
 * read too, but then closing goes on. Closing waits for the joins of decisions too, which are never
 * further than the least source partition; a join blocks when it is as far behind that one. A
 * function of what it is given.
 *
 * @param closedUpToMs windows that end at or before it are closed in every subject partition here;
 *     null before the first
 * @param sources every source partition that is read or known here
 * @param subjects every subject partition owned here
 * @param waitsFor source partitions that block closing, ascending
 * @param waitsForJoins partitions of agent-correlations that block closing, ascending
 */
record Closing(
    Long closedUpToMs,
    List<Source> sources,
    List<Subject> subjects,
    List<Integer> waitsFor,
    List<Integer> waitsForJoins) {
  /** Event time by which source partitions may be apart without being called a blocker. */
  static final Duration APART = Duration.ofMinutes(1);

  private static final long UNKNOWN = Long.MIN_VALUE;

  /**
   * One partition of agent-spans and agent-events; absent times are null.
   *
   * @param here whether a task of this instance reads it
   * @param watermarkMs how far its reader here has come
   * @param arrivedMs arrival of the last record it read
   * @param knownMs the least that a subject partition here knows of it
   * @param blocks whether closing waits for it
   */
  record Source(
      int partition,
      boolean here,
      Long watermarkMs,
      Long arrivedMs,
      Long knownMs,
      boolean blocks) {}

  /** One partition of agent-windows; null before it has closed a window. */
  record Subject(int partition, Long closedUpToMs) {}

  static Closing of(List<Progress> progress) {
    var read = new TreeMap<Integer, Progress>();
    var known = new TreeMap<Integer, Long>();
    var joins = new TreeMap<Integer, Long>();
    var closed = new TreeMap<Integer, Long>();
    for (Progress each : progress) {
      if (each.stage().equals("source")) {
        read.merge(each.sourcePartition(), each, Closing::further);
      } else if (each.stage().equals("join")) {
        joins.merge(each.sourcePartition(), each.watermarkMs(), Math::min);
      } else {
        known.merge(each.sourcePartition(), each.watermarkMs(), Math::min);
        closed.merge(each.partition(), each.closedUpToMs(), Math::min);
      }
    }
    long furthest = known.values().stream().mapToLong(Long::longValue).max().orElse(UNKNOWN);
    var sources = new ArrayList<Source>();
    var waitsFor = new ArrayList<Integer>();
    var partitions = new TreeMap<Integer, Long>(known);
    read.keySet().forEach(partition -> partitions.putIfAbsent(partition, null));
    for (Map.Entry<Integer, Long> each : partitions.entrySet()) {
      int partition = each.getKey();
      boolean blocks = each.getValue() != null && isBehind(each.getValue(), furthest);
      if (blocks) {
        waitsFor.add(partition);
      }
      Progress reader = read.get(partition);
      sources.add(
          new Source(
              partition,
              reader != null,
              reader == null ? null : told(reader.watermarkMs()),
              reader == null ? null : told(reader.arrivedMs()),
              each.getValue() == null ? null : told(each.getValue()),
              blocks));
    }
    var subjects = new ArrayList<Subject>();
    closed.forEach((partition, upTo) -> subjects.add(new Subject(partition, told(upTo))));
    long least = closed.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    return new Closing(told(least), sources, subjects, waitsFor, behind(joins, known));
  }

  private static List<Integer> behind(Map<Integer, Long> joins, Map<Integer, Long> known) {
    long least = known.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    return joins.keySet().stream().filter(join -> isBehind(joins.get(join), least)).toList();
  }

  /** Whether closing waits for anything. */
  boolean waits() {
    return !waitsFor.isEmpty() || !waitsForJoins.isEmpty();
  }

  private static boolean isBehind(long watermarkMs, long furthestMs) {
    return furthestMs != UNKNOWN
        && (watermarkMs == UNKNOWN || furthestMs - watermarkMs > APART.toMillis());
  }

  private static Progress further(Progress one, Progress other) {
    return one.watermarkMs() >= other.watermarkMs() ? one : other;
  }

  private static Long told(long ms) {
    return ms == UNKNOWN ? null : ms;
  }
}
