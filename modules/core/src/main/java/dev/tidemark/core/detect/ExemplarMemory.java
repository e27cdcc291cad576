package dev.tidemark.core.detect;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.window.Shows;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.ExemplarTrace;
import dev.tidemark.records.WindowRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest exemplar runs of a series: five per category, and the good ones of an earlier half
 * hour, so that an alert can show runs after and before its change.
 */
final class ExemplarMemory {
  private static final int KEPT = 5;
  private static final long GENERATION_MS = 1_800_000;
  private static final String GOOD = "ok";
  private static final Comparator<Exemplar> NEWEST_FIRST =
      Comparator.comparingLong(Exemplar::getTimeMs)
          .reversed()
          .thenComparingLong(Exemplar::getHash)
          .thenComparing(Exemplar::getTraceId);

  private final Map<String, List<Exemplar>> recent = new TreeMap<>();
  private List<Exemplar> earlier = List.of();
  private long generationMs;

  void add(WindowRecord window, long endMs) {
    if (endMs - generationMs >= GENERATION_MS) {
      earlier = recent.getOrDefault(GOOD, earlier);
      generationMs = endMs;
    }
    Map<String, List<Exemplar>> arrived = new TreeMap<>();
    for (ExemplarTrace trace : window.getExemplars()) {
      ByteBuffer id = ByteBuffer.wrap(trace.getTraceId().bytes());
      long hash = Hash64.of(id.getLong(), id.getLong());
      String hex = HexFormat.of().formatHex(trace.getTraceId().bytes());
      for (Shows category : Shows.of(trace.getShows())) {
        String word = category.word();
        arrived
            .computeIfAbsent(word, c -> new ArrayList<>())
            .add(new Exemplar(word, hex, "", window.getWindowStartMs(), hash));
      }
    }
    arrived.forEach(
        (category, list) -> {
          list.addAll(recent.getOrDefault(category, List.of()));
          recent.put(category, newest(list));
        });
  }

  /** Runs of a category from a time on. */
  List<Exemplar> since(String category, long timeMs) {
    return recent.getOrDefault(category, List.of()).stream()
        .filter(e -> e.getTimeMs() >= timeMs)
        .toList();
  }

  /** Good runs before a time. */
  List<Exemplar> goodBefore(long timeMs) {
    List<Exemplar> all = new ArrayList<>(recent.getOrDefault(GOOD, List.of()));
    all.addAll(earlier);
    all.removeIf(e -> e.getTimeMs() >= timeMs);
    return newest(all);
  }

  /** One per trace: a run of several windows is one run. */
  private static List<Exemplar> newest(List<Exemplar> exemplars) {
    Set<String> traces = new HashSet<>();
    return exemplars.stream()
        .sorted(NEWEST_FIRST)
        .filter(e -> traces.add(e.getTraceId()))
        .limit(KEPT)
        .toList();
  }

  void write(StateWriter out) {
    out.whole(generationMs).whole(recent.size());
    recent.values().forEach(list -> write(out, list));
    write(out, earlier);
  }

  static ExemplarMemory read(StateReader in) {
    ExemplarMemory memory = new ExemplarMemory();
    memory.generationMs = in.whole();
    for (int left = in.count(); left > 0; left--) {
      List<Exemplar> list = readList(in);
      memory.recent.put(list.get(0).getCategory(), list);
    }
    memory.earlier = readList(in);
    return memory;
  }

  static void write(StateWriter out, List<Exemplar> exemplars) {
    out.whole(exemplars.size());
    for (Exemplar e : exemplars) {
      out.text(e.getCategory()).text(e.getTraceId()).text(e.getSpanId());
      out.whole(e.getTimeMs()).whole(e.getHash());
    }
  }

  static List<Exemplar> readList(StateReader in) {
    List<Exemplar> list = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      list.add(new Exemplar(in.text(), in.text(), in.text(), in.whole(), in.whole()));
    }
    return list;
  }
}
