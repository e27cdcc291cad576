package dev.tidemark.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final Series.Scope SUPPORT = new Series.Scope("t", "prod", "support", "v2");
  private static final int RETRY = 1;
  private static final int FAILED = 2;

  private static WindowTotals calls(int attempts, int errors, long microsEach) {
    WindowTotals totals = new WindowTotals();
    totals.add(Counter.ATTEMPTS, attempts);
    totals.add(Counter.ERRORS, errors);
    totals.addLatency(microsEach, attempts);
    return totals;
  }

  private static WindowRecord record(WindowTotals totals, Series series) {
    return totals.toRecord(series, 0, 15_000);
  }

  @Test
  void shouldNameTheToolsAndModelsOfAnAgent() {
    WindowTotals agent = new WindowTotals();
    agent.takeOver(part(SUPPORT.tool("search", "3")), calls(5, 2, 100));
    agent.takeOver(part(SUPPORT.tool("search", null)), calls(1, 0, 7));
    agent.takeOverModel(part(SUPPORT.model("m", "b")), calls(4, 1, 10));

    var parts = record(agent, SUPPORT.agent()).getParts();
    assertThat(parts).containsOnlyKeys("tool:search@3", "tool:search@unknown", "model:m@b");
    assertThat(parts.get("tool:search@3"))
        .isEqualTo(new PartSums(5L, 0L, 2L, 0L, 0L, 5L, 500L, 0L, 0L, 0L));
    assertThat(agent.get(Counter.ATTEMPTS)).isEqualTo(6);
  }

  @Test
  void shouldNameTheAgentsOfAFleet() {
    WindowTotals fleet = new WindowTotals();
    fleet.takeOver(part(SUPPORT.agent()), calls(5, 2, 100));

    assertThat(record(fleet, SUPPORT.fleet()).getParts()).containsOnlyKeys("agent:support@v2");
  }

  @Test
  void shouldLeaveNothingOfWhatIsTakenBack() {
    WindowTotals agent = new WindowTotals();
    agent.takeOver(part(SUPPORT.tool("search", "3")), calls(1, 1, 50));
    agent.takeOver(part(SUPPORT.tool("search", "3")), calls(-1, -1, 50));

    assertThat(agent.isEmpty()).isTrue();
    assertThat(record(agent, SUPPORT.agent()).getParts()).isEmpty();
  }

  @Test
  void shouldCountRunsByHowOftenTheyUsedAPart() {
    WindowTotals agent = new WindowTotals();
    agent.addRun("tool:search@3", 2, 1);
    agent.addRun("tool:search@3", 5, 1);
    agent.addRun("tool:search@3", 2, -1);

    assertThat(record(agent, SUPPORT.agent()).getParts().get("tool:search@3"))
        .isEqualTo(new PartSums(0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 5L, 25L));
  }

  @Test
  void shouldKeepTheLargestOfEachDimensionAndTheSumOfTheRest() {
    WindowTotals agent = new WindowTotals();
    for (int i = 0; i < 20; i++) {
      agent.takeOver(part(SUPPORT.tool("tool" + (char) ('a' + i), "1")), calls(i / 2 + 1, 0, 1));
      agent.takeOverModel(part(SUPPORT.model("m" + i % 3, null)), calls(1, 0, 1));
    }

    var parts = record(agent, SUPPORT.agent()).getParts();
    assertThat(parts).hasSize(16 + 3).containsKeys("tool:toolt@1", "tool:toolg@1");
    assertThat(parts).doesNotContainKey("tool:toolf@1");
    assertThat(parts.get("tool:__overflow__").getAttempts()).isEqualTo(1 + 1 + 2 + 2 + 3);
    long attempts = parts.values().stream().mapToLong(PartSums::getAttempts).sum();
    assertThat(attempts).isEqualTo(agent.get(Counter.ATTEMPTS) + 20);
  }

  @Test
  void shouldTellWhoCalledAToolOnlyWhenNotAllAreTheAgent() {
    Series tool = SUPPORT.tool("search", "3");
    WindowTotals all = calls(5, 2, 100);
    assertThat(record(all, tool).getParts()).isEmpty();

    all.add(Counter.RETRIES, 1);
    all.addCall("user", RETRY | FAILED, 100, 1);
    var parts = record(all, tool).getParts();
    assertThat(parts.get("actor:user"))
        .isEqualTo(new PartSums(1L, 1L, 1L, 0L, 0L, 1L, 100L, 0L, 0L, 0L));
    assertThat(parts.get("actor:agent"))
        .isEqualTo(new PartSums(4L, 0L, 1L, 0L, 0L, 4L, 400L, 0L, 0L, 0L));
  }

  @Test
  void shouldGoOnFromARecordAsFromTheTotals() {
    Series tool = SUPPORT.tool("search", "3");
    WindowTotals first = calls(5, 2, 100);
    WindowTotals later = calls(2, 1, 30);
    later.addCall("user", FAILED, 30, 1);
    WindowTotals read = new WindowTotals();
    read.add(record(first, tool));
    read.add(record(later, tool));
    first.add(later);

    assertThat(record(read, tool)).isEqualTo(record(first, tool));
    assertThat(record(read, tool).getParts().get("actor:agent").getAttempts()).isEqualTo(6);
  }

  @Test
  void shouldTravelWhole() {
    WindowTotals sent = new WindowTotals();
    for (int i = 0; i < 20; i++) {
      sent.takeOver(part(SUPPORT.tool("tool" + i, "1")), calls(i, 0, 1));
    }
    for (Quantity quantity : Quantity.values()) {
      sent.add(quantity, 7, 2);
      sent.add(quantity, 0, 1);
    }
    ByteWriter out = new ByteWriter();
    PartialCodec.write(out, sent);
    WindowTotals received = new WindowTotals();
    for (int i = 0; i < 2; i++) {
      byte[] bytes = out.toBytes();
      PartialCodec.addTo(received, new ByteReader().on(bytes, 0, bytes.length));
    }
    sent.add(copy(out));

    assertThat(record(received, SUPPORT.agent())).isEqualTo(record(sent, SUPPORT.agent()));
    assertThat(record(received, SUPPORT.agent()).getSteps().getZeroCount()).isEqualTo(2);
  }

  private static WindowTotals copy(ByteWriter out) {
    byte[] bytes = out.toBytes();
    WindowTotals copy = new WindowTotals();
    PartialCodec.addTo(copy, new ByteReader().on(bytes, 0, bytes.length));
    return copy;
  }

  @Test
  void shouldPutWhatACapKeptOutIntoTheRest() {
    assertThat(List.of(SUPPORT.tool("x", "1").overflow(), SUPPORT.agent().overflow()))
        .extracting(Dimension::part)
        .containsExactly("tool:__overflow__", "agent:__overflow__");
  }

  private static String part(Series series) {
    return Dimension.part(series);
  }
}
