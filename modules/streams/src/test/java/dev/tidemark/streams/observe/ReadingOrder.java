package dev.tidemark.streams.observe;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One way to read a log of several partitions: which topic of which partition comes next, when its
 * owner beats, how far the subjects have come, who dies when. The arrivals are always the same.
 */
final class ReadingOrder {
  private static final long LONGEST_WAIT_MS = 3_000;

  private final ObserveRig rig;
  private final Random random;
  private final Random joinRandom;
  private final int sources;
  private final int subjects;
  private final int deathsPerMille;
  private final long horizonMs;
  private long wallMs = ObserveRig.WALL_START_MS;

  private ReadingOrder(
      ObserveConfig config, List<LogEntry> entries, Random random, int deathsPerMille) {
    this.rig = new ObserveRig(config, entries);
    this.horizonMs = config.horizon().toMillis();
    this.random = random;
    this.joinRandom = new Random(entries.size());
    this.sources = config.sourcePartitions();
    this.subjects = config.subjectPartitions();
    this.deathsPerMille = deathsPerMille;
  }

  /** All windows in the order in which they were sent, by key. */
  static Map<String, List<WindowRecord>> windows(
      ObserveConfig config, List<LogEntry> entries, Random random, int deathsPerMille) {
    return ShapePlay.byKey(rig(config, entries, random, deathsPerMille).windows());
  }

  /** The tasks when all was read. */
  static ObserveRig rig(
      ObserveConfig config, List<LogEntry> entries, Random random, int deathsPerMille) {
    ReadingOrder order = new ReadingOrder(config, entries, random, deathsPerMille);
    order.readAll();
    return order.rig;
  }

  private void readAll() {
    int beats = 2 + random.nextInt(20);
    while (unread()) {
      int source = random.nextInt(sources);
      LogEntry.Topic topic = random.nextBoolean() ? LogEntry.Topic.SPANS : LogEntry.Topic.EVENTS;
      int stretch = 1 + random.nextInt(6);
      for (int i = 0; i < stretch && !rig.done(source, topic) && !ahead(source, topic); i++) {
        rig.read(source, topic);
        if (random.nextInt(beats) == 0) {
          beat(random.nextInt(sources));
        }
      }
      rig.join(joinRandom.nextInt(subjects), joinRandom.nextInt(5));
      rig.merge(random.nextInt(subjects), random.nextInt(5));
      die();
    }
    for (int source = 0; source < sources; source++) {
      beat(source);
    }
    for (int partition = 0; partition < subjects; partition++) {
      rig.join(partition, Integer.MAX_VALUE);
    }
    for (int subject = 0; subject < subjects; subject++) {
      rig.merge(subject, Integer.MAX_VALUE);
    }
  }

  /**
   * A topic is not read ahead of the other by more than the horizon: then a trace that returns
   * would be met before its first run.
   */
  private boolean ahead(int source, LogEntry.Topic topic) {
    LogEntry.Topic other =
        topic == LogEntry.Topic.SPANS ? LogEntry.Topic.EVENTS : LogEntry.Topic.SPANS;
    return rig.nextArrivalMs(source, topic) - horizonMs > rig.nextArrivalMs(source, other);
  }

  private boolean unread() {
    for (int source = 0; source < sources; source++) {
      for (LogEntry.Topic topic : LogEntry.Topic.values()) {
        if (!rig.done(source, topic)) {
          return true;
        }
      }
    }
    return false;
  }

  private void beat(int source) {
    wallMs += 500 + random.nextInt((int) LONGEST_WAIT_MS);
    rig.clock(wallMs);
    rig.beat(source);
  }

  private void die() {
    if (random.nextInt(1_000) < deathsPerMille) {
      rig.crashSource(random.nextInt(sources));
    }
    if (random.nextInt(1_000) < deathsPerMille) {
      rig.crashSubject(random.nextInt(subjects));
    }
    if (joinRandom.nextInt(1_000) < deathsPerMille) {
      rig.crashJoin(joinRandom.nextInt(subjects));
    }
  }
}
