package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.AlertStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final long MINUTE = 60_000;
  private final InMemoryViews views = new InMemoryViews();

  @Test
  void shouldAddUpASeriesOverTheRange() {
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0, 8, 2));
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0 + MINUTE, 12, 3));

    JsonNode subject = ask("/api/v1/subjects").at("/subjects/0");

    assertThat(subject.at("/figures/attempts").asLong()).isEqualTo(20);
    assertThat(subject.at("/figures/retryRate").asDouble()).isEqualTo(0.25);
    assertThat(subject.at("/figures/denialRate").asDouble()).isZero();
    assertThat(subject.at("/figures/costMicros").isNull()).isTrue();
    assertThat(subject.at("/figures/p50Ms").asDouble()).isBetween(115.0, 121.0);
    assertThat(subject.at("/series/toolVersion").asText()).isEqualTo("1");
  }

  @Test
  void shouldLeaveOutWhatIsOutsideTheRange() {
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0, 8, 2));
    views.window(Records.window(Records.tool("book", "v1", "1"), Records.T0 + 90 * MINUTE, 1, 0));

    JsonNode answer = ask("/api/v1/subjects?from=-1h");

    assertThat(answer.at("/subjects")).hasSize(1);
    assertThat(answer.at("/silentSeries").asInt()).isEqualTo(1);
    assertThat(answer.at("/asOfMs").asLong())
        .isEqualTo(Records.T0 + 90 * MINUTE + Records.WINDOW_MS);
  }

  @Test
  void shouldMarkASeriesWithItsOpenAlert() {
    var moved = Records.tool("search", "v2", "2");
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0, 8, 2));
    views.window(Records.window(moved, Records.T0, 8, 2));
    views.alert(Records.alert("k", moved, AlertStatus.FIRING));

    JsonNode subjects = ask("/api/v1/subjects").at("/subjects");

    assertThat(subjects.at("/0/alert").isNull()).isTrue();
    assertThat(subjects.at("/1/alert/alertKey").asText()).isEqualTo("k");
  }

  @Test
  void shouldMergeWindowsToTheResolutionAndGroup() {
    for (int i = 0; i < 8; i++) {
      long start = Records.T0 + i * Records.WINDOW_MS;
      views.window(Records.window(Records.tool("search", "v1", "1"), start, 10, 1));
      views.window(Records.window(Records.tool("search", "v2", "1"), start, 10, 3));
    }

    JsonNode versions = ask("/api/v1/windows?name=search&resolution=1m");
    JsonNode one = ask("/api/v1/windows?name=search&resolution=1m&groupBy=none");

    assertThat(versions.at("/series")).hasSize(2);
    assertThat(versions.at("/series/1/points")).hasSize(2);
    assertThat(versions.at("/series/1/points/0/figures/retries").asInt()).isEqualTo(12);
    assertThat(one.at("/series")).hasSize(1);
    assertThat(one.at("/series/0/series/agentVersion").asText()).isEqualTo("*");
    assertThat(one.at("/series/0/points/1/figures/retryRate").asDouble()).isEqualTo(0.2);
    assertThat(one.at("/series/0/total/attempts").asInt()).isEqualTo(160);
  }

  @Test
  void shouldCompareTheFleetWithTheRangeBefore() {
    views.window(Records.fleetWindow(Records.T0, 10, 5, 4));
    views.window(Records.fleetWindow(Records.T0 + 60 * MINUTE, 20, 1, 2));
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0, 1, 0));

    JsonNode overview = ask("/api/v1/overview?from=-1h");

    assertThat(overview.at("/figures/runs").asInt()).isEqualTo(20);
    assertThat(overview.at("/figures/silentRecoveryRate").asDouble()).isEqualTo(0.05);
    assertThat(overview.at("/figures/costMicros").asLong()).isEqualTo(84_000);
    assertThat(overview.at("/before/runs").asInt()).isEqualTo(10);
    assertThat(overview.at("/openAlerts").asInt()).isZero();
  }

  @Test
  void shouldPageThroughAllRunsOnce() {
    for (int n = 0; n < 25; n++) {
      views.run(Records.run(n).setEndMs(Records.T0 + n / 3).build());
    }
    Set<String> seen = new HashSet<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = ask("/api/v1/runs?limit=7&cursor=" + cursor);
      page.get("runs").forEach(run -> seen.add(run.get("traceId").asText()));
      cursor = page.get("nextCursor").asText("");
      pages++;
    } while (!cursor.isEmpty() && !cursor.equals("null"));

    assertThat(pages).isEqualTo(4);
    assertThat(seen).hasSize(25);
  }

  @Test
  void shouldFindRunsByWhatHappenedInThem() {
    views.run(Records.run(1).setRetries(2).setSilentRecovery(true).build());
    views.run(Records.run(2).setToolDenied(1).setAgentVersion("v1").build());
    views.run(Records.run(3).build());

    assertThat(traces("hasRetry=true")).containsExactly(Records.trace(1));
    assertThat(traces("hasDenial=true")).containsExactly(Records.trace(2));
    assertThat(traces("silentRecovery=false&hasDenial=false")).containsExactly(Records.trace(3));
    assertThat(traces("version=v1")).containsExactly(Records.trace(2));
    assertThat(traces("tool=search_flights&version=2")).hasSize(3);
    assertThat(traces("tool=unknown")).isEmpty();
    assertThat(traces("outcome=ERROR")).isEmpty();
  }

  @Test
  void shouldShowARunByContextActionsSignalsEnforcement() {
    views.run(Records.run(1).setToolDenied(1).build());

    JsonNode run = ask("/api/v1/runs/" + Records.trace(1));

    assertThat(run.at("/caseSummary/context/agentVersion").asText()).isEqualTo("v2");
    assertThat(run.at("/caseSummary/actions/toolCalls").asInt()).isEqualTo(4);
    assertThat(run.at("/caseSummary/signals/durationMs").asInt()).isEqualTo(12_000);
    assertThat(run.at("/caseSummary/enforcement/toolDenied").asInt()).isEqualTo(1);
    assertThat(run.at("/caseSummary/completeness/closedBy").asText()).isEqualTo("ROOT");
    assertThat(run.at("/rows")).hasSize(8);
    assertThat(run.at("/rows/2/attempt/number").asInt()).isEqualTo(1);
    assertThat(run.at("/rows/4/attempt/number").asInt()).isEqualTo(3);
    assertThat(run.at("/rows/6/durationUs").isNull()).isTrue();
  }

  @Test
  void shouldSayWhyOnlyTheSummaryIsThere() {
    views.run(Records.run(1).build());
    var expired = new FixedSpans(List.<AgentSpan>of(), List.of(), "7 of 7 records have expired.");
    try (var site = TestSite.over(views, expired)) {
      JsonNode run = site.json("/api/v1/runs/" + Records.trace(1));

      assertThat(run.at("/missing/note").asText()).isEqualTo("7 of 7 records have expired.");
      assertThat(run.at("/extent/startMs").isNull()).isTrue();
    }
  }

  @Test
  void shouldOrderAlertsAndLinkTheRunsThatShowThem() {
    var series = Records.tool("search", "v2", "2");
    views.run(Records.run(1).build());
    views.alert(Records.alert("old", series, AlertStatus.RESOLVED));
    views.alert(Records.alert("new", series, AlertStatus.FIRING));

    JsonNode list = ask("/api/v1/alerts");
    JsonNode runs = ask("/api/v1/alerts/new").at("/exemplarRuns");

    assertThat(list.at("/alerts/0/alertKey").asText()).isEqualTo("new");
    assertThat(list.at("/open").asInt()).isEqualTo(1);
    assertThat(ask("/api/v1/alerts?status=resolved").at("/alerts")).hasSize(1);
    assertThat(runs.at("/0/run/agentName").asText()).isEqualTo("airline");
    assertThat(runs.at("/1/before").asBoolean()).isTrue();
    assertThat(runs.at("/1/run").isNull()).isTrue();
  }

  @Test
  void shouldReadChildrenAndLoopsWithTheLineTheyBelongTo() {
    var child = Records.alert("child", Records.tool("search", "v2", "2"), AlertStatus.FIRING);
    child.setParentAlertKey("above");
    views.alert(child);
    views.alert(Records.alert("above", Records.fleet(), AlertStatus.FIRING));
    KindsOfAlerts.loops(3).alerts(views::alert);

    JsonNode all = ask("/api/v1/alerts");
    JsonNode folded = ask("/api/v1/alerts?folded=true");

    assertThat(all.at("/alerts")).hasSize(5);
    assertThat(all.at("/alerts").findValuesAsText("under"))
        .containsExactlyInAnyOrder("above", "null", "loop-3", "loop-3", "null");
    assertThat(folded.at("/alerts").findValuesAsText("alertKey"))
        .containsExactlyInAnyOrder("above", "loop-3");
    assertThat(folded.at("/alerts").findValuesAsText("loopingRuns"))
        .containsExactlyInAnyOrder("0", "3");
    assertThat(folded.at("/below").asInt()).isEqualTo(3);
    assertThat(folded.at("/open").asInt()).isEqualTo(5);
    assertThat(folded.at("/openLines").asInt()).isEqualTo(2);
    assertThat(ask("/api/v1/alerts?folded=true&status=resolved").at("/alerts")).isEmpty();
  }

  @Test
  void shouldListWhatWasRolledOutNewestFirst() {
    views.window(Records.window(Records.tool("search", "v1", "1"), Records.T0, 1, 0));
    views.window(Records.window(Records.tool("search", "v2", "2"), Records.T0 + MINUTE, 1, 0));

    assertThat(ask("/api/v1/changes?name=search").at("/changes/0/version").asText()).isEqualTo("2");
    assertThat(ask("/api/v1/changes?kind=MODEL_VERSION").at("/changes")).isEmpty();
  }

  private List<String> traces(String query) {
    return ask("/api/v1/runs?" + query).get("runs").findValuesAsText("traceId");
  }

  private JsonNode ask(String path) {
    try (var site = TestSite.over(views, DemoFleet.spans())) {
      return site.json(path);
    }
  }
}
