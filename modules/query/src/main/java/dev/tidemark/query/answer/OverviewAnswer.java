package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fleet at a glance. */
public final class OverviewAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private final StateViews views;
  private final Freshness freshness;

  /** An answer from these views. */
  public OverviewAnswer(StateViews views, Freshness freshness) {
    this.views = views;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route(
        "/api/v1/overview", Set.of("from", "to", "tenant", "environment"), this::answer);
  }

  private Object answer(Params params) {
    TimeRange range = params.range();
    var filter = SeriesFilter.of(params, SubjectKind.FLEET, null);
    var windows = new SeriesWindows(views, Deadline.in(LIMIT));
    var before = new TimeRange(range.fromMs() - range.lengthMs(), range.fromMs());
    Set<SeriesKey> known = views.firstSeen().keySet();
    Alerts alerts = Alerts.readIfReady(views);
    List<AlertLine> lines = alerts.openLines();
    return new Overview(
        freshness.answer(range),
        windows.total(filter, range).map(Figures::of).orElse(null),
        windows.total(filter, before).map(Figures::of).orElse(null),
        alerts.known() ? alerts.open().size() : null,
        alerts.known() ? lines.size() : null,
        lines.stream().limit(5).map(Alerts.Badge::of).toList(),
        Map.of(
            "agents", count(known, SubjectKind.AGENT),
            "tools", count(known, SubjectKind.TOOL),
            "models", count(known, SubjectKind.MODEL)));
  }

  private static long count(Set<SeriesKey> known, SubjectKind kind) {
    return known.stream()
        .filter(key -> key.getSubjectKind() == kind)
        .map(SeriesKey::getSubjectName)
        .distinct()
        .count();
  }

  /**
   * Figures are null without a window in the range; openAlerts and openLines, which leaves out what
   * stands below another alert, while alerts are not readable.
   */
  record Overview(
      @JsonUnwrapped Answer answer,
      Figures figures,
      Figures before,
      Integer openAlerts,
      Integer openLines,
      List<Alerts.Badge> loudest,
      Map<String, Long> subjects) {}
}
