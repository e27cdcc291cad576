package dev.tidemark.streams.observe;

import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.OracleConfig;
import dev.tidemark.testkit.oracle.OracleWindow;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.Partitioning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Plays a log as it would happen: every record is read when it arrives, the wall clock goes with
 * the arrivals, tasks beat in between, and heartbeats at the end close everything.
 */
final class ShapePlay {
  private ShapePlay() {}

  /** The shape's times on {@code partitions} of each topic. */
  static ObserveConfig config(OracleConfig shape, int partitions) {
    return config(shape, ObserveConfig.of(partitions, partitions), Duration.ofMillis(500));
  }

  private static ObserveConfig config(OracleConfig shape, ObserveConfig defaults, Duration flush) {
    return new ObserveConfig(
        defaults.sourcePartitions(),
        defaults.subjectPartitions(),
        Duration.ofMillis(shape.windowMs()),
        Duration.ofMillis(shape.latenessMs()),
        Duration.ofMillis(shape.skewMs()),
        Duration.ofMillis(shape.horizonMs()),
        Duration.ofMillis(shape.inactivityMs()),
        flush,
        flush.multipliedBy(4),
        defaults.runRetention(),
        defaults.windowRetention(),
        new LoopLimits(shape.loopLimit(), 3, 2),
        defaults.seriesCap(),
        Duration.ofMillis(shape.humanHorizonMs()),
        defaults.limits(),
        defaults.prices(),
        ObserveConfig.ArrivalClock.PRODUCER,
        defaults.clockTolerance());
  }

  /** Every window as it was sent, oldest first, by {@link OracleWindow#key()}. */
  static Map<String, List<WindowRecord>> windows(
      OracleConfig shape, List<LogEntry> log, int partitions, Random random) {
    ObserveRig rig = new ObserveRig(config(shape, partitions), List.of());
    play(rig, shape, log, partitions, random);
    return byKey(rig.windows());
  }

  /** The same into a rig of the caller; {@code random} draws how often the tasks beat. */
  static void play(
      ObserveRig rig, OracleConfig shape, List<LogEntry> log, int partitions, Random random) {
    long beatMs = 500L + random.nextInt(5) * 1_300L;
    long lastBeatMs = 0;
    for (LogEntry entry : spread(shape, log, partitions)) {
      rig.clock(entry.arrivalMs());
      if (entry.arrivalMs() >= lastBeatMs + beatMs) {
        lastBeatMs = entry.arrivalMs();
        beat(rig, partitions);
      }
      rig.append(entry);
      rig.read(entry.partition(), entry.topic());
    }
    beat(rig, partitions);
  }

  private static void beat(ObserveRig rig, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      rig.beat(partition);
    }
    for (int partition = 0; partition < partitions; partition++) {
      rig.join(partition, Integer.MAX_VALUE);
    }
    for (int partition = 0; partition < partitions; partition++) {
      rig.merge(partition, Integer.MAX_VALUE);
    }
  }

  /** The same on one partition through the real topology in the test driver. */
  static Map<String, List<WindowRecord>> drawnWindows(
      OracleConfig shape, List<LogEntry> log, Random random) {
    Duration flush = Duration.ofMillis(500L + random.nextInt(5) * 1_300L);
    ObserveConfig config = config(shape, ObserveConfig.of(1, 1), flush);
    long wallMs = log.get(0).arrivalMs();
    try (ObserveHarness observe = new ObserveHarness(config, Instant.ofEpochMilli(wallMs))) {
      for (LogEntry entry : log) {
        if (entry.arrivalMs() > wallMs) {
          observe.beat(Duration.ofMillis(entry.arrivalMs() - wallMs));
          wallMs = entry.arrivalMs();
        }
        pipe(observe, entry);
      }
      observe.heartbeat(endMs(shape, log));
      observe.beat(flush);
      observe.beat(flush);
      return byKey(observe.windows());
    }
  }

  /** A log spread over partitions by trace, a heartbeat at the end of each. */
  static List<LogEntry> spread(OracleConfig shape, List<LogEntry> log, int partitions) {
    List<LogEntry> spread = new ArrayList<>();
    for (LogEntry entry : log) {
      int partition = Partitioning.trace(trace(entry), partitions);
      spread.add(new LogEntry(entry.topic(), partition, 0, entry.arrivalMs(), entry.record()));
    }
    for (int partition = 0; partition < partitions; partition++) {
      for (LogEntry.Topic topic : LogEntry.Topic.values()) {
        spread.add(LogEntry.heartbeat(topic, partition, 0, endMs(shape, log)));
      }
    }
    return spread;
  }

  private static String trace(LogEntry entry) {
    return entry.record() instanceof AgentSpan span
        ? span.getTraceId()
        : ((AgentEvent) entry.record()).getTraceId();
  }

  /** Late enough for every window and every silent run to be closed. */
  private static long endMs(OracleConfig shape, List<LogEntry> log) {
    long last = log.get(log.size() - 1).arrivalMs();
    return last + shape.inactivityMs() + shape.windowMs() + shape.latenessMs();
  }

  private static void pipe(ObserveHarness observe, LogEntry entry) {
    if (entry.record() instanceof AgentSpan span) {
      observe.pipe(AgentSpan.newBuilder(span).build(), entry.arrivalMs());
    } else {
      observe.pipe((AgentEvent) entry.record(), entry.arrivalMs());
    }
  }

  static Map<String, List<WindowRecord>> byKey(List<WindowRecord> windows) {
    Map<String, List<WindowRecord>> byKey = new TreeMap<>();
    for (WindowRecord window : windows) {
      String key = OracleWindow.key(window.getWindowStartMs(), window.getSeries());
      byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(window);
    }
    return byKey;
  }

  /** Windows as closed and as finally revised, as they go to the topic. */
  static Map<String, String> bytes(Map<String, List<WindowRecord>> windows) {
    var serializer = BinaryAvroSerde.of(WindowRecord.class).serializer();
    Map<String, String> bytes = new TreeMap<>();
    windows.forEach(
        (key, sent) -> {
          WindowRecord last = sent.get(sent.size() - 1);
          if (sent.get(0).getRevision() == 0) {
            bytes.put(key + " closed", text(serializer.serialize("", sent.get(0))));
          }
          bytes.put(key + " revised", text(serializer.serialize("", last)));
        });
    return bytes;
  }

  /** What differs between two such maps, field by field. */
  static List<String> differences(Map<String, String> ones, Map<String, String> others) {
    List<String> found = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(ones.keySet());
    keys.addAll(others.keySet());
    for (String key : keys) {
      String one = ones.get(key);
      String other = others.get(key);
      if (one == null || other == null) {
        found.add(key + (one == null ? ": only the other has it" : ": the other has it not"));
      } else if (!one.equals(other)) {
        WindowRecord a = record(one);
        WindowRecord b = record(other);
        for (Schema.Field field : WindowRecord.getClassSchema().getFields()) {
          String was = String.valueOf(a.get(field.pos()));
          String is = String.valueOf(b.get(field.pos()));
          if (!was.equals(is)) {
            found.add(key + ": " + field.name() + " " + was + " / " + is);
          }
        }
      }
    }
    return found;
  }

  private static WindowRecord record(String hex) {
    return BinaryAvroSerde.of(WindowRecord.class)
        .deserializer()
        .deserialize("", HexFormat.of().parseHex(hex));
  }

  private static String text(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
