package dev.tidemark.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.audit.ChainCheck.Break;
import dev.tidemark.core.audit.ChainCheck.Kind;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a chain, anywhere in it, is found and located. */
class ChainCheckTest {
  private static final int CHAIN = 3;

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  static Stream<Consumer<AuditEntry>> changes() {
    return Stream.of(
        e -> e.setVerdict(Verdict.ALLOW),
        e -> e.setVerdict(null),
        e -> e.setEnforced(Verdict.WARN),
        e -> e.setHumanDecision(HumanDecision.APPROVED),
        e -> e.setPolicyRule("another"),
        e -> e.setPolicyId(null),
        e -> e.setPolicyVersion("9"),
        e -> e.setToolName("other"),
        e -> e.setTimeMs(e.getTimeMs() + 1),
        e -> e.setOffset(e.getOffset() + 1),
        e -> e.setPartition(e.getPartition() + 1),
        e -> e.setTopic("elsewhere"),
        e -> e.setRecordHash(AuditChain.NOTHING),
        e -> e.setHash(AuditChain.NOTHING));
  }

  @Test
  void shouldFindNothingWrongWithAWholeChain() {
    ChainCheck check = check(chain(200, 1));
    assertThat(check.breaks()).isEmpty();
    assertThat(check.entries()).isEqualTo(200);
    assertThat(check.first()).isZero();
    assertThat(check.last().getSequence()).isEqualTo(199);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldLocateWhatWasRemoved(int seed) {
    var random = new Random(seed);
    List<AuditEntry> chain = chain(50, seed);
    int from = random.nextInt(48);
    int count = 1 + random.nextInt(49 - from);
    chain.subList(from, from + count).clear();
    assertThat(check(chain).breaks())
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.kind()).isEqualTo(Kind.REMOVED);
              assertThat(b.sequence()).isEqualTo(from);
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldLocateWhatWasMoved(int seed) {
    var random = new Random(seed);
    List<AuditEntry> chain = chain(50, seed);
    int from = random.nextInt(48);
    Collections.swap(chain, from, from + 1);
    assertThat(check(chain).breaks())
        .extracting(Break::kind)
        .contains(Kind.REORDERED)
        .hasSizeLessThanOrEqualTo(3);
    assertThat(check(chain).breaks())
        .filteredOn(b -> b.kind() == Kind.REORDERED)
        .singleElement()
        .extracting(Break::sequence)
        .isEqualTo((long) from);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldLocateWhatWasChanged(Consumer<AuditEntry> change) {
    List<AuditEntry> chain = chain(20, 5);
    change.accept(chain.get(7));
    assertThat(check(chain).breaks())
        .first()
        .satisfies(
            b -> {
              assertThat(b.kind()).isEqualTo(Kind.CHANGED);
              assertThat(b.sequence()).isEqualTo(7);
            });
  }

  /** A careful forger makes the entry's own hash fit: the next one tells on it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void shouldLocateWhatWasReplaced(int seed) {
    List<AuditEntry> chain = chain(50, seed);
    int at = new Random(seed).nextInt(49);
    AuditEntry forged = chain.get(at);
    forged.setVerdict(Verdict.UNKNOWN);
    forged.setHash(AuditChain.hash(forged));
    assertThat(check(chain).breaks())
        .containsExactly(
            new Break(
                Kind.REPLACED, at, "is not the one that entry " + (at + 1) + " was linked to"));
  }

  @Test
  void shouldLocateWhatStandsTwice() {
    List<AuditEntry> chain = chain(10, 1);
    chain.add(5, chain.get(4));
    assertThat(check(chain).breaks())
        .containsExactly(new Break(Kind.REORDERED, 4, "stands behind entry 4"));
  }

  @Test
  void shouldRefuseAnEntryOfAnotherChain() {
    List<AuditEntry> chain = chain(3, 1);
    AuditEntry foreign = draft(0, new Random(2));
    foreign.setChain(CHAIN + 1);
    chain.add(AuditChain.link(foreign, 3, chain.get(2).getHash()));
    assertThat(check(chain).breaks())
        .containsExactly(new Break(Kind.MISPLACED, 3, "belongs to chain 4"));
  }

  @Test
  void shouldFindEveryBreakNotOnlyTheFirst() {
    List<AuditEntry> chain = chain(30, 1);
    chain.get(20).setPolicyRule("x");
    chain.remove(10);
    assertThat(check(chain).breaks()).extracting(Break::sequence).containsExactly(10L, 20L);
    assertThat(check(chain).broken()).isEqualTo(2);
  }

  @Test
  void shouldBeginAnywhereWhenTheStartWasForgotten() {
    List<AuditEntry> rest = chain(30, 1).subList(12, 30);
    var check = new ChainCheck(CHAIN, false);
    rest.forEach(check::next);
    assertThat(check.breaks()).isEmpty();
    assertThat(check.first()).isEqualTo(12);
  }

  private static ChainCheck check(List<AuditEntry> chain) {
    var check = new ChainCheck(CHAIN, true);
    chain.forEach(check::next);
    return check;
  }

  private static List<AuditEntry> chain(int length, int seed) {
    var random = new Random(seed);
    var chain = new ArrayList<AuditEntry>();
    String previous = AuditChain.NOTHING;
    for (int i = 0; i < length; i++) {
      chain.add(AuditChain.link(draft(i, random), i, previous));
      previous = chain.get(i).getHash();
    }
    return chain;
  }

  private static AuditEntry draft(int i, Random random) {
    return AuditEntry.newBuilder()
        .setChain(CHAIN)
        .setSequence(-1)
        .setPreviousHash("")
        .setHash("")
        .setTopic("agent-spans")
        .setPartition(CHAIN)
        .setOffset(i * 7L)
        .setRecordHash(AuditChain.sha256(new byte[] {(byte) i, (byte) random.nextInt()}))
        .setTimeMs(1_000L + i)
        .setToolName(random.nextBoolean() ? "send" : "search")
        .setPolicyId("guard")
        .setPolicyVersion("2")
        .setPolicyRule("no-send")
        .setVerdict(Verdict.DENY)
        .setEnforced(Verdict.DENY)
        .build();
  }
}
