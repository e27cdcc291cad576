package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.core.detect.SignalState;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The series of one kind of subject with their totals over a time range. */
public final class SubjectsAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int TREND = 30;
  private static final int MOST = 1_000;
  private final StateViews views;
  private final StateBoard board;
  private final Freshness freshness;

  /** An answer from these views. */
  public SubjectsAnswer(StateViews views, StateBoard board, Freshness freshness) {
    this.views = views;
    this.board = board;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route(
        "/api/v1/subjects",
        SeriesFilter.parameters("kind", "name", "from", "to", "limit"),
        this::answer);
  }

  private Object answer(Params params) {
    TimeRange range = params.range();
    int limit = params.integer("limit", 200, 1, MOST);
    SubjectKind kind = params.oneOf("kind", SubjectKind.class).orElse(SubjectKind.TOOL);
    var filter = SeriesFilter.of(params, kind, params.text("name").orElse(null));
    var windows = new SeriesWindows(views, Deadline.in(LIMIT));
    Map<SeriesKey, ChangeEvent> known = views.firstSeen();
    Alerts alerts = Alerts.readIfReady(views);
    Map<SeriesKey, Alerts.Badge> badges = alerts.badges();
    Map<SeriesKey, List<SignalState>> states = states(filter);
    var subjects = new ArrayList<Subject>();
    int silent = 0;
    int more = 0;
    for (SeriesKey key : windows.series(filter)) {
      if (subjects.size() == limit) {
        more++;
        continue;
      }
      var sum = new SeriesWindows.Sum();
      var trend = new Trend(range);
      windows.each(
          key,
          range,
          window -> {
            sum.add(window);
            trend.add(window);
          });
      if (sum.result().isEmpty()) {
        silent += known.containsKey(key) ? 1 : 0;
        continue;
      }
      subjects.add(
          new Subject(
              SeriesName.of(key),
              known.get(key) == null ? null : known.get(key).getTimeMs(),
              Figures.of(sum.result().get()),
              trend.rates(),
              badges.get(key),
              states.containsKey(key) ? StatesAnswer.counts(states.get(key)) : null));
    }
    return new Subjects(freshness.answer(range), subjects, silent, more, alerts.known());
  }

  /** What detect knows of them; nothing while it cannot be read. */
  private Map<SeriesKey, List<SignalState>> states(SeriesFilter filter) {
    try {
      return board.read(filter::accepts).series();
    } catch (NotReadyException e) {
      return Map.of();
    }
  }

  /** Retry rate over the range in equal steps, for a small line beside the numbers. */
  private static final class Trend {
    private final TimeRange range;
    private final long[] retries = new long[TREND];
    private final long[] attempts = new long[TREND];

    Trend(TimeRange range) {
      this.range = range;
    }

    void add(WindowRecord window) {
      int slot = (int) ((window.getWindowStartMs() - range.fromMs()) * TREND / range.lengthMs());
      retries[slot] += window.getRetries();
      attempts[slot] += window.getAttempts();
    }

    List<Double> rates() {
      var rates = new ArrayList<Double>(TREND);
      for (int i = 0; i < TREND; i++) {
        rates.add(attempts[i] == 0 ? null : (double) retries[i] / attempts[i]);
      }
      return rates;
    }
  }

  /**
   * One series; alert is the loudest open one, null when there is none; states are how many of its
   * signals stand where, null when that is not known.
   */
  record Subject(
      SeriesName series,
      Long firstSeenMs,
      Figures figures,
      List<Double> retryTrend,
      Alerts.Badge alert,
      Map<SignalState.Label, Integer> states) {}

  /** silentSeries had no window in the range; moreSeries are beyond the limit. */
  record Subjects(
      @JsonUnwrapped Answer answer,
      List<Subject> subjects,
      int silentSeries,
      int moreSeries,
      boolean alertsKnown) {}
}
