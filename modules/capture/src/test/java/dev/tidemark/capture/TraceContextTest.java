package dev.tidemark.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context, and what a thread and a message are part of. */
class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private final TraceContext context = new TraceContext(TRACE, SPAN, true);

  @Test
  void shouldReadTheExampleOfTheStandard() {
    assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01")).contains(context);
    assertThat(context.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
  }

  /** A later version may say more; what is known of it counts. */
  @Test
  void shouldReadLaterVersions() {
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-more")).contains(context);
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-03")).contains(context);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
      })
  void shouldTakeAnythingElseForNone(String header) {
    assertThat(TraceContext.parse(header)).isEmpty();
  }

  @Test
  void shouldReadWhatItWrote() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var one = new TraceContext(hex(random, 16), hex(random, 8), random.nextBoolean());
      assertThat(TraceContext.parse(one.traceparent())).as("seed %d", seed).contains(one);
    }
  }

  /** One changed character gives another context or none, never an exception. */
  @Test
  void shouldNeverThrowOnBrokenHeaders() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String alphabet = "0123456789abcdefABCDEFg-_ \u0000\u00e9";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(context.traceparent());
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      Optional<TraceContext> read = TraceContext.parse(text.toString());
      read.ifPresent(
          known ->
              assertThat(TraceContext.parse(known.traceparent()))
                  .as("seed %d", seed)
                  .contains(known));
    }
  }

  @Test
  void shouldTravelInKafkaHeaders() {
    var headers = new RecordHeaders();
    assertThat(TraceContext.extract(headers)).isEmpty();
    headers.add(TraceContext.HEADER, null);
    assertThat(TraceContext.extract(headers)).isEmpty();
    context.inject(headers);
    context.inject(headers);
    assertThat(TraceContext.extract(headers)).contains(context);
    assertThat(headers.toArray()).hasSize(1);
  }

  @Test
  void shouldFollowTasksToOtherThreadsAndLeaveThemAsTheyWere() {
    var pool = Executors.newSingleThreadExecutor();
    try (var scope = context.activate()) {
      assertThat(TraceContext.current()).contains(context);
      assertThat(CompletableFuture.supplyAsync(TraceContext::current, pool).join()).isEmpty();
      var following = TraceContext.following(pool);
      assertThat(CompletableFuture.supplyAsync(TraceContext::current, following).join())
          .contains(context);
      assertThat(CompletableFuture.supplyAsync(TraceContext::current, pool).join()).isEmpty();
      var inner = new TraceContext(TRACE, "00f067aa0ba902b7", false);
      try (var other = inner.activate()) {
        assertThat(TraceContext.current()).contains(inner);
      }
      assertThat(TraceContext.current()).contains(context);
    } finally {
      pool.shutdownNow();
    }
    assertThat(TraceContext.current()).isEmpty();
  }

  @Test
  void shouldRunWhatItWraps() throws Exception {
    Callable<Optional<TraceContext>> asked = TraceContext::current;
    assertThat(context.wrap(asked).call()).contains(context);
    assertThat(context.supplying(TraceContext::current).get()).contains(context);
    var seen = new CompletableFuture<Optional<TraceContext>>();
    Runnable task = () -> seen.complete(TraceContext.current());
    context.wrap(task).run();
    assertThat(seen.join()).contains(context);
  }

  @Test
  void shouldRefuseIdsThatAreNone() {
    assertThatThrownBy(() -> new TraceContext("1", SPAN, true))
        .hasMessageContaining("32 lower-case hex digits");
  }

  private static String hex(Random random, int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    id[0] |= 1;
    return HexFormat.of().formatHex(id);
  }
}
