package dev.tidemark.streams.evidence;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.AgentRun;
import java.util.List;
import java.util.TreeSet;

/**
 * Where the records of a run stand: offsets in one partition of spans and the same of events,
 * ascending. Immutable.
 */
record Coordinates(int partition, List<Long> spans, List<Long> events) {
  static final Coordinates NONE = new Coordinates(0, List.of(), List.of());

  Coordinates {
    spans = List.copyOf(spans);
    events = List.copyOf(events);
  }

  /** Those of a summary, which holds the first offset and then differences. */
  static Coordinates of(AgentRun run) {
    return new Coordinates(
        run.getSourcePartition(), absolute(run.getSpanOffsets()), absolute(run.getEventOffsets()));
  }

  private static List<Long> absolute(List<Long> differences) {
    var offsets = new TreeSet<Long>();
    long at = 0;
    for (long difference : differences) {
      at += difference;
      offsets.add(at);
    }
    return List.copyOf(offsets);
  }

  boolean isEmpty() {
    return spans.isEmpty() && events.isEmpty();
  }

  int size() {
    return spans.size() + events.size();
  }

  /** What is here and not there. */
  Coordinates without(Coordinates other) {
    return new Coordinates(partition, minus(spans, other.spans), minus(events, other.events));
  }

  /** What is here or there. */
  Coordinates with(Coordinates other) {
    return new Coordinates(partition, plus(spans, other.spans), plus(events, other.events));
  }

  /** The first of them, spans before events. */
  Coordinates first(int count) {
    List<Long> some = spans.subList(0, Math.min(count, spans.size()));
    List<Long> rest = events.subList(0, Math.min(count - some.size(), events.size()));
    return new Coordinates(partition, some, rest);
  }

  private static List<Long> minus(List<Long> from, List<Long> what) {
    var left = new TreeSet<>(from);
    what.forEach(left::remove);
    return List.copyOf(left);
  }

  private static List<Long> plus(List<Long> some, List<Long> more) {
    var all = new TreeSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  void write(ByteWriter out) {
    out.number(partition);
    write(out, spans);
    write(out, events);
  }

  private static void write(ByteWriter out, List<Long> offsets) {
    out.unsigned(offsets.size());
    long before = 0;
    for (long offset : offsets) {
      out.unsigned(offset - before);
      before = offset;
    }
  }

  static Coordinates read(ByteReader in) {
    return new Coordinates(in.whole(), offsets(in), offsets(in));
  }

  private static List<Long> offsets(ByteReader in) {
    int size = (int) in.unsigned();
    var offsets = new Long[size];
    long at = 0;
    for (int i = 0; i < size; i++) {
      at += in.unsigned();
      offsets[i] = at;
    }
    return List.of(offsets);
  }
}
