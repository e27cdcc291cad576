package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.view.StateViews;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What this instance can answer at this moment. */
public final class StatusAnswer {
  private final StateViews views;
  private final Freshness freshness;
  private final Supplier<Map<String, String>> reasons;

  /** An answer from these views; {@code reasons} are those of readiness. */
  public StatusAnswer(
      StateViews views, Freshness freshness, Supplier<Map<String, String>> reasons) {
    this.views = views;
    this.freshness = freshness;
    this.reasons = reasons;
  }

  /** Its path. */
  public Route route() {
    return new Route("/api/v1/status", Set.of(), this::answer);
  }

  private Object answer(Params params) {
    return new Status(freshness.answer(null), views.states(), reasons.get());
  }

  /** State of every store, and what readiness says. */
  record Status(
      @JsonUnwrapped Answer answer, Map<String, String> stores, Map<String, String> readiness) {}
}
