package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A look into the states of one task: ten calls of one tool in each window, one in five fails. */
class SignalStatesTest {
  private static final long START = 1_700_000_010_000L;
  private static final SeriesKey SEND = FleetWindows.key(SubjectKind.TOOL, "send", "teller", "v1");
  private final DetectorSettings settings = DetectorSettings.defaults(1);
  private final DriftDetector detector = new DriftDetector(settings);
  private final DetectorStates states = DetectorStates.inHeap();
  private long now = START;

  @Test
  void shouldKnowNothingBeforeTheFirstWindow() {
    assertThat(look().series()).isEmpty();
    assertThat(look().of(SEND)).isEmpty();
    assertThat(look().nowMs()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldListTheSeriesThatAreWatched() {
    play(3);

    assertThat(look().series())
        .containsExactly(new SignalStates.Watch(SEND, START + 45_000, false));
  }

  @Test
  void shouldCountDownToTheBaselineThatFindsADoubling() {
    play(1);
    assertThat(error().label()).isEqualTo(SignalState.Label.LEARNING);
    play(3);
    SignalState early = error();
    play(4);
    SignalState later = error();

    assertThat(early.label()).isEqualTo(SignalState.Label.INSUFFICIENT_BASELINE);
    assertThat(early.baseline()).isEqualTo(40);
    assertThat(later.needed()).isPositive().isLessThan(early.needed());
    play(400);
    assertThat(error().label()).isEqualTo(SignalState.Label.OK);
    assertThat(error().needed()).isZero();
  }

  /** Not the clock on the wall: a fleet that is replayed is not silent. */
  @Test
  void shouldBeSilentByTheTimeOfTicks() {
    play(8);
    SignalState told = error();
    detector.tick(now + settings.supersedeAfter().toMillis(), states);
    assertThat(error()).isEqualTo(told);
    detector.tick(now + settings.supersedeAfter().toMillis() + 15_000, states);

    assertThat(error().label()).isEqualTo(SignalState.Label.NO_DATA);
    assertThat(error().at(now, settings)).isEqualTo(told);
    assertThat(look().nowMs()).isEqualTo(now + settings.supersedeAfter().toMillis() + 15_000);
  }

  private SignalState error() {
    Map<Signal, SignalState> bySignal =
        look().of(SEND).stream()
            .collect(Collectors.toMap(SignalState::signal, Function.identity()));
    return bySignal.get(Signal.ERROR_RATE);
  }

  private SignalStates look() {
    return new SignalStates(states, settings);
  }

  private void play(int windows) {
    for (int i = 0; i < windows; i++) {
      WindowRecord window = FleetWindows.empty(SEND, now);
      window.setAttempts(10);
      window.setErrors(2);
      detector.observe(window, states);
      now += FleetWindows.WINDOW_MS;
    }
  }
}
