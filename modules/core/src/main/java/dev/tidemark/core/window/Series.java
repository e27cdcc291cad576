package dev.tidemark.core.window;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.Comparator;
import java.util.Objects;

/**
 * A series as a map key: the same fields as {@link SeriesKey} with a hash computed once. Ordered by
 * its fields so that results never depend on hash order.
 */
public final class Series implements Comparable<Series> {
  /** Name of the series that takes what a cap keeps out. */
  public static final String OVERFLOW = "__overflow__";

  /** A dimension that applies but was not told. */
  public static final String UNKNOWN = "unknown";

  private static final Comparator<Series> ORDER =
      Comparator.comparing((Series s) -> s.tenant)
          .thenComparing(s -> s.environment)
          .thenComparing(s -> s.kind)
          .thenComparing(s -> s.name)
          .thenComparing(s -> s.agentName)
          .thenComparing(s -> s.agentVersion)
          .thenComparing(s -> s.toolVersion)
          .thenComparing(s -> s.modelBackend);

  private final String tenant;
  private final String environment;
  private final SubjectKind kind;
  private final String name;
  private final String agentName;
  private final String agentVersion;
  private final String toolVersion;
  private final String modelBackend;
  private final int hash;

  private Series(
      String tenant,
      String environment,
      SubjectKind kind,
      String name,
      String agentName,
      String agentVersion,
      String toolVersion,
      String modelBackend) {
    this.tenant = tenant;
    this.environment = environment;
    this.kind = kind;
    this.name = name;
    this.agentName = agentName;
    this.agentVersion = agentVersion;
    this.toolVersion = toolVersion;
    this.modelBackend = modelBackend;
    this.hash =
        Objects.hash(
            tenant, environment, kind, name, agentName, agentVersion, toolVersion, modelBackend);
  }

  /** Who acted: the part of a series that its subjects share. */
  public record Scope(String tenant, String environment, String agentName, String agentVersion) {
    /** The tool as this agent version calls it. */
    public Series tool(String name, String version) {
      return new Series(
          tenant,
          environment,
          SubjectKind.TOOL,
          name,
          agentName,
          agentVersion,
          orUnknown(version),
          "");
    }

    /** The model as this agent version calls it. */
    public Series model(String name, String backend) {
      return new Series(
          tenant,
          environment,
          SubjectKind.MODEL,
          name,
          agentName,
          agentVersion,
          "",
          orUnknown(backend));
    }

    /** The policy rule as this agent version meets it. */
    public Series policy(String rule) {
      return new Series(
          tenant, environment, SubjectKind.POLICY, rule, agentName, agentVersion, "", "");
    }

    /** What stands for a version of the agent's prompt: nothing is counted in it. */
    public Series promptVersion(String version) {
      return new Series(
          tenant, environment, SubjectKind.AGENT, agentName, "", "", orUnknown(version), "");
    }

    /**
     * What stands for a version of the policy of a rule: nothing is counted in it.
     *
     * @param policy its id, or null
     */
    public Series policyVersion(String rule, String policy, String version) {
      String id = policy == null ? "" : policy;
      return new Series(
          tenant, environment, SubjectKind.POLICY, rule, agentName, "", orUnknown(version), id);
    }

    /** The agent version itself. */
    public Series agent() {
      return new Series(
          tenant, environment, SubjectKind.AGENT, agentName, "", agentVersion, "", "");
    }

    /** Everything of the tenant in the environment. */
    public Series fleet() {
      return new Series(tenant, environment, SubjectKind.FLEET, "*", "", "", "", "");
    }
  }

  /** The series of a record's key. */
  public static Series of(SeriesKey key) {
    return new Series(
        key.getTenant(),
        key.getEnvironment(),
        key.getSubjectKind(),
        key.getSubjectName(),
        key.getAgentName(),
        key.getAgentVersion(),
        key.getToolVersion(),
        key.getModelBackend());
  }

  /** The series that takes what a cap on this one's tenant keeps out. */
  public Series overflow() {
    return new Series(tenant, environment, kind, OVERFLOW, "", "", "", "");
  }

  /** Whether it is a series of its own, not one that takes what a cap keeps out. */
  public boolean kept() {
    return !name.equals(OVERFLOW);
  }

  public String name() {
    return name;
  }

  public String agentVersion() {
    return agentVersion;
  }

  public String environment() {
    return environment;
  }

  public String toolVersion() {
    return toolVersion;
  }

  public String modelBackend() {
    return modelBackend;
  }

  public String tenant() {
    return tenant;
  }

  public SubjectKind kind() {
    return kind;
  }

  /** The key of this series in a record. */
  public SeriesKey toKey() {
    return new SeriesKey(
        tenant, environment, kind, name, agentName, agentVersion, toolVersion, modelBackend);
  }

  private static String orUnknown(String version) {
    return version == null || version.isEmpty() ? UNKNOWN : version;
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series s && hash == s.hash && ORDER.compare(this, s) == 0;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return toKey().toString();
  }
}
