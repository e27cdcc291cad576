package dev.tidemark.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.otlp.OtlpLink;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpJsonTest {
  private static List<OtlpSpan> spans(String span) throws IOException {
    return OtlpJson.traces(
        ("{'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':"
                + "{'stringValue':'desk'}}]},'scopeSpans':[{'scope':{'name':'ai','version':'6'},"
                + "'schemaUrl':'urn:s','spans':["
                + span
                + "]}]}]}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8));
  }

  private static OtlpSpan span(String fields) throws IOException {
    return spans("{" + fields + "}").get(0);
  }

  private static Object value(String value) throws IOException {
    return span("'attributes':[{'key':'k','value':" + value + "}]").attributes().get("k");
  }

  @Test
  void shouldReadWhatASpanSays() throws IOException {
    OtlpSpan span =
        span(
            "'traceId':'4BF92F3577B34DA6A3CE929D0E0E4736','spanId':'00f067aa0ba902b7',"
                + "'parentSpanId':'','name':'chat','kind':3,'startTimeUnixNano':'1790000000000000000',"
                + "'endTimeUnixNano':1790000001500000000,'status':{'code':2,'message':'no'},"
                + "'events':[{'name':'exception','timeUnixNano':7,'attributes':"
                + "[{'key':'exception.type','value':{'stringValue':'Timeout'}}]}],"
                + "'links':[{'traceId':'aa','spanId':'bb'}]");

    assertThat(span.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(span.parentSpanId()).isNull();
    assertThat(span.kind()).isEqualTo(3);
    assertThat(span.endNanos() - span.startNanos()).isEqualTo(1_500_000_000L);
    assertThat(span.failed()).isTrue();
    assertThat(span.statusMessage()).isEqualTo("no");
    assertThat(span.exceptionType()).isEqualTo("Timeout");
    assertThat(span.links()).containsExactly(new OtlpLink("aa", "bb", Map.of()));
    assertThat(span.scope() + span.scopeVersion() + span.schemaUrl()).isEqualTo("ai6urn:s");
    assertThat(span.resourceText("service.name")).isEqualTo("desk");
  }

  @Test
  void shouldReadEveryKindOfValue() throws IOException {
    assertThat(value("{'stringValue':'a'}")).isEqualTo("a");
    assertThat(value("{'boolValue':true}")).isEqualTo(true);
    assertThat(value("{'doubleValue':1.5}")).isEqualTo(1.5);
    assertThat(value("{'doubleValue':'NaN'}")).isEqualTo(Double.NaN);
    assertThat(value("{'bytesValue':'AQI='}")).isEqualTo(new byte[] {1, 2});
    assertThat(value("{'arrayValue':{'values':[{'intValue':1},{}]}}"))
        .isEqualTo(java.util.Arrays.asList(1L, null));
    assertThat(value("{'kvlistValue':{'values':[{'key':'a','value':{'stringValue':'b'}}]}}"))
        .isEqualTo(Map.of("a", "b"));
  }

  @Test
  void shouldReadWholeNumbersAsNumberOrText() throws IOException {
    assertThat(value("{'intValue':42}")).isEqualTo(42L);
    assertThat(value("{'intValue':'42'}")).isEqualTo(42L);
    assertThat(value("{'intValue':'-9223372036854775808'}")).isEqualTo(Long.MIN_VALUE);
  }

  /** H7: a receiver must ignore what it does not know. */
  @Test
  void shouldIgnoreUnknownFields() throws IOException {
    assertThat(span("'flags':257,'future_field':{'a':[1,{'b':2}]},'name':'x'").name())
        .isEqualTo("x");
  }

  /** H6: these are mistakes of the sender, and it is told where. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "status":{"code":"STATUS_CODE_ERROR"} | /resourceSpans/0/scopeSpans/0/spans/0/status/code
          "kind":"SPAN_KIND_CLIENT"             | /resourceSpans/0/scopeSpans/0/spans/0/kind
          "traceId":"S/kvNXezTaajzpKdDg5HNg=="  | /resourceSpans/0/scopeSpans/0/spans/0/traceId
          "spanId":"APBnqgupArc="               | /resourceSpans/0/scopeSpans/0/spans/0/spanId
          "trace_id":"4bf92f3577b34da6"         | /resourceSpans/0/scopeSpans/0/spans/0/trace_id
          "attributes":{}                       | /resourceSpans/0/scopeSpans/0/spans/0/attributes
          "endTimeUnixNano":"soon"              | /resourceSpans/0/scopeSpans/0/spans/0/endTimeUnixNano
          """)
  void shouldNameThePathOfWhatOtlpForbids(String field, String path) {
    assertThatThrownBy(() -> span(field))
        .isInstanceOf(Malformed.class)
        .hasMessageStartingWith(path + " is ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"not json", "[]", "{", "{}{}", "''", "{\"resource_spans\":[]}"})
  void shouldRefuseWhatIsNoRequest(String body) {
    assertThatThrownBy(() -> OtlpJson.traces(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void shouldNeverQuoteValues() {
    assertThatThrownBy(() -> span("'traceId':'secret-4111'"))
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("4111");
    assertThatThrownBy(
            () -> OtlpJson.traces("{\"a\": secret4111}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageNotContaining("secret4111");
  }

  @Test
  void shouldRefuseNestingWithoutEnd() {
    byte[] deep = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> OtlpJson.traces(deep)).isInstanceOf(Malformed.class);
  }

  @Test
  void shouldReadLogRecords() throws IOException {
    List<OtlpLog> logs =
        OtlpJson.logs(
            ("{'resourceLogs':[{'schemaUrl':'urn:r','scopeLogs':[{'scope':{'name':'s'},"
                    + "'logRecords':[{'observedTimeUnixNano':'9','severityNumber':9,"
                    + "'eventName':'gen_ai.evaluation.result','body':{'stringValue':'b'},"
                    + "'traceId':'aa','spanId':'bb','attributes':[]}]}]}]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));

    assertThat(logs)
        .containsExactly(
            new OtlpLog(
                Map.of(), "s", "urn:r", "aa", "bb", 9, "gen_ai.evaluation.result", "b", Map.of()));
  }
}
