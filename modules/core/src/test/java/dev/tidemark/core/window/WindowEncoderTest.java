package dev.tidemark.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.WindowRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows written by hand are, byte for byte, what Avro writes of the record. */
class WindowEncoderTest {
  private static final long START = 1_790_000_000_000L;
  private static final int WINDOWS = 200;
  private static final List<Quantity> QUANTITIES = List.of(Quantity.values());
  private static final List<Dimension> DIMENSIONS = List.of(Dimension.values());

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldWriteWhatAvroWrites(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < WINDOWS; i++) {
      Series series = series(random);
      WindowTotals totals = totals(random);
      ByteWriter key = new ByteWriter();
      WindowEncoder.write(key, series);
      ByteWriter out = new ByteWriter();
      WindowEncoder.write(out, key.toBytes(), START, START + 15_000, totals);

      assertThat(out.toBytes())
          .as("seed %d, window %d", seed, i)
          .isEqualTo(avro(totals.toRecord(series, START, START + 15_000)));
    }
  }

  private static byte[] avro(WindowRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(WindowRecord.class).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Series series(Random random) {
    Series.Scope scope =
        new Series.Scope("tenänt", "production", "support", "v" + random.nextInt());
    return switch (random.nextInt(5)) {
      case 0 -> scope.tool("search_" + random.nextInt(100), random.nextBoolean() ? null : "2");
      case 1 -> scope.model("model", random.nextBoolean() ? null : "backend");
      case 2 -> scope.policy("rule");
      case 3 -> scope.agent();
      default -> scope.fleet();
    };
  }

  private static WindowTotals totals(Random random) {
    WindowTotals totals = new WindowTotals();
    for (Counter counter : Counter.values()) {
      if (random.nextInt(3) == 0) {
        totals.add(
            counter, random.nextInt(4) == 0 ? -random.nextInt(9) : random.nextLong(1L << 40));
      }
    }
    for (int n = random.nextInt(40); n > 0; n--) {
      totals.addError("error-" + random.nextInt(25), 1 + random.nextInt(3));
      totals.addDenial("rule-" + random.nextInt(5), 1);
      totals.addScore(
          "score-" + random.nextInt(4),
          random.nextBoolean() ? null : (Boolean) random.nextBoolean(),
          random.nextBoolean() ? null : (Long) (long) random.nextInt(),
          1);
      totals.addExemplar(
          Shows.at(random.nextInt(Shows.count())), random.nextLong(), random.nextLong(), 1);
    }
    for (int n = random.nextInt(60); n > 0; n--) {
      Quantity quantity = QUANTITIES.get(random.nextInt(QUANTITIES.size()));
      totals.add(quantity, random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40), 1);
    }
    for (int n = random.nextInt(50); n > 0; n--) {
      String part =
          DIMENSIONS
              .get(random.nextInt(DIMENSIONS.size()))
              .part("näme-" + random.nextInt(20) + "@1");
      totals.addRun(part, random.nextInt(9), 1);
      totals.addCall(random.nextBoolean() ? "user" : "unknown", random.nextInt(16), n - 9, 1);
    }
    for (int n = random.nextInt(200); n > 0; n--) {
      totals.addLatency((long) Math.exp(random.nextDouble() * 25), 1);
      totals.addHumanWait(random.nextInt(1_000_000), 1);
      totals.addCost(random.nextInt(5_000), random.nextInt(50) == 0 ? "EUR" : "USD", 1);
    }
    if (random.nextBoolean()) {
      totals.addCluster(0, random.nextInt(50));
      totals.addCluster(1, random.nextInt(500));
    }
    totals.addCompleteness(random.nextInt(1_000), random.nextInt(10), random.nextInt(3));
    return totals;
  }
}
