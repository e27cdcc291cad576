package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.human.HumanFactCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was told and taken back of one key, as its store keeps it. The order in which it was told
 * does not matter. Wire form: version (1 byte), then per telling the sign (1 byte), the arrival
 * that caused it, the fact.
 */
final class ToldFacts {
  private static final byte VERSION = 1;

  /** A fact that was told (1) or taken back (-1) because of a record that arrived then. */
  record Told(HumanFact fact, int sign, long causeMs) {}

  private final List<Told> all = new ArrayList<>();

  /** Nothing when {@code bytes} is null. */
  static ToldFacts of(byte[] bytes) {
    ToldFacts facts = new ToldFacts();
    if (bytes == null) {
      return facts;
    }
    ByteReader in = new ByteReader().on(bytes, 0, bytes.length);
    if (in.one() != VERSION) {
      throw new IllegalStateException("decisions have an unknown version: reset the state");
    }
    while (in.left() > 0) {
      int sign = in.one();
      long causeMs = in.number();
      facts.all.add(new Told(HumanFactCodec.read(in), sign, causeMs));
    }
    return facts;
  }

  /** The bytes that {@link #of} reads; null when nothing is left. */
  byte[] toBytes() {
    if (all.isEmpty()) {
      return null;
    }
    ByteWriter out = new ByteWriter().one(VERSION);
    for (Told told : all) {
      HumanFactCodec.write(out.one(told.sign()).number(told.causeMs()), told.fact());
    }
    return out.toBytes();
  }

  List<Told> all() {
    return all;
  }

  void add(Told told) {
    all.add(told);
  }

  /** What holds as of an arrival, which is not included: told more often than taken back. */
  SortedSet<HumanFact> before(long arrivalMs) {
    Map<HumanFact, Integer> times = new HashMap<>();
    for (Told told : all) {
      if (told.causeMs() < arrivalMs) {
        times.merge(told.fact(), told.sign(), Integer::sum);
      }
    }
    SortedSet<HumanFact> facts = new TreeSet<>();
    times.forEach(
        (fact, count) -> {
          if (count > 0) {
            facts.add(fact);
          }
        });
    return facts;
  }

  /**
   * Forgets what was before {@code cutMs}, and what was taken back, among what was told because of
   * arrivals before {@code arrivalMs}.
   *
   * @return what was forgotten and not taken back
   */
  SortedSet<HumanFact> forget(long cutMs, long arrivalMs) {
    SortedSet<HumanFact> forgotten = new TreeSet<>();
    SortedSet<HumanFact> kept = before(arrivalMs);
    kept.removeIf(fact -> fact.atMs() < cutMs && forgotten.add(fact));
    all.removeIf(told -> told.causeMs() < arrivalMs);
    kept.forEach(fact -> all.add(new Told(fact, 1, Long.MIN_VALUE)));
    return forgotten;
  }
}
