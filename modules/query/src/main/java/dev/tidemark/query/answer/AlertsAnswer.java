package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.query.http.ApiException;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.Alert;
import dev.tidemark.records.Exemplar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts: all of them, and one with the runs that show it. */
public final class AlertsAnswer {
  private static final int MOST = 500;
  private final StateViews views;
  private final Freshness freshness;

  /** Answers from these views. */
  public AlertsAnswer(StateViews views, Freshness freshness) {
    this.views = views;
    this.freshness = freshness;
  }

  /** Their paths. */
  public List<Route> routes() {
    return List.of(
        new Route("/api/v1/alerts", Set.of("status", "folded", "limit"), this::list),
        new Route("/api/v1/alerts/{alertKey}", Set.of(), this::one));
  }

  private Object list(Params params) {
    String status = params.word("status", List.of("all", "firing", "resolved"));
    int limit = params.integer("limit", 100, 1, MOST);
    Alerts alerts = Alerts.read(views);
    boolean folded = params.flag("folded").orElse(false);
    var lines = new HashMap<String, AlertLine>();
    var under = new HashMap<String, String>();
    for (AlertLine line : alerts.lines()) {
      String key = line.alert().getAlertKey();
      lines.put(key, line);
      line.below().forEach(alert -> under.put(alert.getAlertKey(), key));
    }
    List<Alert> asked =
        alerts.all().stream()
            .filter(alert -> status.equals("all") || status.equals("firing") == isOpen(alert))
            .toList();
    List<Map<String, Object>> shown =
        asked.stream()
            .filter(alert -> !folded || lines.containsKey(alert.getAlertKey()))
            .limit(limit)
            .map(alert -> line(alert, lines.get(alert.getAlertKey()), under))
            .toList();
    long below = asked.stream().filter(alert -> under.containsKey(alert.getAlertKey())).count();
    return new AlertList(
        freshness.answer(null),
        alerts.open().size(),
        alerts.openLines().size(),
        alerts.all().size(),
        below,
        shown);
  }

  private Object one(Params params) {
    String key = params.required("alertKey", "0123456789abcdef0123456789abcdef");
    Alert alert =
        views
            .alert(key)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "there is no alert '" + key + "'", "see /api/v1/alerts for all of them"));
    var runs = new ArrayList<ExemplarRun>();
    alert.getExemplars().forEach(exemplar -> runs.add(run(exemplar, false)));
    alert.getExemplarsBefore().forEach(exemplar -> runs.add(run(exemplar, true)));
    return new AlertDetail(freshness.answer(null), json(alert), runs);
  }

  private ExemplarRun run(Exemplar exemplar, boolean before) {
    RunLine line;
    try {
      line = views.run(exemplar.getTraceId()).map(RunLine::of).orElse(null);
    } catch (NotReadyException e) {
      line = null;
    }
    return new ExemplarRun(
        exemplar.getTraceId(),
        exemplar.getSpanId(),
        exemplar.getCategory(),
        exemplar.getTimeMs(),
        before,
        line);
  }

  /** With its place among the others: the alert it is folded into, and how many it holds. */
  private static Map<String, Object> line(Alert alert, AlertLine line, Map<String, String> under) {
    Map<String, Object> json = json(alert);
    json.put("under", under.get(alert.getAlertKey()));
    json.put("below", line == null ? 0 : line.below().size());
    json.put("loopingRuns", line == null ? 0 : line.loopingRuns());
    return json;
  }

  private static Map<String, Object> json(Alert alert) {
    Map<String, Object> json = AvroJson.of(alert);
    json.put("open", isOpen(alert));
    return json;
  }

  private static boolean isOpen(Alert alert) {
    return Alerts.isOpen(alert);
  }

  /**
   * open, openLines and total count all alerts, below those asked for that stand below another one;
   * not only those shown.
   */
  record AlertList(
      @JsonUnwrapped Answer answer,
      int open,
      int openLines,
      int total,
      long below,
      List<Map<String, Object>> alerts) {}

  /** A run that shows the alert; run is null when its summary is not kept any more. */
  record ExemplarRun(
      String traceId, String spanId, String category, long timeMs, boolean before, RunLine run) {}

  /** The alert under the names of its schema. */
  record AlertDetail(
      @JsonUnwrapped Answer answer, Map<String, Object> alert, List<ExemplarRun> exemplarRuns) {}
}
