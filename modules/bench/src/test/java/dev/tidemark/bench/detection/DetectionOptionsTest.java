package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionOptionsTest {
  @Test
  void shouldBeQuickAndWholeUnlessTold() {
    DetectionOptions options = DetectionOptions.parse(List.of());
    assertThat(options.full()).isFalse();
    assertThat(options.threads()).isEqualTo(1);
    assertThat(options.seeds()).containsExactly(1L);
    assertThat(DetectionOptions.PARTS).allMatch(options::wants);
  }

  @Test
  void shouldReadWhatIsAskedFor() {
    DetectionOptions options =
        DetectionOptions.parse(List.of("--full", "--only", "cells,delay", "--seeds", "3-5"));
    assertThat(options.full()).isTrue();
    assertThat(options.wants("cells")).isTrue();
    assertThat(options.wants("recorded")).isFalse();
    assertThat(options.seeds()).containsExactly(3L, 4L, 5L);
    assertThat(DetectionOptions.parse(List.of("--seeds", "7")).seeds()).containsExactly(7L);
  }

  @Test
  void shouldKeepWhatAFullRunBrings() {
    assertThat(DetectionOptions.parse(List.of("--quick")).results()).isNull();
    assertThat(DetectionOptions.parse(List.of("--full")).results())
        .isEqualTo(Path.of("target", "bench-detection.jsonl"));
    DetectionOptions options =
        DetectionOptions.parse(List.of("--results", "kept.jsonl", "--minutes", "30"));
    assertThat(options.results()).isEqualTo(Path.of("kept.jsonl"));
    assertThat(options.minutes()).isEqualTo(30);
  }

  @Test
  void shouldSayInOneSentenceWhatIsWrong() {
    refuse("--fast", "bench detection does not know --fast");
    refuse("--only", "--only needs a value");
    refuse("--only speed", "--only does not know speed: choose from false,cells");
    refuse("--seeds 5-1", "--seeds needs one number or a range such as 1-5");
    refuse("--seeds x", "--seeds needs one number or a range such as 1-5");
    refuse("--minutes 0", "--minutes needs a whole number above 0, got 0");
    refuse("--minutes soon", "--minutes needs a whole number above 0, got soon");
    refuse("--runs nowhere", "--runs nowhere is no folder of recorded runs");
  }

  private static void refuse(String line, String message) {
    assertThatThrownBy(() -> DetectionOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(DetectionFailure.class)
        .hasMessageStartingWith(message);
  }
}
