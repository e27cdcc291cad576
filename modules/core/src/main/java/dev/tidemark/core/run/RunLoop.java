package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable.AgentScope;

/**
 * A loop that a run got into. Times are milliseconds since the epoch.
 *
 * @param scope who made the call that completed it
 * @param subject the tool of that call
 * @param calls how many calls it had when it was complete
 * @param startMs start of the first of them
 * @param endMs end of the last of them
 */
public record RunLoop(
    LoopKind kind, AgentScope scope, SeriesNode subject, int calls, long startMs, long endMs) {

  /** Whether it is of the same kind and tool: of such loops a run tells one. */
  boolean same(RunLoop other) {
    return kind == other.kind && subject.same(other.subject);
  }
}
