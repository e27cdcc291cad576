package dev.tidemark.core.window;

import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.ChangeKind;
import dev.tidemark.records.ChangeSource;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What was rolled out when a series is seen for the first time. The same for whoever sees it: where
 * windows are closed it is told, and where they are judged it is known without being read.
 */
public final class Rollout {
  private Rollout() {}

  /** Whether the first window of a series tells a change. */
  public static boolean tells(SeriesKey series) {
    return series.getSubjectKind() != SubjectKind.FLEET
        && !series.getSubjectName().equals(Series.OVERFLOW);
  }

  /**
   * Whether a key stands for a version of a prompt or policy, which has no windows: a series of an
   * agent or a rule has no such version.
   */
  public static boolean versionOnly(SeriesKey key) {
    boolean kind =
        key.getSubjectKind() == SubjectKind.AGENT || key.getSubjectKind() == SubjectKind.POLICY;
    return kind && !key.getToolVersion().isEmpty();
  }

  /** Whether a change is one of what has no windows. */
  public static boolean versionOnly(ChangeEvent change) {
    return change.getKind() == ChangeKind.PROMPT_VERSION
        || (change.getKind() == ChangeKind.POLICY_VERSION
            && !change.getVersion().equals(Series.UNKNOWN));
  }

  /**
   * The change that the first window of a series tells, or the first use of a version without one.
   * A subject that is new to its agent and tells no version is new as version {@code unknown}.
   *
   * @param before the version of the subject in the agent that was first seen last, or null
   */
  public static ChangeEvent of(SeriesKey now, SeriesKey before, long windowStartMs) {
    ChangeKind kind = ChangeKind.AGENT_VERSION;
    String version = now.getAgentVersion();
    String previous = before == null ? null : before.getAgentVersion();
    boolean sameAgent = before == null || before.getAgentVersion().equals(now.getAgentVersion());
    String tool = now.getToolVersion();
    String backend = now.getModelBackend();
    boolean fresh = before == null;
    if (versionOnly(now)) {
      kind = agentItself(now) ? ChangeKind.PROMPT_VERSION : ChangeKind.POLICY_VERSION;
      version = tool;
      previous = fresh ? null : before.getToolVersion();
    } else if (fresh && now.getSubjectKind() == SubjectKind.POLICY) {
      kind = ChangeKind.POLICY_VERSION;
      version = Series.UNKNOWN;
    } else if (fresh && tool.equals(Series.UNKNOWN)) {
      kind = ChangeKind.TOOL_VERSION;
      version = tool;
    } else if (fresh && backend.equals(Series.UNKNOWN)) {
      kind = ChangeKind.MODEL_VERSION;
      version = backend;
    } else if (known(tool) && (sameAgent || !before.getToolVersion().equals(tool))) {
      kind = ChangeKind.TOOL_VERSION;
      version = tool;
      previous = before == null ? null : before.getToolVersion();
    } else if (known(backend) && (sameAgent || !before.getModelBackend().equals(backend))) {
      kind = ChangeKind.MODEL_VERSION;
      version = backend;
      previous = before == null ? null : before.getModelBackend();
    }
    String agent = agentItself(now) ? now.getSubjectName() : now.getAgentName();
    String name = kind == ChangeKind.AGENT_VERSION ? agent : now.getSubjectName();
    boolean named = kind == ChangeKind.POLICY_VERSION && !backend.isEmpty();
    name = named ? backend : name;
    return new ChangeEvent(
        id(now.getTenant(), now.getEnvironment(), kind, name, version),
        now.getTenant(),
        now.getEnvironment(),
        kind,
        name,
        version,
        previous,
        agent,
        now.getSubjectKind().name(),
        now.getSubjectName(),
        windowStartMs,
        ChangeSource.FIRST_SEEN,
        null);
  }

  /** Id of a roll-out: the same for whoever sees or declares it. */
  public static String id(
      String tenant, String environment, ChangeKind kind, String name, String version) {
    String canonical = String.join("\0", tenant, environment, kind.name(), name, version);
    return UUID.nameUUIDFromBytes(canonical.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static boolean agentItself(SeriesKey key) {
    return key.getSubjectKind() == SubjectKind.AGENT;
  }

  private static boolean known(String version) {
    return !version.isEmpty() && !version.equals(Series.UNKNOWN);
  }
}
