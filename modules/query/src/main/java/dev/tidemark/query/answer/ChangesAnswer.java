package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was rolled out: versions first seen, and declared changes that alerts carry. */
public final class ChangesAnswer {
  private static final int MOST = 1_000;
  private final StateViews views;
  private final Freshness freshness;

  /** An answer from these views. */
  public ChangesAnswer(StateViews views, Freshness freshness) {
    this.views = views;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route(
        "/api/v1/changes", Set.of("kind", "name", "from", "to", "limit"), this::answer);
  }

  private Object answer(Params params) {
    TimeRange range = params.range("-30d");
    int limit = params.integer("limit", 100, 1, MOST);
    ChangeKind kind = params.oneOf("kind", ChangeKind.class).orElse(null);
    String name = params.text("name").orElse(null);
    var distinct = new LinkedHashMap<String, ChangeEvent>();
    views.firstSeen().values().forEach(change -> distinct.put(change.getChangeId(), change));
    Alerts.readIfReady(views)
        .all()
        .forEach(
            alert ->
                alert.getChanges().forEach(change -> distinct.put(change.getChangeId(), change)));
    List<Map<String, Object>> shown =
        distinct.values().stream()
            .filter(change -> kind == null || change.getKind() == kind)
            .filter(change -> name == null || name.equals(change.getName()))
            .filter(change -> !change.getVersion().isEmpty())
            .filter(
                change -> change.getTimeMs() >= range.fromMs() && change.getTimeMs() < range.toMs())
            .sorted(
                Comparator.comparingLong(ChangeEvent::getTimeMs)
                    .reversed()
                    .thenComparing(ChangeEvent::getChangeId))
            .limit(limit)
            .map(AvroJson::of)
            .toList();
    return new Changes(freshness.answer(range), shown);
  }

  /** Newest first. */
  record Changes(@JsonUnwrapped Answer answer, List<Map<String, Object>> changes) {}
}
