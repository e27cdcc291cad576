package dev.tidemark.core.human;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Series;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private static final long DAY = 86_400_000;
  private static final Series.Scope SCOPE = new Series.Scope("acme", "prod", "support", "1");
  private static final DecisionKey KEY = DecisionKey.of("acme", 7, 0, 0);

  private static HumanFact fact(boolean decision, long atMs, long trace, String id) {
    return new HumanFact(
        KEY, decision, atMs, atMs, trace, 1, true, id, SCOPE, decision ? null : "refund", null);
  }

  private static Map<HumanFact, HumanFact> waits(HumanFact... facts) {
    return Waits.of(new TreeSet<>(List.of(facts)), DAY);
  }

  @Test
  void shouldAnswerTheLastRequestBefore() {
    HumanFact first = fact(false, 10, 1, "a");
    HumanFact second = fact(false, 20, 2, "a");
    HumanFact decision = fact(true, 30, 3, "a");

    assertThat(waits(fact(false, 31, 9, "a"), decision, first, second))
        .isEqualTo(Map.of(decision, second));
  }

  @Test
  void shouldTakeARequestAtTheSameTimeAsBefore() {
    HumanFact request = fact(false, 30, 9, "z");
    HumanFact decision = fact(true, 30, 1, "a");

    assertThat(waits(request, decision)).isEqualTo(Map.of(decision, request));
  }

  @Test
  void shouldDecideBetweenRequestsAtOneTimeByWhereTheyWereTold() {
    HumanFact lower = fact(false, 10, 1, "b");
    HumanFact higher = fact(false, 10, -1, "a");
    HumanFact decision = fact(true, 30, 3, "a");

    assertThat(waits(lower, higher, decision)).isEqualTo(Map.of(decision, higher));
  }

  @Test
  void shouldLetEveryDecisionAnswer() {
    HumanFact request = fact(false, 10, 1, "a");

    assertThat(waits(request, fact(true, 20, 2, "a"), fact(true, 25, 2, "b")))
        .hasSize(2)
        .containsValue(request);
  }

  @Test
  void shouldNotAnswerWhatIsTooOldOrComesLater() {
    HumanFact request = fact(false, 10, 1, "a");

    assertThat(waits(fact(true, 5, 2, "a"), request)).isEmpty();
    assertThat(waits(request, fact(true, 10 + DAY, 2, "a"))).hasSize(1);
    assertThat(waits(request, fact(true, 11 + DAY, 2, "a"))).isEmpty();
  }

  @Test
  void shouldKeepTenantsAndKindsOfIdsApart() {
    assertThat(KEY)
        .isEqualTo(DecisionKey.of("acme", 7, 8, 9))
        .isNotEqualTo(DecisionKey.of("other", 7, 0, 0))
        .isNotEqualTo(DecisionKey.of("acme", 0, 7, 0))
        .isNotEqualTo(DecisionKey.of("acme", 0, 0, 7));
    assertThat(DecisionKey.of("acme", 0, DecisionKey.hash(""), DecisionKey.hash(null))).isNull();
  }

  @Test
  void shouldReadWhatWasWritten() {
    for (HumanFact fact :
        List.of(fact(false, -5, 1, "a"), fact(true, 1_790_000_000_000L, -1, ""))) {
      ByteWriter out = new ByteWriter();
      HumanFactCodec.write(out, fact.at(fact.atMs() - 40_000));
      byte[] bytes = out.toBytes();

      assertThat(HumanFactCodec.read(new ByteReader().on(bytes, 0, bytes.length)))
          .isEqualTo(fact.at(fact.atMs() - 40_000));
    }
  }
}
