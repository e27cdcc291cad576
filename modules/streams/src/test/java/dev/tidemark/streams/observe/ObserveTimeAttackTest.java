package dev.tidemark.streams.observe;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.OracleConfig;
import dev.tidemark.testkit.oracle.ShapedLog;
import dev.tidemark.wire.Partitioning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times that are wrong, whoever sends them, move nobody else's windows. */
class ObserveTimeAttackTest {
  private static final long YEAR_MS = 365L * 86_400_000;
  private static final int INJECTED = 12;
  private static final OracleConfig PLAIN =
      new OracleConfig(15_000, 15_000, 300_000, 3_600_000, 86_400_000, 600_000, 5);

  private static final Map<Long, ObserveRig> CLEAN = new HashMap<>();

  /** A wrong time made of the right one. */
  private record Attack(String name, LongUnaryOperator time) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> farTimes() {
    return Stream.of(
        new Attack("6 min ahead", now -> now + 360_000),
        new Attack("2 h ahead", now -> now + 7_200_000),
        new Attack("1 y ahead", now -> now + YEAR_MS),
        new Attack("largest", now -> Long.MAX_VALUE),
        new Attack("nanoseconds", now -> now * 1_000_000),
        new Attack("microseconds", now -> now * 1_000),
        new Attack("zero", now -> 0),
        new Attack("minus one", now -> -1),
        new Attack("1970", now -> 86_400_000),
        new Attack("seconds", now -> now / 1_000),
        new Attack("smallest", now -> Long.MIN_VALUE));
  }

  static LongStream seeds() {
    return LongStream.range(2, 42);
  }

  private static int partitions(long seed) {
    return 1 + (int) (seed % 3);
  }

  @ParameterizedTest
  @MethodSource("farTimes")
  void shouldQuarantineEveryAbsurdTimeAndMoveNothing(Attack attack) {
    seeds().limit(2).forEach(seed -> assertHarmless(attack, seed, INJECTED));
  }

  @Test
  void shouldIgnoreWhatIsOlderThanTheHorizon() {
    Attack old = new Attack("expired", now -> now - 1_300_000);
    seeds().limit(6).forEach(seed -> assertHarmless(old, seed, 0));
  }

  private static void assertHarmless(Attack attack, long seed, int quarantined) {
    ShapedLog log = ShapedLog.of(seed);
    List<LogEntry> attacked = attacked(log.entries(), attack, new Random(seed));
    ObserveRig clean = CLEAN.computeIfAbsent(seed, s -> rig(log, log.entries(), s));
    ObserveRig rig = rig(log, attacked, seed);

    assertThat(bytes(rig)).as("%s, %s", attack, log).isEqualTo(bytes(clean));
    assertThat(rig.deadLetters() - clean.deadLetters()).as(log.toString()).isEqualTo(quarantined);
  }

  /** Records with the attacker's time among the others, in the traces of the others. */
  private static List<LogEntry> attacked(List<LogEntry> log, Attack attack, Random random) {
    List<LogEntry> attacked = new ArrayList<>(log);
    for (int i = 0; i < INJECTED; i++) {
      int at = random.nextInt(attacked.size());
      LogEntry victim = attacked.get(at);
      long timeMs = attack.time().applyAsLong(victim.arrivalMs());
      if (victim.record() instanceof AgentEvent event) {
        AgentEvent bad = AgentEvent.newBuilder(event).setEventId("bad" + i).build();
        bad.setTimeMs(timeMs);
        attacked.add(at, LogEntry.of(bad, 0, 0, victim.arrivalMs()));
      } else {
        AgentSpan bad = AgentSpan.newBuilder((AgentSpan) victim.record()).build();
        bad.setSpanId(String.format("badbadbad%07x", i));
        bad.setEndMs(timeMs);
        attacked.add(at, LogEntry.of(bad, 0, 0, victim.arrivalMs()));
      }
    }
    return attacked;
  }

  private static ObserveRig rig(ShapedLog log, List<LogEntry> entries, long seed) {
    int partitions = partitions(seed);
    ObserveRig rig = new ObserveRig(ShapePlay.config(log.config(), partitions), List.of());
    ShapePlay.play(rig, log.config(), entries, partitions, new Random(seed));
    return rig;
  }

  private static Map<String, String> bytes(ObserveRig rig) {
    return ShapePlay.bytes(ShapePlay.byKey(rig.windows()));
  }

  /** Two partitions; the second one has a single record and then nothing. */
  private static final class Idle {
    private final ObserveRig rig = new ObserveRig(ShapePlay.config(PLAIN, 2), List.of());
    private long wallMs = T0;

    Idle() {
      add(1, "quiet", 1_000);
    }

    private void add(int partition, String id, long endMs) {
      String trace = traceOf(partition);
      AgentSpan span = Spans.tool(trace, id, "search").endMs(T0 + endMs).build();
      rig.append(LogEntry.of(span, partition, 0, T0 + endMs));
      rig.read(partition, LogEntry.Topic.SPANS);
    }

    private static String traceOf(int partition) {
      return IntStream.range(0, 100)
          .mapToObj(i -> Ids.trace("run" + i))
          .filter(trace -> Partitioning.trace(trace, 2) == partition)
          .findFirst()
          .orElseThrow();
    }

    /** Half a second on, with traffic in the first partition. */
    List<WindowRecord> beat(int... owners) {
      wallMs += 500;
      rig.clock(wallMs);
      add(0, "busy" + wallMs, wallMs - T0);
      IntStream.of(owners).forEach(rig::beat);
      rig.join(0, Integer.MAX_VALUE);
      rig.join(1, Integer.MAX_VALUE);
      rig.merge(0, Integer.MAX_VALUE);
      rig.merge(1, Integer.MAX_VALUE);
      return rig.windows();
    }
  }

  @Test
  void shouldCloseWithoutTrafficOnOnePartitionAsSoonAsTheClockAllows() {
    Idle idle = new Idle();
    while (idle.beat(0, 1).isEmpty()) {
      assertThat(idle.wallMs).isLessThan(T0 + 60_000);
    }

    assertThat(idle.wallMs).isBetween(T0 + 30_000, T0 + 30_000 + 2_000 + 500);
    assertThat(idle.rig.windows())
        .filteredOn(w -> w.getSeries().getSubjectName().equals("*"))
        .singleElement()
        .satisfies(w -> assertThat(w.getAttempts()).isEqualTo(30));
  }

  @Test
  void shouldWaitForAPartitionThatNobodyOwns() {
    Idle idle = new Idle();
    for (int i = 0; i < 200; i++) {
      assertThat(idle.beat(0)).isEmpty();
    }
  }
}
