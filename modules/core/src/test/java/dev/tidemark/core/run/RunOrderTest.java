package dev.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are a function of the set of spans and events: any order, duplicates included. */
class RunOrderTest {
  private static final Outcome[] OUTCOMES = {
    Outcome.OK, Outcome.OK, Outcome.OK, Outcome.TOOL_ERROR, Outcome.DENIED, Outcome.TIMEOUT
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldGiveTheSameWindowsInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Object> facts = randomRun(random);
    String inOrder = windows(facts);

    for (int i = 0; i < 5; i++) {
      List<Object> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, facts.size() / 10 + 1));
      Collections.shuffle(shuffled, random);
      assertSame(seed, windows(shuffled), inOrder);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33, 34, 35})
  void shouldContributeTheSameAgainWhenReadBack(long seed) {
    List<Object> facts = randomRun(new Random(seed));
    Collected live = new Collected();
    RunState run = Facts.run();
    for (Object fact : facts) {
      if (fact instanceof AgentSpan span) {
        run.insert(Facts.fact(span), live);
      } else {
        run.insert(Facts.fact((AgentEvent) fact), live);
      }
    }
    run.settle(live);
    String expected = live.text();
    List<AgentEvent> events = new ArrayList<>();
    byte[] block = RunBlock.write(List.of(run), new Numbered(events));
    RunState back =
        new RunBlock.Reader(block, new SeriesTable(100), new Numbered(events))
            .run(RunBlock.entry(block, 0), 5);
    Collected rebuilt = new Collected();
    for (long window : back.windowsFrom(0, rebuilt)) {
      back.contribute(window, Long.MAX_VALUE, rebuilt);
    }

    assertSame(seed, rebuilt.text(), expected);
  }

  /** Events by their number in a list. */
  private record Numbered(List<AgentEvent> events) implements RunBlock.EventCodec {
    @Override
    public byte[] write(EventFact event) {
      events.add(event.event());
      return new byte[] {(byte) (events.size() - 1)};
    }

    @Override
    public AgentEvent read(byte[] bytes, int from, int length) {
      return events.get(bytes[from]);
    }
  }

  private static void assertSame(long seed, String actual, String expected) {
    int at = 0;
    while (at < Math.min(actual.length(), expected.length())
        && actual.charAt(at) == expected.charAt(at)) {
      at++;
    }
    assertThat(around(actual, at)).as("seed %d", seed).isEqualTo(around(expected, at));
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80));
  }

  private static String windows(List<Object> facts) {
    Collected windows = new Collected();
    state(facts, windows);
    return windows.text();
  }

  private static RunState state(List<Object> facts, Collected windows) {
    RunState run = Facts.run();
    for (Object fact : facts) {
      if (fact instanceof AgentSpan span) {
        run.insert(Facts.fact(span), windows);
      } else {
        run.insert(Facts.fact((AgentEvent) fact), windows);
      }
    }
    run.settle(windows);
    run.judge(run, Facts.START, windows);
    return run;
  }

  private static List<Object> randomRun(Random random) {
    List<Object> facts = new ArrayList<>();
    long at = 0;
    int size = 5 + random.nextInt(40);
    String lastModel = null;
    String lastTool = null;
    for (int id = 0; id < size; id++) {
      at += random.nextInt(4_000);
      AgentSpan span;
      if (random.nextInt(3) == 0) {
        span = Facts.model(id, at, random.nextInt(8) == 0 ? Outcome.ERROR : Outcome.OK);
        span.setParentSpanId(random.nextInt(4) == 0 ? lastModel : null);
        lastModel = span.getSpanId();
      } else {
        String tool = "tool" + random.nextInt(3);
        span = Facts.tool(id, tool, "a" + random.nextInt(4), at, OUTCOMES[random.nextInt(6)]);
        span.setActor(random.nextInt(6) == 0 ? Actor.USER : Actor.AGENT);
        span.setDurationUs(random.nextBoolean() ? null : (long) random.nextInt(9_000_000));
        span.setStartMs(random.nextInt(3) == 0 ? span.getEndMs() - random.nextInt(5_000) : null);
        span.setAttempt(random.nextInt(12) == 0 ? 1 + random.nextInt(3) : null);
        span.setToolCallId(random.nextInt(5) == 0 ? "call" + random.nextInt(3) : null);
        span.setPolicyRule(span.getOutcome() == Outcome.DENIED ? "rule" : null);
        span.setParentSpanId(random.nextInt(3) == 0 ? lastTool : null);
        lastTool = Facts.span(id + random.nextInt(3), span.getKind(), at, Outcome.OK).getSpanId();
      }
      facts.add(span);
    }
    facts.add(Facts.eventRecord(1, EventType.EVALUATION, "task_success", at, random.nextBoolean()));
    facts.add(Facts.eventRecord(2, EventType.HANDOFF, "human", at / 2, null));
    if (random.nextInt(4) > 0) {
      facts.add(Facts.root(999, at + 1, Outcome.OK));
    }
    return facts;
  }
}
