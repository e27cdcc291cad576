package dev.tidemark.query.answer;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads windows of many series within one time limit and merges them exactly. */
final class SeriesWindows {
  private final StateViews views;
  private final Deadline deadline;

  SeriesWindows(StateViews views, Deadline deadline) {
    this.views = views;
    this.deadline = deadline;
  }

  /** Series the filter accepts, sorted by their names. */
  List<SeriesKey> series(SeriesFilter filter) {
    return views.series().stream().filter(filter::accepts).sorted().toList();
  }

  /**
   * Parts of open windows of the series the filter accepts, by series and start; empty when they
   * cannot be read now.
   *
   * @param known where to look for tenants and environments that the filter does not name
   * @param toMs windows that start at or after it are left out
   */
  Optional<Map<SeriesKey, Map<Long, List<WindowRecord>>>> open(
      SeriesFilter filter, Set<SeriesKey> known, long fromMs, long toMs) {
    var places = new LinkedHashSet<Place>();
    for (SeriesKey key : known) {
      places.add(Place.of(filter, key.getTenant(), key.getEnvironment()));
    }
    if (places.isEmpty()) {
      places.add(Place.of(filter, "default", "default"));
    }
    var open = new TreeMap<SeriesKey, Map<Long, List<WindowRecord>>>();
    try {
      for (Place place : places) {
        for (WindowRecord part :
            views.openParts(place.tenant, place.environment, filter.kind(), filter.name())) {
          deadline.check();
          long start = part.getWindowStartMs();
          if (filter.accepts(part.getSeries()) && start >= fromMs && start < toMs) {
            open.computeIfAbsent(part.getSeries(), key -> new TreeMap<>())
                .computeIfAbsent(start, at -> new ArrayList<>())
                .add(part);
          }
        }
      }
    } catch (NotReadyException e) {
      return Optional.empty();
    }
    return Optional.of(open);
  }

  /** Where subjects live; a name the filter gives stands for all. */
  private record Place(String tenant, String environment) {
    static Place of(SeriesFilter filter, String tenant, String environment) {
      return new Place(
          filter.dimensions().getOrDefault(Dimension.TENANT, tenant),
          filter.dimensions().getOrDefault(Dimension.ENVIRONMENT, environment));
    }
  }

  /** Every window of one series in the range. */
  void each(SeriesKey series, TimeRange range, Consumer<WindowRecord> visitor) {
    views.windows(
        series,
        range.fromMs(),
        range.toMs(),
        window -> {
          deadline.check();
          visitor.accept(window);
        });
  }

  /** All windows of all accepted series in the range as one; empty when there is none. */
  Optional<WindowRecord> total(SeriesFilter filter, TimeRange range) {
    var sum = new Sum();
    series(filter).forEach(key -> each(key, range, sum::add));
    return sum.result();
  }

  /** Windows of one group cut into slots of equal length. */
  static final class Slots {
    private final TreeMap<Long, Sum> slots = new TreeMap<>();
    private final Set<Long> open = new HashSet<>();
    private final long slotMs;

    Slots(long slotMs) {
      this.slotMs = slotMs;
    }

    void add(WindowRecord window) {
      slots.computeIfAbsent(slot(window), at -> new Sum()).add(window);
    }

    /** Parts of one open window. */
    void addOpen(List<WindowRecord> parts) {
      parts.forEach(this::add);
      open.add(slot(parts.get(0)));
    }

    boolean isOpen(long slot) {
      return open.contains(slot);
    }

    private long slot(WindowRecord window) {
      return Math.floorDiv(window.getWindowStartMs(), slotMs) * slotMs;
    }

    Map<Long, Sum> all() {
      return slots;
    }
  }

  /** A running merge; exact for counters, and sketches keep their error. */
  static final class Sum {
    private final WindowTotals totals = new WindowTotals();
    private SeriesKey series;
    private long startMs = Long.MAX_VALUE;
    private long endMs = Long.MIN_VALUE;

    void add(WindowRecord window) {
      totals.add(window);
      series = series == null ? window.getSeries() : series;
      startMs = Math.min(startMs, window.getWindowStartMs());
      endMs = Math.max(endMs, window.getWindowEndMs());
    }

    Optional<WindowRecord> result() {
      return series == null
          ? Optional.empty()
          : Optional.of(totals.toRecord(Series.of(series), startMs, endMs));
    }
  }
}
