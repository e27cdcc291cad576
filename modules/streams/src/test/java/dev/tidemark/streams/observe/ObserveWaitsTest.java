package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.Events;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.wire.Partitioning;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request in one source partition, its decision in another; windows of 15 s from T0. */
class ObserveWaitsTest {
  private static final long T0 = Spans.T0;
  private final ObserveRig rig =
      new ObserveRig(
          ObserveConfig.of(2, 2).withClock(ObserveConfig.ArrivalClock.PRODUCER), List.of());

  private static String traceIn(int partition) {
    return IntStream.range(0, 100)
        .mapToObj(i -> Ids.trace("run" + i))
        .filter(trace -> Partitioning.trace(trace, 2) == partition)
        .findFirst()
        .orElseThrow();
  }

  private void arrives(LogEntry entry) {
    rig.append(entry);
    rig.read(entry.partition(), entry.topic());
  }

  private void requested(long atMs) {
    Events event = Events.approvalRequested(traceIn(0), "asked", "d").tool("refund");
    arrives(LogEntry.of(event.timeMs(T0 + atMs).build(), 0, 0, T0 + atMs));
  }

  private void decided(long atMs) {
    Events event = Events.approvalDecided(traceIn(1), "said", "d", HumanDecision.APPROVED);
    arrives(LogEntry.of(event.timeMs(T0 + atMs).build(), 1, 0, T0 + atMs));
  }

  private void heartbeats(int partition, long atMs) {
    for (LogEntry.Topic topic : LogEntry.Topic.values()) {
      arrives(LogEntry.heartbeat(topic, partition, 0, T0 + atMs));
    }
  }

  private List<WindowRecord> waits() {
    for (int partition = 0; partition < 2; partition++) {
      rig.join(partition, Integer.MAX_VALUE);
    }
    for (int partition = 0; partition < 2; partition++) {
      rig.merge(partition, Integer.MAX_VALUE);
    }
    return rig.windows().stream().filter(w -> w.getHumanWait() != null).toList();
  }

  @Test
  void shouldCountTheWaitAtTheRequestInTheWindowOfTheDecision() {
    requested(1_000);
    decided(21_000);
    heartbeats(0, 45_000);
    heartbeats(1, 45_000);

    assertThat(waits())
        .hasSize(3)
        .allSatisfy(
            window -> {
              assertThat(window.getWindowStartMs()).isEqualTo(T0 + 15_000);
              assertThat(window.getHumanWait().getSum()).isEqualTo(20_000_000);
              assertThat(window.getRevision()).isZero();
            })
        .extracting(w -> w.getSeries().getSubjectKind() + " " + w.getSeries().getSubjectName())
        .containsExactlyInAnyOrder("TOOL refund", "AGENT agent", "FLEET *");
  }

  /** The request's partition is read last; nothing closes before. */
  @Test
  void shouldWaitForTheRequestsPartition() {
    decided(21_000);
    heartbeats(1, 45_000);
    assertThat(waits()).isEmpty();
    assertThat(rig.windows()).isEmpty();

    requested(1_000);
    heartbeats(0, 45_000);
    assertThat(waits()).hasSize(3).allSatisfy(w -> assertThat(w.getRevision()).isZero());
  }

  @Test
  void shouldNotCloseBeforeTheJoinHasSpoken() {
    requested(1_000);
    decided(21_000);
    heartbeats(0, 45_000);
    heartbeats(1, 45_000);
    rig.join(0, Integer.MAX_VALUE);
    rig.merge(0, Integer.MAX_VALUE);
    rig.merge(1, Integer.MAX_VALUE);
    assertThat(rig.windows()).isEmpty();

    assertThat(waits()).hasSize(3);
  }

  @Test
  void shouldSendNothingButOneWatermarkPerWindowWithoutHumans() {
    for (long atMs = 15_000; atMs <= 75_000; atMs += 500) {
      heartbeats(0, atMs);
      heartbeats(1, atMs);
      rig.beat(0);
      rig.beat(1);
    }

    for (int partition = 0; partition < 2; partition++) {
      List<byte[]> frames = rig.correlations(partition);
      assertThat(frames).hasSize(2 * 5).allSatisfy(f -> assertThat(f).hasSize(Frames.HEAD));
    }
    assertThat(waits()).isEmpty();
    assertThat(rig.windows()).isEmpty();
  }
}
