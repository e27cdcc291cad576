package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.core.run.RunAttempts;
import dev.tidemark.query.http.ApiException;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.view.SpanReader;
import dev.tidemark.query.view.StateViews;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run: its summary and its spans read back from where they arrived. */
public final class RunAnswer {
  private static final int SHOWN = 5_000;
  private final StateViews views;
  private final SpanReader reader;
  private final Freshness freshness;

  /** An answer from these views and this reader. */
  public RunAnswer(StateViews views, SpanReader reader, Freshness freshness) {
    this.views = views;
    this.reader = reader;
    this.freshness = freshness;
  }

  /** Its path. */
  public Route route() {
    return new Route("/api/v1/runs/{traceId}", Set.of(), this::answer);
  }

  private Object answer(Params params) {
    String traceId = params.required("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    AgentRun run =
        views
            .run(traceId)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "there is no run '" + traceId + "'",
                        "it may still be going (runs are shown once they have ended) or its"
                            + " retention is over; see /api/v1/runs"));
    SpanReader.Records records = reader.read(run);
    List<Waterfall.Row> rows = Waterfall.of(records.spans());
    List<Waterfall.Row> shown = rows.subList(0, Math.min(rows.size(), SHOWN));
    Map<String, RunAttempts.Place> attempts =
        RunAttempts.of(shown.stream().map(Waterfall.Row::span).toList());
    Set<String> critical = Set.copyOf(run.getCriticalPath());
    var json = new ArrayList<SpanRow>();
    for (Waterfall.Row row : shown) {
      String id = row.span().getSpanId();
      json.add(
          new SpanRow(
              id,
              row.depth(),
              row.place().name(),
              row.copies(),
              attempts.get(id),
              critical.contains(id),
              Waterfall.startMs(row.span()),
              row.span().getDurationUs(),
              AvroJson.of(row.span())));
    }
    return new RunDetail(
        freshness.answer(null),
        RunLine.of(run),
        CaseSummary.of(run),
        new Span(edge(shown, true), edge(shown, false)),
        json,
        records.events().stream().map(AvroJson::of).toList(),
        new Missing(
            records.expected(),
            records.expired(),
            records.unread(),
            rows.size() - shown.size(),
            records.note()));
  }

  private static Long edge(List<Waterfall.Row> rows, boolean first) {
    var times =
        rows.stream()
            .map(Waterfall.Row::span)
            .mapToLong(first ? Waterfall::startMs : AgentSpan::getEndMs);
    var edge = first ? times.min() : times.max();
    return edge.isPresent() ? edge.getAsLong() : null;
  }

  /** A row of the waterfall; span is the record under the names of its schema. */
  record SpanRow(
      String spanId,
      int depth,
      String place,
      int copies,
      RunAttempts.Place attempt,
      boolean critical,
      long startMs,
      Long durationUs,
      Map<String, Object> span) {}

  /** From the first start to the last end among the rows; null without rows. */
  record Span(Long startMs, Long endMs) {}

  /** What is not shown: note says why, null when all is there. */
  record Missing(long expected, long expired, long unread, int beyondLimit, String note) {}

  /** The whole answer; caseSummary has the columns of {@link CaseSummary}. */
  record RunDetail(
      @JsonUnwrapped Answer answer,
      RunLine run,
      Map<String, Map<String, Object>> caseSummary,
      Span extent,
      List<SpanRow> rows,
      List<Map<String, Object>> events,
      Missing missing) {}
}
