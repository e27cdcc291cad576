package dev.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.records.SeriesKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where signals stand, over the states of a real detector. */
class StatesTest {
  private static final SeriesKey SEARCH = Records.tool("search", "v1", "1");
  private static final SeriesKey BOOK = Records.tool("book", "v1", "1");
  private final InMemoryViews views = new InMemoryViews();
  private final TestSite site = TestSite.over(views);
  private int windows;

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void shouldTellOfEverySignalOfASubjectWhatIsMissing() {
    play(SEARCH, 20, 10, 1);
    play(BOOK, 1, 10, 0);

    JsonNode states = site.json("/api/v1/states?kind=TOOL&name=search");

    assertThat(states.at("/states").findValuesAsText("name")).containsOnly("search");
    assertThat(states.at("/states").findValuesAsText("signal"))
        .contains("RETRY_RATE", "ERROR_RATE", "DENIAL_RATE", "LATENCY");
    JsonNode retry = signal(states, "RETRY_RATE");
    assertThat(retry.at("/label").asText()).isEqualTo("INSUFFICIENT_BASELINE");
    assertThat(retry.at("/baseline").asInt()).isEqualTo(200);
    assertThat(retry.at("/needed").asInt()).isPositive();
    assertThat(retry.at("/unit").asText()).isEqualTo("calls");
    assertThat(states.at("/total").asInt()).isEqualTo(states.at("/states").size());
    assertThat(states.at("/toldUpToMs").asLong()).isEqualTo(end());
  }

  @Test
  void shouldTellOneSubjectAsItIsNow() {
    play(SEARCH, 20, 10, 1);
    assertThat(baseline("name=search")).isEqualTo(200);
    play(SEARCH, 1, 10, 1);

    assertThat(baseline("name=search")).isEqualTo(210);
  }

  @Test
  void shouldKeepAListForAWhile() {
    play(SEARCH, 20, 10, 1);
    assertThat(baseline("kind=TOOL")).isEqualTo(200);
    play(SEARCH, 1, 10, 1);
    assertThat(baseline("kind=TOOL")).isEqualTo(200);
    site.later(Duration.ofSeconds(31));

    assertThat(baseline("kind=TOOL")).isEqualTo(210);
  }

  /** What fires is never old, and comes first. */
  @Test
  void shouldSeeAtOnceWhatFires() {
    play(SEARCH, 100, 10, 0);
    play(BOOK, 100, 10, 0);
    assertThat(site.json("/api/v1/states").at("/counts/FIRING").asInt()).isZero();
    play(BOOK, 30, 10, 9);

    JsonNode states = site.json("/api/v1/states?limit=1");
    assertThat(states.at("/counts/FIRING").asInt()).isPositive();
    assertThat(states.at("/states")).hasSize(1);
    assertThat(states.at("/states/0/label").asText()).isEqualTo("FIRING");
    assertThat(states.at("/states/0/series/name").asText()).isEqualTo("book");
    assertThat(site.json("/api/v1/subjects?name=book").at("/subjects/0/states/FIRING").asInt())
        .isPositive();
  }

  /** The wall clock of the site stands an hour after the last window. */
  @Test
  void shouldJudgeSilenceByEventTime() {
    play(SEARCH, 20, 10, 1);
    assertThat(site.json("/api/v1/states").at("/counts/NO_DATA").asInt()).isZero();
    views.tick(end() + Duration.ofMinutes(16).toMillis());

    JsonNode states = site.json("/api/v1/states?label=no_data");
    assertThat(states.at("/counts/NO_DATA").asInt()).isEqualTo(states.at("/total").asInt());
    assertThat(states.at("/states").findValuesAsText("label")).containsOnly("NO_DATA");
  }

  @Test
  void shouldSayWhatItDoesNotKnow() {
    play(SEARCH, 1, 10, 0);

    assertThat(site.get("/api/v1/states?name=serch").body()).contains("did you mean 'search'?");
    assertThat(site.get("/api/v1/states?label=GOOD").body()).contains("one of LEARNING");
    views.restoring(true);
    assertThat(site.get("/api/v1/states").statusCode()).isEqualTo(503);
  }

  /** Ten thousand series are not read at once, and none is read twice. */
  @Test
  void shouldReadAListOnce() {
    for (int i = 0; i < 50; i++) {
      play(Records.tool("tool" + i, "v1", "1"), 1, 10, 0);
    }

    JsonNode first = site.json("/api/v1/states?limit=10");
    int once = views.detectorReads();
    JsonNode second = site.json("/api/v1/states?limit=10");

    assertThat(first.at("/states")).hasSize(10);
    assertThat(first.at("/pendingSeries").asInt()).isZero();
    assertThat(second.at("/total")).isEqualTo(first.at("/total"));
    assertThat(once).isGreaterThan(50);
    assertThat(views.detectorReads() - once).as("the tick alone").isEqualTo(1);
  }

  private int baseline(String query) {
    return signal(site.json("/api/v1/states?" + query), "RETRY_RATE").at("/baseline").asInt();
  }

  private static JsonNode signal(JsonNode answer, String name) {
    for (JsonNode state : answer.at("/states")) {
      if (state.at("/signal").asText().equals(name)) {
        return state;
      }
    }
    throw new AssertionError(name + " is not in " + answer);
  }

  /** Every series goes on from where the last one ended. */
  private void play(SeriesKey series, int count, int attempts, int retries) {
    for (int i = 0; i < count; i++) {
      views.window(
          Records.window(series, Records.T0 + windows * Records.WINDOW_MS, attempts, retries));
      windows++;
    }
  }

  private long end() {
    return Records.T0 + windows * Records.WINDOW_MS;
  }
}
