package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void shouldFindTheLevelThatGivesTheAlarmsWanted() {
    Calibration found = Calibration.find(1e-8, 1e-2, 100, level -> (long) (1e6 * level));
    assertThat(found.alarms()).isBetween(99L, 101L);
    assertThat(found.level()).isBetween(0.99e-4, 1.02e-4);
  }

  @Test
  void shouldFindItWhereAlarmsAreNotInProportion() {
    Calibration flat = Calibration.find(1e-8, 1e-2, 20, level -> (long) (500 * Math.sqrt(level)));
    assertThat(flat.alarms()).isEqualTo(20);
    Calibration steep = Calibration.find(1e-8, 1e-2, 20, level -> (long) (1e12 * level * level));
    assertThat(steep.alarms()).isEqualTo(20);
  }

  @Test
  void shouldTakeTheNearestStepWhereAlarmsJump() {
    Calibration found = Calibration.find(1e-8, 1e-2, 20, level -> level < 1e-5 ? 3 : 23);
    assertThat(found.alarms()).isEqualTo(23);
  }

  @Test
  void shouldStopAsSoonAsItIsThere() {
    List<Double> tried = new ArrayList<>();
    Calibration.find(
        1e-8,
        1e-2,
        20,
        level -> {
          tried.add(level);
          return 20;
        });
    assertThat(tried).hasSize(1);
  }
}
