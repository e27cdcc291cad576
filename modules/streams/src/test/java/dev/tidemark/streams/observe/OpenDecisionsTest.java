package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.human.DecisionKey;
import dev.tidemark.core.human.HumanFact;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.streams.topology.Counts;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Windows and lateness of 15 s, horizon 1 h, human horizon 24 h. */
class OpenDecisionsTest {
  private static final long T = 1_790_000_010_000L;
  private static final long HOUR = 3_600_000;
  private static final long LATE = 15_000;
  private static final ObserveConfig CONFIG = ObserveConfig.of(1, 1);

  private final MockProcessorContext<Object, Object> context = context();
  private final KeyValueStore<String, byte[]> store = store();
  private Combiner windows = new Combiner(15_000, LATE);
  private OpenDecisions open = open(new DecisionLimits(10, 6, 4));

  private static MockProcessorContext<Object, Object> context() {
    Properties properties = new Properties();
    properties.put("application.id", "decisions");
    properties.put("bootstrap.servers", "none:9092");
    properties.put("processing.exception.handler.global.enabled", "true");
    return new MockProcessorContext<>(properties, new TaskId(2, 0), new File("target"));
  }

  private KeyValueStore<String, byte[]> store() {
    KeyValueStore<String, byte[]> made =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("decisions"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    made.init(context.getStateStoreContext(), made);
    return made;
  }

  private OpenDecisions open(DecisionLimits limits) {
    Counts counts = new Counts(context, "observe");
    return new OpenDecisions(store, CONFIG, limits, new SeriesTable(100), windows, counts);
  }

  private static HumanFact fact(String tenant, String id, boolean decision, long atMs) {
    return new HumanFact(
        DecisionKey.of(tenant, DecisionKey.hash(id), 0, 0),
        decision,
        atMs,
        atMs,
        1,
        atMs,
        true,
        "e",
        new Series.Scope(tenant, "prod", "support", "1"),
        decision ? null : "refund",
        null);
  }

  private void told(HumanFact fact, long arrivalMs) {
    open.add(fact, 1, arrivalMs);
  }

  /** Sums of the waits of the fleet's windows that are complete, in seconds, and corrections. */
  private List<String> sent(long watermark) {
    TreeMap<String, String> sent = new TreeMap<>();
    windows.take(
        watermark,
        (node, start, totals, correction) -> {
          if (node.series().name().equals("*")) {
            var record = totals.toRecord(node.series(), start, start + 15_000);
            var wait = record.getHumanWait();
            sent.put(
                start + (correction ? " corrected" : ""),
                (start - T) / 1000
                    + (correction ? " corrected " : " ")
                    + (wait == null ? 0 : wait.getSum() / 1_000_000));
          }
        });
    return new ArrayList<>(sent.values());
  }

  private double counted(String name) {
    return context.metrics().metrics().entrySet().stream()
        .filter(e -> e.getKey().name().equals(name + "-total"))
        .mapToDouble(e -> (double) e.getValue().metricValue())
        .sum();
  }

  @Test
  void shouldWaitUntilEveryPartitionHasToldWhatArrivedBefore() {
    told(fact("acme", "d", true, T + 9_000), T + 9_000);
    open.join(T + 9_000);
    told(fact("acme", "d", false, T), T + 8_000);
    open.join(T + 9_001);

    assertThat(sent(T + 15_000)).containsExactly("0 9");
  }

  @Test
  void shouldCorrectAClosedWindowByARequestThatComesLate() {
    told(fact("acme", "d", false, T), T);
    told(fact("acme", "d", true, T + 9_000), T + 9_000);
    open.join(T + 30_000);
    assertThat(sent(T + 15_000)).containsExactly("0 9");

    told(fact("acme", "d", false, T + 5_000), T + 30_000);
    open.join(T + 45_000);
    assertThat(sent(T + 30_000)).containsExactly("0 corrected -5");
  }

  @Test
  void shouldTakeBackTheWaitOfARequestThatIsTakenBack() {
    HumanFact request = fact("acme", "d", false, T);
    told(request, T);
    told(fact("acme", "d", true, T + 9_000), T + 9_000);
    open.add(request, -1, T + 20_000);
    open.join(T + 30_000);

    assertThat(sent(T + 15_000)).isEmpty();
  }

  @Test
  void shouldCountAgainAfterARestartWhatStandsInOpenWindows() {
    told(fact("acme", "d", false, T), T);
    told(fact("acme", "d", true, T + 14_000), T + 14_000);
    told(fact("acme", "d", true, T + 16_000), T + 16_000);
    told(fact("acme", "d", true, T + 17_000), T + 31_000);
    open.join(T + 30_000);
    assertThat(sent(T + 15_000)).containsExactly("0 14");

    windows = new Combiner(15_000, LATE);
    windows.resumeAt(T + 15_000);
    open = open(DecisionLimits.DEFAULT);
    open.restore(T + 15_000, T + 30_000);
    open.join(T + 45_000);
    assertThat(sent(T + 30_000)).containsExactly("15 33");
  }

  @Test
  void shouldLeaveOutAndCountWhatIsBeyondALimit() {
    for (int i = 0; i < 5; i++) {
      told(fact("acme", "one", false, T + i), T + i);
    }
    assertThat(counted("unjoined")).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      told(fact("acme", "other" + i, false, T), T);
    }
    assertThat(counted("unjoined")).isEqualTo(2);
    for (int i = 0; i < 6; i++) {
      told(fact("rival", "r" + i, false, T), T);
    }
    assertThat(counted("unjoined")).isEqualTo(4);
  }

  @Test
  void shouldForgetRequestsWhenNothingCanAnswerThemAndMakeRoom() {
    told(fact("acme", "unanswered", false, T), T);
    told(fact("acme", "answered", false, T), T);
    told(fact("acme", "answered", true, T + 1_000), T + 1_000);
    open.join(T + 30_000);
    open.sweep(T + 15_000);
    open.sweep(T + 48 * HOUR);
    assertThat(store.approximateNumEntries()).isEqualTo(2);

    open.sweep(T + 52 * HOUR);
    assertThat(store.approximateNumEntries()).isZero();
    assertThat(counted("requests-unanswered")).isEqualTo(1);
    for (int i = 0; i < 6; i++) {
      told(fact("acme", "new" + i, false, T + 52 * HOUR), T + 52 * HOUR);
    }
    assertThat(counted("unjoined")).isZero();
  }
}
