package dev.tidemark.core.limit;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.sketch.Sketches;
import dev.tidemark.records.Exemplar;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.Sketch;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the windows of one judgement add up to. Mergeable; the order of adding does not matter. */
final class Frame {
  private static final String MIXED = "mixed";
  private long n;
  private long x;
  private long sum;
  private Sketch sketch;
  private String currency = "";
  private List<Exemplar> exemplars = List.of();

  /** A frame of trials and events of a rate. */
  static Frame of(long trials, long events, List<Exemplar> shown) {
    Frame frame = new Frame();
    frame.n = trials;
    frame.x = events;
    frame.exemplars = shown;
    return frame;
  }

  void add(WindowRecord window, Reading reading) {
    n += reading.trials(window);
    x += reading.events(window);
    sum += reading.sum(window);
    sketch = Sketches.merge(sketch, reading.values(window));
    String told = window.getCostCurrency();
    if (reading.unit() == Unit.MONEY && told != null) {
      currency = currency.isEmpty() || currency.equals(told) ? told : MIXED;
    }
    exemplars = Examples.smallest(exemplars, Examples.of(window, reading.shown()));
  }

  /** The value, when there is enough to have one; money of several currencies has none. */
  OptionalDouble value(Reading reading, long minimum) {
    if (currency.equals(MIXED)) {
      return OptionalDouble.empty();
    }
    return switch (reading.measure()) {
      case SUM -> OptionalDouble.of((double) sum);
      case CALLS, RUNS -> OptionalDouble.of((double) n);
      case RATE ->
          n < minimum ? OptionalDouble.empty() : OptionalDouble.of((double) x / Math.max(1, n));
      case MEAN ->
          count() < minimum ? OptionalDouble.empty() : OptionalDouble.of(Sketches.mean(sketch));
      case QUANTILE ->
          count() < minimum
              ? OptionalDouble.empty()
              : OptionalDouble.of(Sketches.quantile(sketch, reading.quantile()));
    };
  }

  private long count() {
    return sketch == null ? 0 : Sketches.count(sketch);
  }

  String currency() {
    return currency;
  }

  List<Exemplar> exemplars() {
    return exemplars;
  }

  /** The value for people, with how much it stands on. */
  String words(Reading reading, double value) {
    String text = reading.unit().text(value, currency);
    return switch (reading.measure()) {
      case RATE -> text + " (" + x + " of " + n + ")";
      case MEAN -> "mean " + text + " of " + count() + " values";
      case QUANTILE -> reading.quantileWord() + " " + text + " of " + count() + " values";
      case SUM, CALLS, RUNS -> text;
    };
  }

  /** A rate as it stands: no interval is claimed. */
  RateEvidence rate() {
    double rate = n == 0 ? 0 : (double) x / n;
    return new RateEvidence(n, x, rate, rate, rate, 0.0);
  }

  /** A quantity as it stands; null for a rate. */
  QuantityEvidence quantity(Reading reading, double value) {
    if (reading.measure() == Measure.RATE) {
      return null;
    }
    String unit = reading.unit().word(currency);
    if (reading.measure().ofTime()) {
      return new QuantityEvidence(unit, n, value, value, value, value, value, value, 0.0);
    }
    if (sketch == null) {
      return new QuantityEvidence(unit, 0L, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    }
    double mean = Sketches.mean(sketch);
    return new QuantityEvidence(
        unit,
        count(),
        Sketches.quantile(sketch, 0.5),
        Sketches.quantile(sketch, 0.9),
        Sketches.quantile(sketch, 0.99),
        mean,
        mean,
        mean,
        0.0);
  }

  void write(ByteWriter out) {
    out.number(n).number(x).number(sum).text(currency);
    Examples.write(out, exemplars);
    out.one(sketch == null ? 0 : 1);
    if (sketch != null) {
      out.number(sketch.getScale()).number(sketch.getZeroCount()).number(sketch.getSum());
      out.number(sketch.getIndexes().size());
      sketch.getIndexes().forEach(out::number);
      sketch.getCounts().forEach(out::number);
    }
  }

  static Frame read(ByteReader in) {
    Frame frame = new Frame();
    frame.n = in.number();
    frame.x = in.number();
    frame.sum = in.number();
    frame.currency = in.text();
    frame.exemplars = Examples.read(in);
    if (in.one() == 1) {
      int scale = in.whole();
      long zero = in.number();
      long sum = in.number();
      int size = in.length();
      List<Integer> indexes = new ArrayList<>(size);
      List<Long> counts = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        indexes.add(in.whole());
      }
      for (int i = 0; i < size; i++) {
        counts.add(in.number());
      }
      frame.sketch = new Sketch(scale, zero, sum, indexes, counts);
    }
    return frame;
  }
}
