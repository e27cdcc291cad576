package dev.tidemark.query.answer;

import dev.tidemark.query.http.Params;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Outcome;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Which runs are asked for. */
final class RunFilter {
  static final Set<String> PARAMETERS =
      Set.of(
          "limit",
          "cursor",
          "from",
          "to",
          "agent",
          "tool",
          "version",
          "outcome",
          "hasRetry",
          "hasDenial",
          "silentRecovery",
          "succeeded");

  private RunFilter() {}

  /** Reads the filters; all have to hold. */
  static Predicate<AgentRun> of(Params params) {
    String tool = params.text("tool").orElse(null);
    Predicate<AgentRun> filter = run -> true;
    if (params.text("from").isPresent() || params.text("to").isPresent()) {
      var range = params.range("-30d");
      filter = filter.and(run -> run.getEndMs() >= range.fromMs() && run.getEndMs() < range.toMs());
    }
    if (tool != null) {
      filter = filter.and(run -> run.getToolVersions().containsKey(tool));
    }
    if (params.text("agent").isPresent()) {
      String agent = params.text("agent").get();
      filter = filter.and(run -> run.getAgentName().equals(agent));
    }
    if (params.text("version").isPresent()) {
      String version = params.text("version").get();
      filter = filter.and(run -> hasVersion(run, tool, version));
    }
    if (params.text("outcome").isPresent()) {
      Outcome outcome = params.oneOf("outcome", Outcome.class).orElseThrow();
      filter = filter.and(run -> run.getOutcome() == outcome);
    }
    return filter
        .and(flag(params, "hasRetry", run -> run.getRetries() > 0))
        .and(flag(params, "hasDenial", run -> run.getToolDenied() > 0))
        .and(flag(params, "silentRecovery", AgentRun::getSilentRecovery))
        .and(flag(params, "succeeded", run -> Boolean.TRUE.equals(run.getSucceeded())));
  }

  private static Predicate<AgentRun> flag(
      Params params, String name, Predicate<AgentRun> property) {
    return params
        .flag(name)
        .<Predicate<AgentRun>>map(wanted -> run -> property.test(run) == wanted)
        .orElse(run -> true);
  }

  private static boolean hasVersion(AgentRun run, String tool, String version) {
    return Objects.equals(run.getAgentVersion(), version)
        || (tool == null
            ? run.getToolVersions().containsValue(version)
            : version.equals(run.getToolVersions().get(tool)));
  }
}
