package dev.tidemark.fleet;

import dev.tidemark.records.Outcome;

/** What the recorded ends of runs mean. */
final class Ending {
  private Ending() {}

  static Outcome outcome(String term) {
    return switch (term == null ? "" : term) {
      case "completed", "user_stop", "Submitted" -> Outcome.OK;
      case "run_error", "provider_error", "agent_error", "too_many_errors" -> Outcome.ERROR;
      case "max_steps" -> Outcome.TIMEOUT;
      default -> Outcome.UNKNOWN;
    };
  }
}
