package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.Direction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertLineTest {
  private static final RateEvidence NOTHING = new RateEvidence(0L, 0L, 0.0, 0.0, 0.0, 0.0);

  /** fleet - agent - tool, and another tool of that agent. */
  @Test
  void shouldFoldChildrenIntoTheHighestOpenParent() {
    List<AlertLine> lines =
        AlertLine.of(
            List.of(
                open("tool", "agent"),
                open("fleet", null),
                open("other", "agent"),
                open("agent", "fleet"),
                open("alone", "never")));

    assertThat(below(lines))
        .containsExactly(
            Map.entry("fleet", List.of("tool", "other", "agent")), Map.entry("alone", List.of()));
  }

  @Test
  void shouldFoldNothingIntoAParentThatHasEnded() {
    List<AlertLine> lines =
        AlertLine.of(
            List.of(
                open("tool", "agent"),
                drift("agent", "fleet", AlertStatus.RESOLVED),
                open("fleet", null)));

    assertThat(below(lines))
        .containsExactly(
            Map.entry("tool", List.of()),
            Map.entry("agent", List.of()),
            Map.entry("fleet", List.of()));
  }

  @Test
  void shouldLeaveAnEndedChildOnItsOwn() {
    List<AlertLine> lines =
        AlertLine.of(List.of(drift("tool", "agent", AlertStatus.RESOLVED), open("agent", null)));

    assertThat(below(lines)).containsOnlyKeys("tool", "agent");
  }

  @Test
  void shouldReadTheLoopsOfAToolAndVersionAsOneLine() {
    List<AlertLine> lines =
        AlertLine.of(
            List.of(
                loop("a", "send", "v1", "run1", 1),
                loop("c", "send", "v1", "run2", 3),
                loop("b", "send", "v1", "run2", 2),
                loop("d", "send", "v2", "run3", 4),
                loop("e", "book", "v1", "run4", 5)));

    assertThat(below(lines))
        .containsExactly(
            Map.entry("c", List.of("a", "b")),
            Map.entry("d", List.of()),
            Map.entry("e", List.of()));
    assertThat(lines).extracting(AlertLine::loopingRuns).containsExactly(2, 1, 1);
  }

  @Test
  void shouldKeepLoopsThatGoOnApartFromThoseThatEnded() {
    Alert ended = loop("z", "send", "v1", "run9", 9);
    ended.setStatus(AlertStatus.RESOLVED);
    List<AlertLine> lines =
        AlertLine.of(
            List.of(loop("a", "send", "v1", "run1", 1), ended, loop("b", "send", "v1", "run2", 2)));

    assertThat(below(lines))
        .containsExactly(Map.entry("z", List.of()), Map.entry("b", List.of("a")));
  }

  @Test
  void shouldReadEveryAlertOnceEvenWhenParentsGoRound() {
    List<AlertLine> lines =
        AlertLine.of(List.of(open("a", "b"), open("b", "a"), open("c", "a"), open("d", "d")));

    assertThat(below(lines)).containsOnlyKeys("a", "b", "c", "d");
    assertThat(lines).extracting(AlertLine::loopingRuns).containsOnly(0);
  }

  private static Map<String, List<String>> below(List<AlertLine> lines) {
    return lines.stream()
        .collect(
            Collectors.toMap(
                line -> line.alert().getAlertKey(),
                line -> line.below().stream().map(Alert::getAlertKey).toList(),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  private static Alert open(String key, String parent) {
    return drift(key, parent, AlertStatus.FIRING);
  }

  private static Alert drift(String key, String parent, AlertStatus status) {
    return alert(key, Signal.ERROR_RATE, "send", "v1")
        .setStatus(status)
        .setParentAlertKey(parent)
        .build();
  }

  private static Alert loop(String key, String tool, String version, String run, long startsMs) {
    return alert(key, Signal.LIVE_LOOP, tool, version).setItem(run).setStartsAtMs(startsMs).build();
  }

  private static Alert.Builder alert(String key, Signal signal, String tool, String version) {
    return Alert.newBuilder()
        .setAlertKey(key)
        .setEpisodeId(key + "-1")
        .setEventId(key + "-1-1")
        .setStatus(AlertStatus.FIRING)
        .setSeries(
            new SeriesKey("t", "e", SubjectKind.TOOL, tool, "teller", version, "unknown", ""))
        .setSignal(signal)
        .setDirection(Direction.UP)
        .setTitle("title")
        .setSummary("summary")
        .setBefore(NOTHING)
        .setAfter(NOTHING)
        .setAlternative("")
        .setBudgetPerDay(0)
        .setDetector("d")
        .setConfigHash("h");
  }
}
