package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as a whole: every field is looked at, and only what is wrong changes. */
class RecordRedactionTest {
  private static final String SECRET = "ann@example.com";
  private final Redactor redactor = Redactor.standard();

  @Test
  void shouldReturnTheSameRecordWhenNothingIsWrong() {
    AgentSpan span = span();
    assertThat(redactor.span(span)).isEqualTo(new Cleaned<>(span, 0, 0, RedactionReport.NONE));
    assertThat(redactor.span(span).record()).isSameAs(span);
  }

  /** A field that is added to the schema later is scrubbed, too. */
  @Test
  void shouldScrubEveryTextOfASpan() {
    AgentSpan span = span();
    int texts = fillTexts(span);
    Cleaned<AgentSpan> clean = redactor.span(span);
    assertThat(clean.record().toString()).doesNotContain(SECRET);
    assertThat(clean.redacted()).isEqualTo(texts).isGreaterThan(30);
    assertThat(clean.record().getRedactions()).isEqualTo(texts);
    assertThat(span.getName()).as("the caller's record").isEqualTo(SECRET);
  }

  @Test
  void shouldScrubEveryTextOfAnEvent() {
    AgentEvent event =
        AgentEvent.newBuilder().setTraceId("00").setEventId("01").setTimeMs(1).build();
    int texts = fillTexts(event);
    Cleaned<AgentEvent> clean = redactor.event(event);
    assertThat(clean.record().toString()).doesNotContain(SECRET);
    assertThat(clean.redacted()).isEqualTo(texts).isGreaterThan(18);
  }

  @Test
  void shouldWriteIdsInLowerCase() {
    AgentSpan span = span();
    span.setTraceId("0AF7651916CD43DD8448EB211C80319C");
    assertThat(redactor.span(span).record().getTraceId())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  /** 32 hex digits can look like a card number; they are none. */
  @Test
  void shouldNotTakeAnIdForACard() {
    AgentSpan span = span();
    span.setSpanId("4111111111111111");
    span.setArgumentsHash("5500000000000004");
    assertThat(redactor.span(span).redacted()).isZero();
  }

  @Test
  void shouldKeepLongIdsApart() {
    AgentSpan one = span();
    AgentSpan two = span();
    one.setConversationId("c".repeat(300) + "1");
    two.setConversationId("c".repeat(300) + "2");
    String first = redactor.span(one).record().getConversationId();
    assertThat(first).hasSize(256).isNotEqualTo(redactor.span(two).record().getConversationId());
  }

  @Test
  void shouldTakeBlankForUnknown() {
    AgentSpan span = span();
    span.setAgentName(" ");
    span.setTenant("");
    span.setToolName("\t");
    span.setName(" ");
    AgentSpan clean = redactor.span(span).record();
    assertThat(clean.getAgentName()).isEqualTo("unknown");
    assertThat(clean.getTenant()).isEqualTo("default");
    assertThat(clean.getToolName()).isNull();
    assertThat(clean.getName()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
  void shouldRejectImpossibleNumbersFieldByField(long number) {
    AgentSpan span = span();
    span.setInputTokens(number);
    span.setOutputTokens(7L);
    span.setCostMicros(number);
    span.setDurationUs(number);
    span.setArgumentsBytes(number);
    span.setAttempt(0);
    span.setSampledShare(Double.NaN);
    Cleaned<AgentSpan> clean = redactor.span(span);
    assertThat(clean.rejected()).isEqualTo(6);
    assertThat(clean.record().getInputTokens()).isNull();
    assertThat(clean.record().getOutputTokens()).isEqualTo(7);
    assertThat(clean.record().getCostMicros()).isNull();
    assertThat(clean.record().getDurationUs()).isNull();
    assertThat(clean.record().getAttempt()).isNull();
    assertThat(clean.record().getSampledShare()).isNull();
    assertThat(clean.redacted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldRejectScoresThatAreNotFinite(double score) {
    AgentEvent event =
        AgentEvent.newBuilder().setTraceId("00").setEventId("01").setTimeMs(1).build();
    event.setScore(score);
    event.setCount(-5);
    Cleaned<AgentEvent> clean = redactor.event(event);
    assertThat(clean.record().getScore()).isNull();
    assertThat(clean.record().getCount()).isEqualTo(1);
    assertThat(clean.rejected()).isEqualTo(2);
  }

  @Test
  void shouldKeepASpanThatEndsBeforeItStartsWithoutItsDuration() {
    AgentSpan span = span();
    span.setStartMs(2_000L);
    span.setEndMs(1_000);
    span.setDurationUs(5L);
    AgentSpan clean = redactor.span(span).record();
    assertThat(clean.getStartMs()).isNull();
    assertThat(clean.getDurationUs()).isNull();
    assertThat(clean.getEndMs()).isEqualTo(1_000);
  }

  private static int fillTexts(org.apache.avro.specific.SpecificRecordBase record) {
    BiConsumer<Integer, String> put = record::put;
    int texts = 0;
    for (Schema.Field field : record.getSchema().getFields()) {
      if (field.schema().toString().contains("\"string\"")) {
        put.accept(field.pos(), SECRET);
        texts++;
      }
    }
    return texts;
  }

  private static AgentSpan span() {
    return AgentSpan.newBuilder()
        .setTraceId("0af7651916cd43dd8448eb211c80319c")
        .setSpanId("b7ad6b7169203331")
        .setName("search")
        .setToolName("search")
        .setEndMs(1_700_000_000_000L)
        .build();
  }
}
