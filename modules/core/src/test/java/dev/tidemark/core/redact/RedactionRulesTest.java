package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of a deployment, and what a report says of them. */
class RedactionRulesTest {

  @Test
  void shouldFindWhatADeploymentAsksFor() {
    Redactor redactor =
        Redactor.of(RedactionRules.standard().pattern("booking_code", "\\bPNR[A-Z0-9]{6}\\b"));
    Redaction clean = redactor.text("PNR4OG6T3 and PNRZFA04Y of ann@example.com");
    assertThat(clean.text())
        .isEqualTo("[redacted:booking_code] and [redacted:booking_code] of [redacted:email]");
    assertThat(clean.report().counts()).isEqualTo(Map.of("booking_code", 2L, "email", 1L));
  }

  @Test
  void shouldDoWithoutARule() {
    Redactor redactor = Redactor.of(RedactionRules.standard().without("phone"));
    assertThat(redactor.text("+1 415 555 2671").count()).isZero();
  }

  /** A pattern that takes a backtracking engine longer than the universe is old. */
  @Test
  void shouldMatchPatternsInLinearTime() {
    Redactor redactor = Redactor.of(RedactionRules.standard().pattern("slow", "(a+)+b"));
    long start = System.nanoTime();
    redactor.text("a".repeat(4_000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|(a|is no pattern of RE2",
        "a|(?=a)b|is no pattern of RE2",
        "a|x*|matches the empty text",
        "A-b|x|has no usable name",
        "email|x|exists already",
        "rule_error|x|exists already",
      })
  void shouldSayWhatIsWrongWithAPattern(String name, String regex, String message) {
    assertThatThrownBy(() -> RedactionRules.standard().pattern(name, regex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redaction rule '" + name + "'")
        .hasMessageContaining(message);
  }

  @Test
  void shouldNameTheRulesWhenOneDoesNotExist() {
    assertThatThrownBy(() -> RedactionRules.standard().without("mail"))
        .hasMessageContaining("'mail' does not exist: there are [api_key, aws_key,");
  }

  @Test
  void shouldReportByRuleForAWholeRecord() {
    AgentSpan span =
        AgentSpan.newBuilder()
            .setTraceId("00")
            .setSpanId("01")
            .setName("mail ann@example.com bob@example.com")
            .setToolName("AKIAIOSFODNN7EXAMPLE")
            .setEndMs(1)
            .build();
    RedactionReport report = Redactor.standard().span(span).report();
    assertThat(report.counts()).isEqualTo(Map.of("aws_key", 1L, "email", 2L));
    assertThat(report.plus(report).total()).isEqualTo(6);
    assertThat(report.failed()).isZero();
    assertThat(report.toString()).doesNotContain("ann").doesNotContain("AKIA");
  }

  @Test
  void shouldKeepTheLinesOfContentAndMarkWhereItWasCut() {
    Redactor redactor = Redactor.standard();
    Redaction kept = redactor.content("one\n\ttwo\r\nAKIAIOSFODNN7EXAMPLE\nthree", 1_000);
    assertThat(kept.text()).isEqualTo("one\n\ttwo \n[redacted:aws_key]\nthree");
    Redaction cut = redactor.content("x".repeat(5_000), 100);
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.text()).hasSize(98).endsWith("x\u2026");
  }

  /** A secret that lies across the place where reading stops does not leave its first half. */
  @Test
  void shouldNotLeaveHalfASecretWhereReadingStops() {
    String key = "-----BEGIN PRIVATE KEY-----" + "A".repeat(4_000) + "-----END PRIVATE KEY----- ";
    for (int i = 0; i < 60; i++) {
      String text = key + "y".repeat(600 - i) + " 4111 1111 1111 1111 " + "z".repeat(900);
      assertThat(Redactor.standard().content(text, 4_500).text()).doesNotContain("4111");
    }
  }
}
