package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetLedgerTest {
  private static final FleetPlan PLAN = new FleetPlan(40, 3, 5, 1);
  private static final FleetShard SHARD = new FleetShard(Regime.AR1, 7, 25, 40);
  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();

  private final List<Contender> contenders =
      List.of(
          new Contender(
              "often",
              "alarms at every event",
              1,
              () -> {
                made.incrementAndGet();
                return window -> window.x > 0;
              }));

  @Test
  void shouldGiveBackWhatWasKept() {
    Path file = folder.resolve("deep").resolve("kept.jsonl");
    FleetLedger.of(file, "a").add(SHARD, tallies());
    FleetLedger again = FleetLedger.of(file, "a");
    assertThat(again.size()).isEqualTo(1);
    assertThat(again.get(SHARD).get("ours"))
        .usingRecursiveComparison()
        .isEqualTo(tallies().get("ours"));
    assertThat(again.get(new FleetShard(Regime.IID, 7, 25, 40))).isNull();
    assertThat(again.get(new FleetShard(Regime.AR1, 8, 25, 40))).isNull();
  }

  @Test
  void shouldNotCountLinesOfOtherSettings() {
    Path file = folder.resolve("kept.jsonl");
    FleetLedger.of(file, "a").add(SHARD, tallies());
    FleetLedger other = FleetLedger.of(file, "b");
    assertThat(other.size()).isZero();
    assertThat(other.foreign()).isEqualTo(1);
    other.add(SHARD, tallies());
    assertThat(FleetLedger.of(file, "a").size()).isEqualTo(1);
  }

  @Test
  void shouldGoOnBehindALineThatWasTorn() throws IOException {
    Path file = folder.resolve("kept.jsonl");
    FleetLedger.of(file, "a").add(SHARD, tallies());
    String line = Files.readString(file);
    Files.writeString(file, line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
    FleetLedger torn = FleetLedger.of(file, "a");
    assertThat(torn.foreign()).isEqualTo(1);
    torn.add(new FleetShard(Regime.IID, 1, 0, 25), tallies());
    assertThat(FleetLedger.of(file, "a").size()).isEqualTo(2);
  }

  @Test
  void shouldSayThatAFileCannotBeUsed() {
    assertThatThrownBy(() -> FleetLedger.of(folder, "a"))
        .isInstanceOf(DetectionFailure.class)
        .hasMessageStartingWith("--results " + folder + " cannot be used");
  }

  @Test
  void shouldSimulateOnlyWhatIsMissingAndAddUpTheSame() throws IOException {
    Path file = folder.resolve("kept.jsonl");
    var whole = new FleetRun(PLAN, contenders, List.of(1L), FleetLedger.none(), 0).run();
    new FleetRun(PLAN, contenders, List.of(1L), FleetLedger.of(file, "a"), 0).run();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(8);
    Files.write(file, lines.subList(0, 5));
    made.set(0);
    var resumed = new FleetRun(PLAN, contenders, List.of(1L), FleetLedger.of(file, "a"), 0).run();
    assertThat(made.get()).isEqualTo(3 * 15);
    for (Regime regime : Regime.values()) {
      assertThat(resumed.get(regime).get("often"))
          .usingRecursiveComparison()
          .isEqualTo(whole.get(regime).get("often"));
    }
  }

  @Test
  void shouldTellADetectorThatWasChangedFromWhatItWas() {
    List<Contender> fewer = Contenders.all(FleetPlan.PER_SERIES_DAY);
    String setting = FleetSetting.of(PLAN, fewer);
    assertThat(FleetSetting.of(PLAN, fewer)).isEqualTo(setting).hasSize(16);
    assertThat(FleetSetting.of(new FleetPlan(40, 4, 5, 1), fewer)).isNotEqualTo(setting);
    assertThat(FleetSetting.of(PLAN, Contenders.all(1e-3))).isNotEqualTo(setting);
  }

  private static Map<String, FleetTally> tallies() {
    FleetTally tally = new FleetTally();
    tally.quietDays = 12.5;
    tally.falseAlerts = 3;
    tally.falseLater = 1;
    tally.quietLater = 2;
    tally.shifted = 4;
    tally.found = 3;
    tally.feasible = 2;
    tally.feasibleFound = 2;
    tally.delays.add(0.25);
    tally.delays.add(1.75);
    tally.feasibleAsSeen = 1;
    tally.feasibleAsSeenFound = 1;
    tally.delaysAsSeen.add(0.5);
    return Map.of("ours", tally);
  }
}
