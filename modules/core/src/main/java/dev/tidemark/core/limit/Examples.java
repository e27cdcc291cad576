package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.window.Shows;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.ExemplarTrace;
import dev.tidemark.records.WindowRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Runs that show a value: at most five, those with the smallest hashes. */
final class Examples {
  private static final int KEPT = 5;
  private static final Comparator<Exemplar> ORDER =
      Comparator.comparingLong(Exemplar::getHash)
          .thenComparing(Exemplar::getTraceId)
          .thenComparingLong(Exemplar::getTimeMs);

  private Examples() {}

  /** Runs of a category in a window. */
  static List<Exemplar> of(WindowRecord window, String category) {
    List<Exemplar> found = new ArrayList<>();
    for (ExemplarTrace trace : window.getExemplars()) {
      boolean shows =
          Shows.of(trace.getShows()).stream().anyMatch(one -> one.word().equals(category));
      if (shows) {
        ByteBuffer id = ByteBuffer.wrap(trace.getTraceId().bytes());
        long hash = Hash64.of(id.getLong(), id.getLong());
        String hex = HexFormat.of().formatHex(trace.getTraceId().bytes());
        found.add(new Exemplar(category, hex, "", window.getWindowStartMs(), hash));
      }
    }
    return found;
  }

  static List<Exemplar> smallest(List<Exemplar> some, List<Exemplar> more) {
    if (more.isEmpty()) {
      return some;
    }
    List<Exemplar> all = new ArrayList<>(some);
    more.stream()
        .filter(e -> some.stream().noneMatch(known -> known.getTraceId().equals(e.getTraceId())))
        .forEach(all::add);
    return all.stream().sorted(ORDER).limit(KEPT).toList();
  }

  static void write(ByteWriter out, List<Exemplar> exemplars) {
    out.number(exemplars.size());
    for (Exemplar e : exemplars) {
      out.text(e.getCategory()).text(e.getTraceId()).number(e.getTimeMs()).fixed(e.getHash());
    }
  }

  static List<Exemplar> read(ByteReader in) {
    List<Exemplar> exemplars = new ArrayList<>();
    for (int left = in.length(); left > 0; left--) {
      exemplars.add(new Exemplar(in.text(), in.text(), "", in.number(), in.fixed()));
    }
    return List.copyOf(exemplars);
  }
}
