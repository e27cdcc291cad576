package dev.tidemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.core.redact.Redactor;
import dev.tidemark.records.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Promises about every one of the shipped runs. */
class ShippedRunsTest {
  private static final long START = 1_700_000_000_000L;
  private static final Map<String, RunCounts> STATED = new HashMap<>();

  @BeforeAll
  static void readStatedCounts() throws IOException {
    try (InputStream in = RecordedRuns.open("runs.jsonl.gz")) {
      var lines = JsonMapper.builder().build().readerFor(JsonNode.class).<JsonNode>readValues(in);
      while (lines.hasNextValue()) {
        JsonNode line = lines.nextValue();
        STATED.put(line.get("run").asText(), RunCounts.stated(line));
      }
    }
  }

  @Test
  void shouldPreserveTheStatedCounts() {
    var differing = new ArrayList<String>();
    var runs = new ArrayList<String>();
    forEach(
        (run, records) -> {
          RunCounts made = RunCounts.recomputed(records);
          RunCounts stated = STATED.get(run.id());
          runs.add(run.id());
          if (!made.equals(stated)) {
            differing.add(run.id() + "\n  made   " + made + "\n  stated " + stated);
          }
        });
    assertThat(differing).isEmpty();
    assertThat(runs).hasSameSizeAs(STATED.keySet()).doesNotHaveDuplicates();
  }

  @Test
  void shouldEndEveryStepAfterTheOneBefore() {
    forEach(
        (run, records) -> {
          long previous = 0;
          TimedRecord root = records.get(records.size() - 1);
          assertThat(root.span().getKind()).isEqualTo(SpanKind.RUN);
          for (TimedRecord record : records) {
            boolean step = record.span() != null && record.span().getParentSpanId() != null;
            if (step) {
              assertThat(record.eventTimeMs()).as(run.id()).isGreaterThan(previous);
              Long start = record.span().getStartMs();
              if (start != null) {
                assertThat(start).as(run.id()).isBetween(previous, record.eventTimeMs());
              }
              previous = record.eventTimeMs();
            }
            assertThat(record.eventTimeMs()).isLessThanOrEqualTo(root.eventTimeMs());
            assertThat(record.arrivalMs() - record.eventTimeMs()).isNotNegative();
            assertThat(root.arrivalMs()).isGreaterThanOrEqualTo(record.arrivalMs());
          }
        });
  }

  @Test
  void shouldHaveNothingToRedactOrReject() {
    var redactor = Redactor.standard();
    forEach(
        (run, records) -> {
          for (TimedRecord record : records) {
            if (record.span() != null) {
              assertThat(redactor.span(record.span()).record()).isSameAs(record.span());
            } else {
              assertThat(redactor.event(record.event()).record()).isSameAs(record.event());
            }
          }
        });
  }

  @Test
  void shouldBeTheDataThatWasPublished() throws Exception {
    try (InputStream in = RecordedRuns.class.getResourceAsStream("/fleet/agent-runs/SHA256SUMS")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String file = line.substring(line.indexOf("./") + 2);
        assertThat(sha256(file)).as(file).isEqualTo(line.substring(0, 64));
      }
    }
  }

  private static String sha256(String file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in =
        new DigestInputStream(
            RecordedRuns.class.getResourceAsStream("/fleet/agent-runs/" + file), digest)) {
      in.readAllBytes();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private interface Check {
    void run(RecordedRun run, List<TimedRecord> records);
  }

  private static void forEach(Check check) {
    RecordedRuns.shipped()
        .forEach(
            run -> {
              var scheduled = new ScheduledRun(run, 0, 0, 0, run.version(), "salt", 0);
              check.run(run, RunConversion.of(scheduled, START));
            });
  }
}
