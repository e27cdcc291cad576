package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.query.http.ApiException;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Windows of one subject over time, by version, at the resolution asked for; with those that are
 * still open, marked so, unless they are not wanted.
 */
public final class WindowsAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_POINTS = 6_000;
  private static final Map<String, Long> RESOLUTIONS =
      Map.of("15s", 15_000L, "1m", 60_000L, "5m", 300_000L, "1h", 3_600_000L);
  private static final List<String> WORDS = List.of("auto", "15s", "1m", "5m", "1h");
  private static final Map<SeriesKey, Map<Long, List<WindowRecord>>> NONE_OPEN = Map.of();
  private final StateViews views;
  private final Freshness freshness;

  /** An answer from these views. */
  public WindowsAnswer(StateViews views, Freshness freshness) {
    this.views = views;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route(
        "/api/v1/windows",
        SeriesFilter.parameters("kind", "name", "from", "to", "resolution", "groupBy", "open"),
        this::answer);
  }

  private Object answer(Params params) {
    TimeRange range = params.range();
    SubjectKind kind = params.oneOf("kind", SubjectKind.class).orElse(SubjectKind.TOOL);
    String name =
        kind == SubjectKind.FLEET ? Dimension.ALL : params.required("name", "search_flights");
    EnumSet<Dimension> kept = groupBy(params);
    String resolution = resolution(params, range);
    long slotMs = RESOLUTIONS.get(resolution);
    var filter = SeriesFilter.of(params, kind, name);
    var windows = new SeriesWindows(views, Deadline.in(LIMIT));
    Set<SeriesKey> known = views.series();
    // Open before closed: a window that closes in between is seen as both, and then closed wins.
    var open =
        params.flag("open").orElse(true)
            ? windows.open(filter, known, range.fromMs(), openToMs(params, range))
            : Optional.of(NONE_OPEN);
    var keys = new TreeSet<SeriesKey>(open.orElse(NONE_OPEN).keySet());
    known.stream().filter(filter::accepts).forEach(keys::add);
    if (keys.isEmpty()) {
      throw Nearest.unknownSubject(kind, name, known);
    }
    var groups = new TreeMap<SeriesKey, SeriesWindows.Slots>();
    for (SeriesKey key : keys) {
      var slots =
          groups.computeIfAbsent(
              Dimension.project(key, kept), group -> new SeriesWindows.Slots(slotMs));
      var parts = new TreeMap<>(open.orElse(NONE_OPEN).getOrDefault(key, Map.of()));
      windows.each(
          key,
          range,
          window -> {
            slots.add(window);
            parts.remove(window.getWindowStartMs());
          });
      parts.values().forEach(slots::addOpen);
    }
    var lines = new ArrayList<Line>();
    groups.forEach((group, slots) -> lines.add(line(group, slots, slotMs)));
    return new Windows(freshness.answer(range), resolution, slotMs, open.isPresent(), lines);
  }

  /** Open windows begin where the closed ones end: up to now means all of them. */
  private static long openToMs(Params params, TimeRange range) {
    return params.text("to").filter(to -> !to.equals("now")).isPresent()
        ? range.toMs()
        : Long.MAX_VALUE;
  }

  private static Line line(SeriesKey group, SeriesWindows.Slots slots, long slotMs) {
    var total = new SeriesWindows.Sum();
    var points = new ArrayList<Point>();
    slots
        .all()
        .forEach(
            (start, sum) -> {
              sum.result().ifPresent(total::add);
              points.add(
                  new Point(
                      start,
                      start + slotMs,
                      slots.isOpen(start),
                      Figures.of(sum.result().orElseThrow())));
            });
    return new Line(SeriesName.of(group), total.result().map(Figures::of).orElse(null), points);
  }

  private static EnumSet<Dimension> groupBy(Params params) {
    if (params.text("groupBy").isEmpty()) {
      return EnumSet.allOf(Dimension.class);
    }
    String given = params.text("groupBy").get();
    var kept = EnumSet.noneOf(Dimension.class);
    if (given.equals("none")) {
      return kept;
    }
    for (String word : given.split(",", -1)) {
      kept.add(
          Arrays.stream(Dimension.values())
              .filter(dimension -> dimension.parameter().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      ApiException.badParameter(
                          "groupBy",
                          given,
                          "none or a list of " + Dimension.names(),
                          "such as groupBy=agentVersion,toolVersion")));
    }
    return kept;
  }

  private static String resolution(Params params, TimeRange range) {
    String word = params.word("resolution", WORDS);
    if (word.equals("auto")) {
      return WORDS.stream()
          .skip(1)
          .filter(each -> range.lengthMs() / RESOLUTIONS.get(each) <= 240)
          .findFirst()
          .orElse("1h");
    }
    if (range.lengthMs() / RESOLUTIONS.get(word) > MOST_POINTS) {
      throw ApiException.badParameter(
          "resolution",
          word,
          "coarse enough for at most " + MOST_POINTS + " points in the range",
          "such as resolution=1h");
    }
    return word;
  }

  /**
   * One stretch of time; a stretch without windows has no point. While open is true its figures are
   * provisional.
   */
  record Point(long startMs, long endMs, boolean open, Figures figures) {}

  /** One group; total is over its points, open ones too, and null when it has none. */
  record Line(SeriesName series, Figures total, List<Point> points) {}

  /** All groups; openKnown is false when open windows were wanted but could not be read. */
  record Windows(
      @JsonUnwrapped Answer answer,
      String resolution,
      long resolutionMs,
      boolean openKnown,
      List<Line> series) {}
}
