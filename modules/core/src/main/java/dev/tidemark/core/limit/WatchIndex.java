package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.detect.DetectorStates;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Which watches are judged by ticks: a sorted list of their keys, in sixteen parts. */
final class WatchIndex {
  private static final String BETWEEN = "\u0000";
  private static final String WATCH = "limit" + BETWEEN;
  private static final String PART = "limits" + BETWEEN;
  private static final int PARTS = 16;

  private WatchIndex() {}

  /** Store key of the watch of a rule over a series. */
  static String keyOf(String rule, SeriesKey key) {
    return WATCH
        + String.join(
            BETWEEN,
            rule,
            key.getTenant(),
            key.getEnvironment(),
            key.getSubjectKind().name(),
            key.getSubjectName(),
            key.getAgentName(),
            key.getAgentVersion(),
            key.getToolVersion(),
            key.getModelBackend());
  }

  /** The rule in a store key. */
  static String ruleOf(String key) {
    return key.substring(WATCH.length(), key.indexOf(BETWEEN, WATCH.length()));
  }

  static void add(String key, DetectorStates states) {
    String part = PART + Math.floorMod(key.hashCode(), PARTS);
    List<String> keys = read(states.get(part));
    int at = Collections.binarySearch(keys, key);
    if (at < 0) {
      keys.add(-at - 1, key);
      write(part, keys, states);
    }
  }

  /** Visits every watch in a fixed order; those for which the visitor says no are taken out. */
  static void visit(DetectorStates states, Predicate<String> keep) {
    for (int i = 0; i < PARTS; i++) {
      String part = PART + i;
      List<String> keys = read(states.get(part));
      if (keys.removeIf(key -> !keep.test(key))) {
        write(part, keys, states);
      }
    }
  }

  private static List<String> read(byte[] bytes) {
    List<String> keys = new ArrayList<>();
    if (bytes != null) {
      ByteReader in = new ByteReader().on(bytes, 0, bytes.length);
      for (int left = in.length(); left > 0; left--) {
        keys.add(in.text());
      }
    }
    return keys;
  }

  private static void write(String part, List<String> keys, DetectorStates states) {
    ByteWriter out = new ByteWriter().number(keys.size());
    keys.forEach(out::text);
    states.put(part, out.toBytes());
  }
}
