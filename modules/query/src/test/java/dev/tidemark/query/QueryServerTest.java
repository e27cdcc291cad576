package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryServerTest {
  private static TestSite site;

  @BeforeAll
  static void start() {
    site =
        TestSite.over(
            new InMemoryViews()
                .window(
                    Records.window(Records.tool("search_flights", "v1", "1"), Records.T0, 9, 1)));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/chart.js", "/api/v1/overview", "/api/v1/nothing", "/metrics"})
  void shouldSendSecurityHeadersWithEveryAnswer(String path) {
    var headers = site.get(path).headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Server")).isEmpty();
    assertThat(headers.firstValue("X-Powered-By")).isEmpty();
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/nothing                                | 404 | 40402 | no such path",
        "/api/v1/alerts/unknown                         | 404 | 40401 | there is no alert 'unknown'",
        "/api/v1/runs/unknown                           | 404 | 40401 | there is no run 'unknown'",
        "/api/v1/windows?name=serch_flights             | 404 | 40401 | did you mean 'search_flights'?",
        "/api/v1/windows?name=search_flights&toolVersion=9 | 404 | 40401 | has these versions",
        "/api/v1/windows                                | 400 | 40001 | name=search_flights",
        "/api/v1/overview?from=yesterday                | 400 | 40001 | from=2026-11-22T09:00:00Z",
        "/api/v1/overview?from=9999-01-01T00:00:00Z     | 400 | 40001 | between 2000 and 2100",
        "/api/v1/overview?from=-1h&to=-2h               | 400 | 40001 | before 'to'",
        "/api/v1/overview?from=-400d                    | 400 | 40001 | at most 30 days",
        "/api/v1/overview?form=-1h                      | 400 | 40002 | from, tenant, to",
        "/api/v1/overview?from=-1h&from=-2h             | 400 | 40001 | given once",
        "/api/v1/runs?limit=-1                          | 400 | 40001 | from 1 to 500",
        "/api/v1/runs?limit=1000000000                  | 400 | 40001 | from 1 to 500",
        "/api/v1/runs?limit=abc                         | 400 | 40001 | such as limit=50",
        "/api/v1/runs?hasRetry=maybe                    | 400 | 40001 | true or false",
        "/api/v1/runs?outcome=GOOD                      | 400 | 40001 | one of OK, ERROR",
        "/api/v1/runs?cursor=x                          | 400 | 40001 | first page",
        "/api/v1/subjects?kind=CAT                      | 400 | 40001 | one of TOOL, MODEL",
        "/api/v1/windows?name=search_flights&resolution=2s | 400 | 40001 | one of auto, 15s",
        "/api/v1/windows?name=search_flights&from=-30d&resolution=15s | 400 | 40001 | at most 6000",
        "/api/v1/windows?name=search_flights&groupBy=colour | 400 | 40001 | agentVersion",
        "/api/v1/subjects?name=a%0Ab                    | 400 | 40001 | without control characters",
      })
  void shouldExplainWhatIsWrong(String path, int status, int code, String words) {
    HttpResponse<String> response = site.get(path);
    JsonNode error = TestSite.parse(response.body());

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error.get("error_code").asInt()).isEqualTo(code);
    assertThat(error.get("message").asText() + " " + error.get("hint").asText()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../etc/passwd", "/api/v1/runs/a%2Fb", "/api/v1/runs/%00", "/api/v1/runs/%ff%fe"})
  void shouldRefuseAmbiguousPaths(String path) throws IOException {
    String answer =
        site.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"error_code\":400");
  }

  @Test
  void shouldRefuseLongAddressesAndHeaders() throws IOException {
    assertThat(site.get("/api/v1/runs?agent=" + "a".repeat(3_000)).statusCode()).isEqualTo(414);
    assertThat(site.get("/api/v1/runs?agent=" + "a".repeat(300)).statusCode()).isEqualTo(400);
    assertThat(
            site.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(9_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void shouldAnswerForThisMachineOnly() throws IOException {
    assertThat(site.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("\"error_code\":42101");
  }

  @Test
  void shouldOnlyRead() {
    HttpResponse<String> response =
        site.send(
            HttpRequest.newBuilder(site.address().resolve("/api/v1/runs"))
                .method("DELETE", HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void shouldAnswerHeadWithoutABody() {
    HttpResponse<String> response =
        site.send(
            HttpRequest.newBuilder(site.address().resolve("/api/v1/status"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void shouldRefuseToListenWhereOthersCanReach() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().host("0.0.0.0").start())
        .withMessageContaining("use 127.0.0.1");
  }

  @Test
  void shouldSayThatThePortIsTaken() {
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().port(site.address().getPort()).start())
        .withMessageContaining("choose another port");
  }

  @Test
  void shouldAskToComeBackWhileStoresAreRestored() {
    try (var restoring = TestSite.over(new InMemoryViews().restoring(true))) {
      HttpResponse<String> response = restoring.get("/api/v1/subjects");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
      assertThat(response.body()).contains("50301", "REBALANCING", "series");
      assertThat(restoring.get("/api/v1/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldReportHealthWithReasons() {
    var ready = new AtomicBoolean();
    try (var server =
        builder().ready(() -> new Health(ready.get(), Map.of("observe", "REBALANCING"))).start()) {
      var client = TestSite.at(server);
      assertThat(client.status("/livez")).isEqualTo(200);
      assertThat(client.status("/readyz")).isEqualTo(503);
      assertThat(client.status("/startupz")).isEqualTo(503);
      ready.set(true);
      assertThat(client.status("/startupz")).isEqualTo(200);
      ready.set(false);
      assertThat(client.status("/readyz")).isEqualTo(503);
      assertThat(client.status("/startupz")).isEqualTo(200);
    }
  }

  @Test
  void shouldServeMetricsAsPrometheusText() {
    HttpResponse<String> response = site.get("/metrics");

    assertThat(response.body()).isEqualTo("tidemark_up 1\n");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;version=0.0.4");
  }

  @Test
  void shouldNotSendAFileTheAskerHas() {
    String tag = site.get("/").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second =
        site.send(
            HttpRequest.newBuilder(site.address().resolve("/"))
                .header("If-None-Match", tag)
                .build());

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  private static QueryServer.Builder builder() {
    return QueryServer.builder()
        .views(new InMemoryViews())
        .spans(new FixedSpans(List.of(), List.of(), null));
  }
}
