package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.query.http.ApiException;
import dev.tidemark.query.http.Deadline;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.AgentRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs, newest first, a page at a time. */
public final class RunsAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST = 500;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,15})\\.(.{1,200})");
  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparingLong(Place::endMs).reversed().thenComparing(Place::traceId);
  private final StateViews views;
  private final Freshness freshness;

  /** An answer from these views. */
  public RunsAnswer(StateViews views, Freshness freshness) {
    this.views = views;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route("/api/v1/runs", RunFilter.PARAMETERS, this::answer);
  }

  private Object answer(Params params) {
    int limit = params.integer("limit", 50, 1, MOST);
    Place after = params.text("cursor").map(RunsAnswer::place).orElse(null);
    Predicate<AgentRun> filter = RunFilter.of(params);
    Deadline deadline = Deadline.in(LIMIT);
    var newest = new PriorityQueue<AgentRun>(limit + 2, byPlace().reversed());
    long[] seen = {0, 0};
    views.runs(
        run -> {
          deadline.check();
          seen[0]++;
          if (filter.test(run)) {
            seen[1]++;
            if (after == null || NEWEST_FIRST.compare(Place.of(run), after) > 0) {
              newest.add(run);
              if (newest.size() > limit + 1) {
                newest.remove();
              }
            }
          }
        });
    var page = new ArrayList<>(newest);
    page.sort(byPlace());
    boolean more = page.size() > limit;
    List<AgentRun> shown = more ? page.subList(0, limit) : page;
    return new Runs(
        freshness.answer(null),
        seen[0],
        seen[1],
        more ? Place.of(shown.get(limit - 1)).cursor() : null,
        shown.stream().map(RunLine::of).toList());
  }

  private static Comparator<AgentRun> byPlace() {
    return Comparator.comparing(Place::of, NEWEST_FIRST);
  }

  private static Place place(String cursor) {
    Matcher parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw ApiException.badParameter(
          "cursor", cursor, "a nextCursor of this API", "leave it out for the first page");
    }
    return new Place(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** Where a run stands in the order. */
  private record Place(long endMs, String traceId) {
    static Place of(AgentRun run) {
      return new Place(run.getEndMs(), run.getTraceId());
    }

    String cursor() {
      return endMs + "." + traceId;
    }
  }

  /** kept counts all runs, matching those the filters accept; nextCursor is null at the end. */
  record Runs(
      @JsonUnwrapped Answer answer,
      long kept,
      long matching,
      String nextCursor,
      List<RunLine> runs) {}
}
