package dev.tidemark.query.answer;

import dev.tidemark.query.http.TimeRange;
import dev.tidemark.query.view.NotReadyException;
import dev.tidemark.query.view.StateViews;
import java.time.InstantSource;
import java.util.OptionalLong;

/** How fresh the views are, and what 'now' means in a question. Thread-safe. */
public final class Freshness {
  private final StateViews views;
  private final InstantSource clock;

  /** The clock is only shown, and stands in for event time before the first window. */
  public Freshness(StateViews views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  /** End of the newest closed window; the wall clock before the first one. */
  public long nowMs() {
    try {
      return views.newestWindowEndMs().orElseGet(clock::millis);
    } catch (NotReadyException e) {
      return clock.millis();
    }
  }

  Answer answer(TimeRange range) {
    OptionalLong newest;
    try {
      newest = views.newestWindowEndMs();
    } catch (NotReadyException e) {
      newest = OptionalLong.empty();
    }
    return new Answer(
        newest.isPresent() ? newest.getAsLong() : null, clock.millis(), views.partial(), range);
  }
}
