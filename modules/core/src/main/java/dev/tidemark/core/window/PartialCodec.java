package dev.tidemark.core.window;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.sketch.ExponentialSketch;

/**
 * Totals on their way between the two stages: only what is filled, nothing capped or chosen that a
 * merge would need. Wire form: which parts there are (1 byte), which sums (8 bytes), the sums, the
 * parts.
 */
public final class PartialCodec {
  private static final int LATENCY = 1;
  private static final int COST = 2;
  private static final int WAIT = 4;
  private static final int ERRORS = 8;
  private static final int DENIED = 16;
  private static final int SCORES = 32;
  private static final int CURRENCIES = 64;
  private static final int EXEMPLARS = 128;
  private static final int STRIDE = 4;

  private PartialCodec() {}

  /** Writes totals. */
  public static void write(ByteWriter out, WindowTotals totals) {
    int parts =
        part(totals.latency, LATENCY)
            | part(totals.cost, COST)
            | part(totals.humanWait, WAIT)
            | part(totals.errorTypes, ERRORS)
            | part(totals.deniedByRule, DENIED)
            | part(totals.scores, SCORES)
            | part(totals.currencies, CURRENCIES);
    boolean shows = totals.exemplars != null || totals.replaced.length > 0;
    out.one(parts | (shows ? EXEMPLARS : 0));
    long filled = totals.sums.filled();
    out.fixed(filled);
    for (long rest = filled; rest != 0; rest &= rest - 1) {
      out.number(totals.sums.get(Long.numberOfTrailingZeros(rest)));
    }
    sketch(out, totals.latency);
    sketch(out, totals.cost);
    sketch(out, totals.humanWait);
    capped(out, totals.errorTypes);
    capped(out, totals.deniedByRule);
    capped(out, totals.scores);
    capped(out, totals.currencies);
    if (shows) {
      long[] chosen = totals.exemplars == null ? new long[0] : totals.exemplars.chosen(false);
      out.unsigned(chosen.length / STRIDE);
      for (int i = 0; i < chosen.length; i += STRIDE) {
        out.fixed(chosen[i + 1]).fixed(chosen[i + 2]).unsigned(chosen[i + 3]);
      }
      out.unsigned(totals.replaced.length / 3);
      for (int i = 0; i < totals.replaced.length; i += 3) {
        out.fixed(totals.replaced[i])
            .fixed(totals.replaced[i + 1])
            .unsigned(totals.replaced[i + 2]);
      }
    }
  }

  /** Adds what was written to {@code into}, which may hold other parts of the window. */
  public static void addTo(WindowTotals into, ByteReader in) {
    int parts = in.one();
    for (long rest = in.fixed(); rest != 0; rest &= rest - 1) {
      into.sums.add(Long.numberOfTrailingZeros(rest), in.number());
    }
    if ((parts & LATENCY) != 0) {
      into.latency = sketch(in, into.latency);
    }
    if ((parts & COST) != 0) {
      into.cost = sketch(in, into.cost);
    }
    if ((parts & WAIT) != 0) {
      into.humanWait = sketch(in, into.humanWait);
    }
    for (long n = (parts & ERRORS) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addError(in.text(), in.number());
    }
    for (long n = (parts & DENIED) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addDenial(in.text(), in.number());
    }
    for (long n = (parts & SCORES) != 0 ? in.unsigned() : 0; n > 0; n--) {
      long[] sums = into.scoresOf(in.text());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += in.number();
      }
    }
    for (long n = (parts & CURRENCIES) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addCurrency(in.text(), in.number());
    }
    if ((parts & EXEMPLARS) != 0) {
      exemplars(into, in);
    }
  }

  private static void exemplars(WindowTotals into, ByteReader in) {
    for (long n = in.unsigned(); n > 0; n--) {
      long high = in.fixed();
      long low = in.fixed();
      for (long rest = in.unsigned(); rest != 0; rest &= rest - 1) {
        into.addExemplar(Shows.at(Long.numberOfTrailingZeros(rest)), high, low, 1);
      }
    }
    for (long n = in.unsigned(); n > 0; n--) {
      long high = in.fixed();
      long low = in.fixed();
      long mask = in.unsigned();
      into.replaceExemplar(high, low, (int) mask & 0xffff, (int) (mask >>> Shows.BITS));
    }
  }

  private static int part(Object part, int bit) {
    return part == null ? 0 : bit;
  }

  private static void sketch(ByteWriter out, ExponentialSketch sketch) {
    if (sketch == null) {
      return;
    }
    out.number(sketch.zeroCount()).number(sketch.sum()).unsigned(sketch.filled());
    int previous = 0;
    for (int i = 0; i < sketch.buckets(); i++) {
      if (sketch.count(i) != 0) {
        out.number(sketch.index(i) - previous).number(sketch.count(i));
        previous = sketch.index(i);
      }
    }
  }

  private static ExponentialSketch sketch(ByteReader in, ExponentialSketch into) {
    ExponentialSketch sketch = into == null ? new ExponentialSketch() : into;
    sketch.addSums(in.number(), in.number());
    int index = 0;
    for (long n = in.unsigned(); n > 0; n--) {
      index += in.whole();
      sketch.addBucket(index, in.number());
    }
    return sketch;
  }

  private static void capped(ByteWriter out, CappedSums capped) {
    if (capped == null) {
      return;
    }
    int[] names = {0};
    capped.each((name, sums) -> names[0]++);
    out.unsigned(names[0]);
    capped.each(
        (name, sums) -> {
          out.text(name);
          for (long sum : sums) {
            out.number(sum);
          }
        });
  }
}
