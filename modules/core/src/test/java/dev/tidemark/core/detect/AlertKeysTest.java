package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Direction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import org.junit.jupiter.api.Test;

class AlertKeysTest {
  private final SeriesKey tool = FleetWindows.key(SubjectKind.TOOL, "send", "teller", "v2");
  private final SeriesKey agent = FleetWindows.key(SubjectKind.AGENT, "teller", "", "v2");
  private final SeriesKey fleet = FleetWindows.key(SubjectKind.FLEET, "*", "", "");

  @Test
  void shouldBeThirtyTwoHexDigits() {
    assertThat(up(tool)).matches("[0-9a-f]{32}").isEqualTo(up(tool));
  }

  @Test
  void shouldTellEveryPartApart() {
    SeriesKey moved = SeriesKey.newBuilder(tool).setTenant("te").setEnvironment("").build();
    assertThat(up(moved)).isNotEqualTo(up(tool));
    assertThat(AlertKeys.of(tool, Signal.RETRY_RATE, Direction.DOWN)).isNotEqualTo(up(tool));
  }

  @Test
  void shouldNameTheParent() {
    assertThat(AlertKeys.parentOf(tool, Signal.RETRY_RATE, Direction.UP)).contains(up(agent));
    assertThat(AlertKeys.parentOf(agent, Signal.RETRY_RATE, Direction.UP)).contains(up(fleet));
    assertThat(AlertKeys.parentOf(fleet, Signal.RETRY_RATE, Direction.UP)).isEmpty();
  }

  @Test
  void shouldNameNoParentThatDoesNotHaveTheSignal() {
    assertThat(AlertKeys.parentOf(agent, Signal.TOOL_USE, Direction.UP, "send")).isEmpty();
    assertThat(AlertKeys.parentOf(tool, Signal.NEW_ERROR_TYPE, Direction.UP, "x")).isEmpty();
  }

  @Test
  void shouldTellItemsOfOneSeriesApart() {
    Signal signal = Signal.EVALUATION_RATE;
    String one = AlertKeys.of(tool, signal, Direction.UP, "polite");
    assertThat(AlertKeys.of(tool, signal, Direction.UP, "correct")).isNotEqualTo(one);
    assertThat(AlertKeys.of(tool, signal, Direction.UP, ""))
        .isEqualTo(AlertKeys.of(tool, signal, Direction.UP))
        .isNotEqualTo(one);
  }

  private static String up(SeriesKey key) {
    return AlertKeys.of(key, Signal.RETRY_RATE, Direction.UP);
  }
}
