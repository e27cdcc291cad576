package dev.tidemark.fleet;

import java.util.List;

/** One recorded run: its first line, its steps in order and its last line. Immutable. */
public final class RecordedRun {
  private final List<RecordedStep> steps;

  RecordedRun(List<RecordedStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Id in the recording, such as {@code tau2-f5ce9278c0ac}. */
  public String id() {
    return first().run();
  }

  /** Version of the agent in the recording. */
  public String version() {
    return first().version();
  }

  /** All lines, ascending. */
  List<RecordedStep> steps() {
    return steps;
  }

  RecordedStep first() {
    return steps.get(0);
  }

  RecordedStep last() {
    return steps.get(steps.size() - 1);
  }

  /** Whether the last 12 hex digits of the id are an even number: how the data is halved. */
  boolean isEven() {
    String id = id();
    return Long.parseLong(id, id.length() - 12, id.length(), 16) % 2 == 0;
  }
}
