package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.wire.OpenWindowsView.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is not closed yet, and why. */
class OpenWindowsTest {
  private static final SeriesKey SEARCH = Records.tool("search", "v1", "1");
  private static final long NEXT = Records.T0 + Records.WINDOW_MS;
  private final InMemoryViews views =
      new InMemoryViews()
          .window(Records.window(SEARCH, Records.T0, 8, 2))
          .openPart(Records.window(SEARCH, NEXT, 3, 1))
          .openPart(Records.window(SEARCH, NEXT, 4, 0));

  @Test
  void shouldShowOpenWindowsMergedAndMarked() {
    JsonNode points = ask("/api/v1/windows?name=search&resolution=15s").at("/series/0/points");

    assertThat(points).hasSize(2);
    assertThat(points.at("/0/open").asBoolean()).isFalse();
    assertThat(points.at("/1/open").asBoolean()).isTrue();
    assertThat(points.at("/1/startMs").asLong()).isEqualTo(NEXT);
    assertThat(points.at("/1/figures/attempts").asInt()).isEqualTo(7);
    assertThat(points.at("/1/figures/retries").asInt()).isEqualTo(1);
  }

  @Test
  void shouldMarkACoarserPointThatIsPartlyOpen() {
    JsonNode line = ask("/api/v1/windows?name=search&resolution=1m").at("/series/0");

    assertThat(line.at("/points")).hasSize(1);
    assertThat(line.at("/points/0/open").asBoolean()).isTrue();
    assertThat(line.at("/total/attempts").asInt()).isEqualTo(15);
  }

  @Test
  void shouldLeaveOpenWindowsOutWhenNotWanted() {
    JsonNode line = ask("/api/v1/windows?name=search&resolution=15s&open=false").at("/series/0");
    JsonNode early = ask("/api/v1/windows?name=search&resolution=15s&to=" + NEXT);

    assertThat(line.at("/points")).hasSize(1);
    assertThat(line.at("/total/attempts").asInt()).isEqualTo(8);
    assertThat(early.at("/series/0/points")).as("they begin later").hasSize(1);
  }

  @Test
  void shouldNotCountAWindowTwiceThatClosesMeanwhile() {
    views.window(Records.window(SEARCH, NEXT, 7, 1));

    JsonNode points = ask("/api/v1/windows?name=search&resolution=15s").at("/series/0/points");

    assertThat(points.at("/1/figures/attempts").asInt()).isEqualTo(7);
    assertThat(points.at("/1/open").asBoolean()).isFalse();
  }

  @Test
  void shouldShowASubjectBeforeItsFirstWindowCloses() {
    views.openPart(Records.window(Records.tool("book", "v1", "1"), NEXT, 2, 0));

    JsonNode answer = ask("/api/v1/windows?name=book&resolution=15s");

    assertThat(answer.at("/series/0/points/0/open").asBoolean()).isTrue();
    assertThat(ask("/api/v1/windows?name=book&agentVersion=v2").at("/error_code").asInt())
        .isEqualTo(40401);
  }

  @Test
  void shouldStillShowClosedWindowsWhenOpenOnesCannotBeRead() {
    views.openUnread(true);

    JsonNode answer = ask("/api/v1/windows?name=search");

    assertThat(answer.at("/openKnown").asBoolean()).isFalse();
    assertThat(answer.at("/series/0/points")).hasSize(1);
  }

  @Test
  void shouldTellHowFarEveryPartitionHasCome() {
    views.progress(
        new Progress("source", 0, 0, NEXT, NEXT + 15_000, Long.MIN_VALUE),
        new Progress("subject", 0, 0, NEXT, NEXT, Records.T0),
        new Progress("subject", 0, 1, Long.MIN_VALUE, Long.MIN_VALUE, Records.T0));

    JsonNode answer = ask("/api/v1/progress");

    assertThat(answer.at("/closedUpToMs").asLong()).isEqualTo(Records.T0);
    assertThat(answer.at("/behindMs").asLong()).isEqualTo(3_622_000);
    assertThat(answer.at("/sources/0/here").asBoolean()).isTrue();
    assertThat(answer.at("/sources/0/behindMs").asLong()).isEqualTo(3_607_000);
    assertThat(answer.at("/sources/1/here").asBoolean()).isFalse();
    assertThat(answer.at("/sources/1/blocks").asBoolean()).isTrue();
    assertThat(answer.at("/sources/1/knownMs").isNull()).isTrue();
    assertThat(answer.at("/waitsFor/0").asInt()).isEqualTo(1);
    assertThat(answer.at("/blocked").isNull()).isTrue();
  }

  @Test
  void shouldTellBlockedClosingInReadinessWithoutAVerdict() {
    views.progress(
        new Progress("subject", 0, 0, NEXT, NEXT, Records.T0),
        new Progress("subject", 0, 1, Long.MIN_VALUE, Long.MIN_VALUE, Records.T0));
    try (var site = TestSite.over(views)) {
      assertThat(site.json("/readyz").at("/reasons")).hasSize(1);
      site.later(Duration.ofSeconds(61));

      assertThat(site.status("/readyz")).isEqualTo(200);
      assertThat(site.json("/readyz").at("/reasons/closing").asText()).contains("partition 1");
      assertThat(site.json("/api/v1/status").at("/readiness/closing").asText()).contains("61 s");
      assertThat(site.json("/api/v1/progress").at("/blocked").asText()).contains("61 s");
    }
  }

  private JsonNode ask(String path) {
    try (var site = TestSite.over(views)) {
      return site.json(path);
    }
  }
}
