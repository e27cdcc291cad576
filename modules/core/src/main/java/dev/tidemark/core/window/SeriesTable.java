package dev.tidemark.core.window;

import dev.tidemark.core.hash.Slices;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The series of one task, found by the bytes that name them. A tenant may have so many; what comes
 * beyond is counted in overflow series of the same agent, so that sums are conserved, and beyond so
 * many tenants the next ones share one name. Series that fall silent make room. Not thread-safe.
 */
public final class SeriesTable {
  private static final int TENANTS = 1_000;

  private final int cap;
  private final Slices<AgentScope> byBytes = new Slices<>();
  private final Map<Series.Scope, AgentScope> scopes = new HashMap<>();
  private final Map<String, Tenant> tenants = new HashMap<>();
  private long overflowed;

  /** Series and environments of one tenant. */
  private static final class Tenant {
    private final Map<String, SeriesNode> fleets = new HashMap<>();
    private final Map<String, SeriesNode> overflowAgents = new HashMap<>();
    private int series;
  }

  /**
   * @param cap series per tenant
   */
  public SeriesTable(int cap) {
    this.cap = cap;
  }

  /** One agent version of a tenant and environment, and the series of its subjects. */
  public final class AgentScope {
    private final Series.Scope scope;
    private final Tenant tenant;
    private final SeriesNode agent;
    private final SeriesNode fleet;
    private final Slices<SeriesNode> tools = new Slices<>();
    private final Slices<SeriesNode> models = new Slices<>();
    private final Map<Series, SeriesNode> subjects = new HashMap<>();
    private final Map<SubjectKind, SeriesNode> overflow = new HashMap<>();
    private String prompt;
    private Series promptSeries;
    private boolean gone;

    private AgentScope(Series.Scope scope) {
      this.scope = scope;
      this.tenant = tenants.computeIfAbsent(scope.tenant(), t -> new Tenant());
      this.fleet =
          tenant.fleets.computeIfAbsent(
              scope.environment(), e -> new SeriesNode(scope.fleet(), null));
      if (tenant.series < cap) {
        tenant.series++;
        this.agent = new SeriesNode(scope.agent(), fleet);
      } else {
        overflowed++;
        this.agent =
            tenant.overflowAgents.computeIfAbsent(
                scope.environment(), e -> new SeriesNode(scope.agent().overflow(), fleet));
      }
    }

    /** Tenant, environment, agent and version. */
    public Series.Scope scope() {
      return scope;
    }

    /** What stands for a version of the agent's prompt. */
    public Series prompt(String version) {
      if (!version.equals(prompt)) {
        prompt = version;
        promptSeries = scope.promptVersion(Names.normalized(version));
      }
      return promptSeries;
    }

    /** The series of the agent version. */
    public SeriesNode agent() {
      return agent;
    }

    /** The series of the tenant's environment. */
    public SeriesNode fleet() {
      return fleet;
    }

    /** A tool by the bytes that name it and its version, or null when they are new. */
    public SeriesNode tool(byte[] bytes, int from, int to) {
      return tools.get(bytes, from, to);
    }

    /** A model by the bytes that name it and its backend, or null when they are new. */
    public SeriesNode model(byte[] bytes, int from, int to) {
      return models.get(bytes, from, to);
    }

    /** A tool under the bytes that name it; {@code version} may be null. */
    public SeriesNode tool(byte[] bytes, int from, int to, String name, String version) {
      SeriesNode node = node(scope.tool(name, version));
      if (node.series().kept()) {
        tools.put(bytes, from, to, node);
      }
      return node;
    }

    /** A model under the bytes that name it; {@code backend} may be null. */
    public SeriesNode model(byte[] bytes, int from, int to, String name, String backend) {
      SeriesNode node = node(scope.model(name, backend));
      if (node.series().kept()) {
        models.put(bytes, from, to, node);
      }
      return node;
    }

    /** The series of a subject of this agent. */
    public SeriesNode node(Series series) {
      SeriesNode known = subjects.get(series);
      if (known != null) {
        return known;
      }
      SeriesNode parent = series.kind() == SubjectKind.POLICY ? null : agent;
      if (!series.kept() || tenant.series >= cap) {
        overflowed++;
        return overflow.computeIfAbsent(
            series.kind(), k -> new SeriesNode(series.overflow(), parent));
      }
      tenant.series++;
      SeriesNode node = new SeriesNode(series, parent);
      subjects.put(series, node);
      return node;
    }

    private boolean sweep(long beforeMs) {
      List<Series> silent = new ArrayList<>();
      subjects.forEach(
          (series, node) -> {
            if (node.idle(beforeMs)) {
              silent.add(series);
            }
          });
      if (!silent.isEmpty()) {
        tools.removeIf(node -> node.idle(beforeMs));
        models.removeIf(node -> node.idle(beforeMs));
        subjects.keySet().removeAll(silent);
        tenant.series -= silent.size();
      }
      boolean empty = subjects.isEmpty() && agent.idle(beforeMs);
      if (empty && agent.series().kept()) {
        tenant.series--;
      }
      gone = empty;
      return empty;
    }
  }

  /** The scope that {@code bytes[from, to)} name, or null when they are new. */
  public AgentScope scope(byte[] bytes, int from, int to) {
    return byBytes.get(bytes, from, to);
  }

  /** A scope under the bytes that name it. */
  public AgentScope scope(byte[] bytes, int from, int to, Series.Scope scope) {
    AgentScope made = scope(scope);
    byBytes.put(bytes, from, to, made);
    return made;
  }

  /** A scope by its names. */
  public AgentScope scope(Series.Scope scope) {
    Series.Scope held =
        tenants.containsKey(scope.tenant()) || tenants.size() < TENANTS
            ? scope
            : new Series.Scope(
                Series.OVERFLOW, scope.environment(), Series.OVERFLOW, Series.UNKNOWN);
    AgentScope known = scopes.get(held);
    if (known == null) {
      known = new AgentScope(held);
      scopes.put(held, known);
    }
    return known;
  }

  /** Makes room: forgets series in which nothing was counted since {@code beforeMs}. */
  public void sweep(long beforeMs) {
    boolean any = false;
    for (Iterator<AgentScope> all = scopes.values().iterator(); all.hasNext(); ) {
      if (all.next().sweep(beforeMs)) {
        all.remove();
        any = true;
      }
    }
    if (any) {
      byBytes.removeIf(scope -> scope.gone);
      tenants.values().removeIf(tenant -> tenant.series == 0);
    }
  }

  /** Series that found no room since this was last asked. */
  public long takeOverflowed() {
    long count = overflowed;
    overflowed = 0;
    return count;
  }
}
