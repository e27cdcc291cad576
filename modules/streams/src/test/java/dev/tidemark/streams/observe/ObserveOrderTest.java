package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any arrival order within the lateness, with duplicates, beats at any moment, and a crash at any
 * moment: the same windows, byte for byte.
 */
class ObserveOrderTest {
  private static final ObserveConfig CONFIG =
      ObserveConfig.of(1, 1)
          .withClock(ObserveConfig.ArrivalClock.PRODUCER)
          .withFlush(Duration.ofMillis(500), Duration.ofSeconds(2));

  private record Arrival(Object record, long atMs) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldGiveTheSameWindowsInAnyOrderWithinTheLateness(long seed) {
    Random random = new Random(seed);
    List<Object> records = RandomFleet.of(random, 12);
    Map<String, byte[]> prompt = play(arrivals(records, random, 200, 0), random);
    Map<String, byte[]> shuffled = play(arrivals(records, random, 14_900, 10), random);

    assertThat(prompt).isNotEmpty();
    assertEqual(seed, shuffled, prompt);
  }

  private static void assertEqual(
      long seed, Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
    expected.forEach(
        (key, bytes) -> assertThat(actual.get(key)).as("seed %d: %s", seed, key).isEqualTo(bytes));
  }

  private static List<Arrival> arrivals(
      List<Object> records, Random random, int delayMs, int duplicatePercent) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Object record : records) {
      long end = RandomFleet.endMs(record);
      arrivals.add(new Arrival(record, end + random.nextInt(delayMs)));
      if (random.nextInt(100) < duplicatePercent) {
        arrivals.add(new Arrival(record, end + random.nextInt(delayMs)));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    return arrivals;
  }

  private static Map<String, byte[]> play(List<Arrival> arrivals, Random random) {
    try (ObserveHarness observe =
        new ObserveHarness(CONFIG, Instant.ofEpochMilli(RandomFleet.START))) {
      long last = 0;
      for (Arrival arrival : arrivals) {
        if (arrival.record() instanceof AgentSpan span) {
          observe.pipe(AgentSpan.newBuilder(span).build(), arrival.atMs());
        } else {
          observe.pipe((AgentEvent) arrival.record(), arrival.atMs());
        }
        last = arrival.atMs();
        if (random.nextInt(4) == 0) {
          observe.beat(Duration.ofMillis(500));
        }
      }
      observe.heartbeat(last + 120_000);
      observe.beat(Duration.ofMillis(500));
      return observe.finalWindows();
    }
  }
}
