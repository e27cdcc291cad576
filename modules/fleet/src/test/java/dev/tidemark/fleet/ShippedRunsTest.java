package dev.tidemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Promises about every one of the shipped runs. */
class ShippedRunsTest {
  private static final long START = 1_700_000_000_000L;
  private static final Map<String, RunCounts> STATED = new HashMap<>();
  private static final Map<RecordedRun, List<TimedRecord>> CONVERTED = new LinkedHashMap<>();

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

  @BeforeAll
  static void convert() {
    RecordedRuns.shipped()
        .forEach(
            run -> {
              var scheduled = new ScheduledRun(run, 0, 0, 0, run.version(), "salt", 0);
              CONVERTED.put(run, RunConversion.of(scheduled, START));
            });
  }

  @AfterAll
  static void forget() {
    CONVERTED.clear();
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
              Long start = record.span().getStartMs();
              boolean ordered =
                  record.eventTimeMs() > previous
                      && (start == null || (start >= previous && start <= record.eventTimeMs()));
              check(ordered, run.id());
              previous = record.eventTimeMs();
            }
            long delay = record.arrivalMs() - record.eventTimeMs();
            check(delay >= 0 && (delay <= 2_000 || record.equals(root)), run.id());
            check(record.eventTimeMs() <= root.eventTimeMs(), run.id());
            check(record.arrivalMs() <= root.arrivalMs(), run.id());
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
              check(redactor.span(record.span()).record().equals(record.span()), run.id());
            } else {
              check(redactor.event(record.event()).record().equals(record.event()), run.id());
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

  /** Plain, for it runs half a million times. */
  private static void check(boolean holds, String run) {
    if (!holds) {
      fail("does not hold for " + run);
    }
  }

  private interface Check {
    void run(RecordedRun run, List<TimedRecord> records);
  }

  private static void forEach(Check check) {
    CONVERTED.forEach(check::run);
  }
}
