package dev.tidemark.testkit.oracle;

import dev.tidemark.records.RetryOrigin;
import dev.tidemark.records.SeriesKey;
import java.util.List;

/**
 * An attempt among those of its run.
 *
 * @param operation number of its operation; the attempts of one operation share it
 * @param first whether it is the first of its operation
 * @param origin how it is known to be a retry; NONE when it is not
 * @param identical whether its actor had sent the same arguments to the same target before
 * @param repeat whether it is identical to a call that had succeeded, and no retry
 * @param recovered whether it succeeded after trouble in its operation
 */
record Attempt(
    SpanFact fact,
    int operation,
    boolean first,
    RetryOrigin origin,
    boolean identical,
    boolean repeat,
    boolean recovered) {

  boolean retry() {
    return origin != RetryOrigin.NONE;
  }

  /** Same side of the conversation, same kind of call. */
  boolean sameCaller(SpanFact other) {
    return fact.span().getActor() == other.span().getActor() && fact.tool() == other.tool();
  }

  /** The series in which it is an attempt; a model call is none for the agent and the fleet. */
  List<SeriesKey> countedIn() {
    return fact.tool() ? series() : series().subList(0, 1);
  }

  /** Its subject first, then the agent and the fleet. */
  List<SeriesKey> series() {
    SeriesKeys keys = SeriesKeys.of(fact.span());
    SeriesKey subject =
        fact.tool()
            ? keys.tool(fact.target(), fact.span().getToolVersion())
            : keys.model(fact.target(), fact.span().getModelBackend());
    return List.of(subject, keys.agentSeries(), keys.fleet());
  }
}
