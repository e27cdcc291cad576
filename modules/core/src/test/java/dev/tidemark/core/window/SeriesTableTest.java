package dev.tidemark.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many series a tenant may have, and where the rest is counted. */
class SeriesTableTest {
  private static final int CAP = 100;
  private final SeriesTable table = new SeriesTable(CAP);

  private SeriesTable.AgentScope agent(String tenant) {
    return table.scope(new Series.Scope(tenant, "production", "desk", "1"));
  }

  /** R22: a version that is new with every call ends in one series of the same agent. */
  @Test
  void shouldCountVersionsBeyondTheCapTogether() {
    SeriesTable.AgentScope agent = agent("acme");
    Set<SeriesNode> nodes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      nodes.add(agent.node(agent.scope().tool("search", "1.0." + i)));
    }
    SeriesNode rest = agent.node(agent.scope().tool("search", "one more"));

    assertThat(nodes).hasSize(CAP).contains(rest);
    assertThat(rest.series().kept()).isFalse();
    assertThat(table.takeOverflowed()).isEqualTo(10_000 - (CAP - 1) + 1);
    assertThat(table.takeOverflowed()).isZero();
  }

  @Test
  void shouldLeaveOtherTenantsTheirRoom() {
    SeriesTable.AgentScope full = agent("acme");
    for (int i = 0; i < 1_000; i++) {
      full.node(full.scope().tool("tool-" + i, null));
    }
    SeriesTable.AgentScope other = agent("globex");

    assertThat(other.node(other.scope().tool("search", "1")).series().kept()).isTrue();
  }
}
