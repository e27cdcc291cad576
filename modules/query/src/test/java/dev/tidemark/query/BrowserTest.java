package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.tidemark.wire.OpenWindowsView.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real Chromium shows it, over hand-built records. */
class BrowserTest {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static Path chromium;
  private static TestSite site;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    chromium = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (chromium == null && "true".equals(System.getenv("CI"))) {
      fail("there is no Chromium to test the page with: apt-get install chromium");
    }
    if (chromium == null) {
      abort("the page was not tested: apt-get install chromium");
    }
    site = TestSite.over(DemoFleet.views(), DemoFleet.spans());
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void shouldShowTheFleetWithItsAlert() throws Exception {
    String dom = dom("#/fleet");

    assertThat(dom)
        .contains("Silent recovery", "17.8 %", "as of 10:00:00, 22 s ago")
        .contains("href=\"#/tool/search_flights?from=-1h\"", "href=\"#/alert/" + DemoFleet.ALERT)
        .contains("4,704", "3.7 %", "airline v2")
        .contains("signals of tools, models, agents and the fleet are watched")
        .containsPattern("ok [1-9] of [1-9]");
  }

  @Test
  void shouldSayInWhichSignalsOfAToolAShiftCouldBeSeen() throws Exception {
    assertThat(dom("#/tool/book_reservation"))
        .contains("Where its signals stand", "denial rate", "insufficient baseline")
        .containsPattern("needs [0-9,]+ more calls");
  }

  @Test
  void shouldReadTheLoopsOfAToolAsOneLine() throws Exception {
    try (var loops = TestSite.over(KindsOfAlerts.loops(24))) {
      assertThat(dom(loops, "#/alerts"))
          .contains("newest of 24 runs that loop", "Show 23 alerts below others")
          .contains("#/alert/loop-24")
          .doesNotContain("#/alert/loop-23");
      assertThat(dom(loops, "#/alerts?children=1")).contains("#/alert/loop-23", "Fold alerts");
      assertThat(dom(loops, "#/fleet"))
          .contains("23 more below them", "#/alert/loop-24")
          .doesNotContain("#/alert/loop-23");
      assertThat(dom(loops, "#/tool/send")).contains("It is the newest of 24 runs that loop.");
    }
  }

  @Test
  void shouldShowHostileNamesAsText() throws Exception {
    assertThat(dom("#/fleet"))
        .contains("&lt;img src=x onerror=alert(1)&gt;\\u202etxt")
        .doesNotContain("<img src=\"x\"", "<img src=x");
  }

  @Test
  void shouldSayPlainlyWhatMoved() throws Exception {
    String dom = dom("#/alert/" + DemoFleet.ALERT);

    assertThat(dom)
        .contains("search_flights 2 retries 3.9 % -&gt; 16.1 % of attempts since 09:24")
        .contains("before: 3.9 %, between 3.4 % and 4.5 %", "55 of 342", "4.13 times")
        .contains("search_flights 2", "first seen", "at that moment")
        .contains("href=\"#/run/" + Records.trace(1) + "?span=" + Records.span(2));
  }

  /** A quantity, calls per run, a limit, a fact: none has the rates of the others. */
  @Test
  void shouldShowEachKindOfAlertInItsOwnUnits() throws Exception {
    try (var kinds = TestSite.over(KindsOfAlerts.views())) {
      assertThat(dom(kinds, "#/alerts"))
          .contains("412 ms", "822 ms", "2.0x", "0.75 a run", "0.08 a run", "limit")
          .doesNotContain(KindsOfAlerts.NONSENSE);
      assertThat(dom(kinds, "#/alert/" + KindsOfAlerts.LATENCY))
          .contains("p50 400 ms", "(380 ms to 450 ms) of 900", "It is 2.00 times what it was")
          .contains("gpt-4o@b2", "88.0 % of the shift (30 before, 19 of 26 after)")
          .contains("3 of 26 attempts since the change have no known duration")
          .doesNotContain(KindsOfAlerts.NONSENSE);
      assertThat(dom(kinds, "#/alert/" + KindsOfAlerts.USE))
          .contains("tool use send, before and after", "0.75 a run", "It is 0.11 times")
          .doesNotContain(KindsOfAlerts.NONSENSE);
      assertThat(dom(kinds, "#/alert/" + KindsOfAlerts.FACT))
          .contains("first seen after 511 attempts without it", "A fact: no statistics claimed.")
          .doesNotContain("Limit you set", "its own past")
          .doesNotContain(KindsOfAlerts.NONSENSE);
    }
  }

  @Test
  void shouldShowEverySpanOfARun() throws Exception {
    String dom = dom("#/run/" + Records.trace(1));

    assertThat(dom)
        .contains("airline v2 succeeded with 2 retries, 2 failed calls, 1 denied call in 12.0 s")
        .contains("attempt 1/3", "attempt 2/3", "attempt 3/3", "denied", "parent not seen")
        .contains("C.A.S.E. record", "Enforcement");
    for (int n = 1; n <= 8; n++) {
      assertThat(dom.split("data-span=\"" + Records.span(n) + "\"", -1)).hasSize(2);
    }
  }

  @Test
  void shouldDrawVersionsOverTime() throws Exception {
    assertThat(dom("#/tool/search_flights"))
        .contains(
            "<canvas id=\"plot\"",
            "1 · airline v1",
            "2 · airline v2",
            "The plot as numbers",
            "10:00:00 (open)")
        .contains("The dotted end is still open")
        .containsPattern("<canvas[^>]* width=\"[1-9][0-9]+\"");
  }

  @Test
  void shouldListRunsAndAlerts() throws Exception {
    assertThat(dom("#/runs?hasRetry=true")).contains("18 of 120 runs match", "recovered");
    assertThat(dom("#/alerts")).contains("firing", "resolved", "4.1x");
  }

  @Test
  void shouldSayThatWindowsDoNotClose() throws Exception {
    var views =
        DemoFleet.views()
            .progress(
                new Progress("subject", 0, 0, Records.T0, Records.T0, Records.T0),
                new Progress("subject", 0, 1, Long.MIN_VALUE, Long.MIN_VALUE, Records.T0));
    try (var stuck = TestSite.over(views)) {
      assertThat(stuck.status("/readyz")).isEqualTo(200);
      stuck.later(Duration.ofMinutes(2));

      assertThat(dom(stuck, "#/fleet"))
          .contains("windows do not close, as of 10:00:00", "source partition 1");
    }
  }

  @Test
  void shouldTellTheNextCommandWhenThereIsNothing() throws Exception {
    try (var none = TestSite.over(new InMemoryViews())) {
      assertThat(dom(none, "#/fleet")).contains("No spans yet", "./tidemark demo");
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    assertThat(dom("#/run/0123")).contains("there is no run '0123'", "retention is over");
  }

  private String dom(String place) throws IOException, InterruptedException {
    return dom(site, place);
  }

  private String dom(TestSite at, String place) throws IOException, InterruptedException {
    Path out = directory.resolve("dom.html");
    Path log = directory.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + Files.createTempDirectory(directory, "profile"),
                "--virtual-time-budget=3000",
                "--dump-dom",
                at.address() + "/" + place)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("Chromium did not finish within a minute");
    }
    assertThat(Files.readString(log, StandardCharsets.UTF_8))
        .as("what the browser complains about")
        .doesNotContain("Content Security Policy", "Uncaught", "SyntaxError");
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
