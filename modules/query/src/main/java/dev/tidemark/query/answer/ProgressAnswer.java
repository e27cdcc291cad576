package dev.tidemark.query.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidemark.query.http.Params;
import dev.tidemark.query.http.Route;
import dev.tidemark.query.view.StateViews;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** How far event time has come, partition by partition, and what the closing of windows awaits. */
public final class ProgressAnswer {
  private final StateViews views;
  private final Freshness freshness;
  private final Supplier<Optional<String>> blocked;

  /** An answer from these views; {@code blocked} says why nothing closes. */
  public ProgressAnswer(StateViews views, Freshness freshness, Supplier<Optional<String>> blocked) {
    this.views = views;
    this.freshness = freshness;
    this.blocked = blocked;
  }

  /** Its path. */
  public Route route() {
    return new Route("/api/v1/progress", Set.of(), this::answer);
  }

  private Object answer(Params params) {
    Closing closing = Closing.of(views.progress());
    Answer fresh = freshness.answer(null);
    return new Progress(
        fresh,
        closing.closedUpToMs(),
        behind(fresh, closing.closedUpToMs()),
        closing.sources().stream()
            .map(each -> new Source(each, behind(fresh, each.watermarkMs())))
            .toList(),
        closing.subjects(),
        closing.waitsFor(),
        closing.waitsForJoins(),
        blocked.get().orElse(null));
  }

  private static Long behind(Answer fresh, Long eventMs) {
    return eventMs == null ? null : fresh.serverTimeMs() - eventMs;
  }

  /** A source partition and how far its event time is behind the wall clock. */
  record Source(@JsonUnwrapped Closing.Source source, Long behindMs) {}

  /** behindMs is wall clock less event time; blocked is null while windows close. */
  record Progress(
      @JsonUnwrapped Answer answer,
      Long closedUpToMs,
      Long behindMs,
      List<Source> sources,
      List<Closing.Subject> subjects,
      List<Integer> waitsFor,
      List<Integer> waitsForJoins,
      String blocked) {}
}
