package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSpecTest {
  @Test
  void shouldComeBackFromItsArguments() {
    RunSpec spec =
        new RunSpec(
            "ours",
            "127.0.0.1:9",
            "http://127.0.0.1:8/a=b",
            "bench-p4",
            "bench-p4-ours-1",
            4,
            3_000_004,
            Path.of("state"),
            Map.of("threads", "2"));

    RunSpec back = RunSpec.of(spec.args().toArray(new String[0]));

    assertThat(back).isEqualTo(spec);
    assertThat(back.more("threads", 1)).isEqualTo(2);
    assertThat(back.more("flushMs", 500)).isEqualTo(500);
  }
}
