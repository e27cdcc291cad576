package dev.tidemark.core.detect;

import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a series was made of over time, and what its data lacked. Recent windows stand alone, older
 * ones in stretches of two, four, eight windows and so on, eight of each length: any time of change
 * is found to an eighth of its age.
 */
final class PartsMemory {
  private static final int FORMAT = 2;
  private static final int OF_EACH_LENGTH = 8;
  private static final int LACKS = 7;
  private static final String WHOLE = "";
  private final List<Stretch> stretches = new ArrayList<>();

  /** What the data of a stretch lacked. */
  record Lacks(
      long counted,
      long late,
      long unknownOutcome,
      long attempts,
      long durationUnknown,
      long tokensUnknown,
      long captureLost) {}

  private static final class Stretch {
    private long startMs;
    private long endMs;
    private int level;
    private final long[] lacks = new long[LACKS];
    private final TreeMap<String, PartSum> parts = new TreeMap<>();

    private void add(Stretch other) {
      startMs = Math.min(startMs, other.startMs);
      endMs = Math.max(endMs, other.endMs);
      for (int i = 0; i < LACKS; i++) {
        lacks[i] += other.lacks[i];
      }
      other.parts.forEach((name, sum) -> sum(name).add(sum));
    }

    private PartSum sum(String name) {
      return parts.computeIfAbsent(name, n -> PartSum.empty());
    }
  }

  void add(WindowRecord window) {
    Stretch fresh = new Stretch();
    fresh.startMs = window.getWindowStartMs();
    fresh.endMs = window.getWindowEndMs();
    fresh.lacks[0] = window.getCounted();
    fresh.lacks[1] = window.getLate();
    fresh.lacks[2] = window.getUnknownOutcome();
    fresh.lacks[3] = window.getAttempts();
    fresh.lacks[4] = window.getDurationUnknown();
    fresh.lacks[5] = window.getTokensUnknown();
    fresh.lacks[6] = window.getCaptureLost();
    fresh.parts.put(WHOLE, PartSum.of(window));
    window.getParts().forEach((name, part) -> fresh.sum(name).add(PartSum.of(part)));
    window
        .getErrorTypes()
        .forEach((type, count) -> fresh.sum("error_type:" + type).set(PartSum.ERRORS, count));
    window
        .getDeniedByRule()
        .forEach((rule, count) -> fresh.sum("policy_rule:" + rule).set(PartSum.DENIED, count));
    stretches.add(fresh);
    for (int level = 0; merge(level); level++) {
      // Each merge may make one more of the next length.
    }
  }

  /** Merges the two oldest of a length when there are too many; whether there were. */
  private boolean merge(int level) {
    int first = -1;
    int count = 0;
    for (int i = 0; i < stretches.size(); i++) {
      if (stretches.get(i).level == level) {
        first = first < 0 ? i : first;
        count++;
      }
    }
    if (count <= OF_EACH_LENGTH) {
      return false;
    }
    Stretch older = stretches.get(first);
    older.add(stretches.remove(first + 1));
    older.level++;
    return true;
  }

  /** Sums by part of everything that ended by a time. */
  Map<String, PartSum> until(long timeMs) {
    return sums(stretches.stream().filter(s -> s.endMs <= timeMs).toList());
  }

  /** Sums by part of everything that ended after a time. */
  Map<String, PartSum> since(long timeMs) {
    return sums(stretches.stream().filter(s -> s.endMs > timeMs).toList());
  }

  private static Map<String, PartSum> sums(List<Stretch> some) {
    Stretch all = new Stretch();
    some.forEach(all::add);
    return all.parts;
  }

  /** What the data since a time lack. */
  Lacks lacks(long timeMs) {
    long[] sum = new long[LACKS];
    for (Stretch stretch : stretches) {
      for (int i = 0; stretch.endMs > timeMs && i < LACKS; i++) {
        sum[i] += stretch.lacks[i];
      }
    }
    return new Lacks(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6]);
  }

  byte[] toBytes() {
    StateWriter out = new StateWriter().whole(FORMAT);
    TreeMap<String, Integer> names = new TreeMap<>();
    stretches.forEach(s -> s.parts.keySet().forEach(name -> names.put(name, 0)));
    out.whole(names.size());
    int number = 0;
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      name.setValue(number++);
      out.text(name.getKey());
    }
    out.whole(stretches.size());
    long at = 0;
    for (Stretch s : stretches) {
      out.whole(s.startMs - at).whole(s.endMs - s.startMs).whole(s.level);
      at = s.startMs;
      for (long lack : s.lacks) {
        out.whole(lack);
      }
      out.whole(s.parts.size());
      s.parts.forEach(
          (name, sum) -> {
            out.whole(names.get(name));
            sum.write(out);
          });
    }
    return out.toBytes();
  }

  static PartsMemory of(byte[] bytes) {
    PartsMemory memory = new PartsMemory();
    if (bytes == null) {
      return memory;
    }
    StateReader in = StateReader.of(bytes, FORMAT);
    List<String> names = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      names.add(in.text());
    }
    long at = 0;
    for (int left = in.count(); left > 0; left--) {
      Stretch s = new Stretch();
      s.startMs = at + in.whole();
      s.endMs = s.startMs + in.whole();
      s.level = in.count();
      at = s.startMs;
      for (int i = 0; i < LACKS; i++) {
        s.lacks[i] = in.whole();
      }
      for (int parts = in.count(); parts > 0; parts--) {
        s.parts.put(names.get(in.count()), PartSum.read(in));
      }
      memory.stretches.add(s);
    }
    return memory;
  }
}
