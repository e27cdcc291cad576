package dev.tidemark.core.window;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.sketch.ExponentialSketch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Totals on their way between the two stages: only what is filled, nothing capped or chosen that a
 * merge would need. Wire form: what else there is (1 byte), which sketches, which sums (8 bytes),
 * the sums, the sketches, the rest.
 */
public final class PartialCodec {
  private static final int ERRORS = 1;
  private static final int DENIED = 2;
  private static final int SCORES = 4;
  private static final int CURRENCIES = 8;
  private static final int EXEMPLARS = 16;
  private static final int PARTS = 32;
  private static final Quantity[] QUANTITIES = Quantity.values();
  private static final int STRIDE = 4;

  private PartialCodec() {}

  /** Writes totals. */
  public static void write(ByteWriter out, WindowTotals totals) {
    int there =
        bit(totals.errorTypes, ERRORS)
            | bit(totals.deniedByRule, DENIED)
            | bit(totals.scores, SCORES)
            | bit(totals.currencies, CURRENCIES)
            | bit(totals.parts, PARTS);
    boolean shows = totals.exemplars != null || totals.replaced.length > 0;
    out.one(there | (shows ? EXEMPLARS : 0)).unsigned(totals.quantities.used());
    long filled = totals.sums.filled();
    out.fixed(filled);
    for (long rest = filled; rest != 0; rest &= rest - 1) {
      out.number(totals.sums.get(Long.numberOfTrailingZeros(rest)));
    }
    for (Quantity quantity : QUANTITIES) {
      sketch(out, totals.quantities.get(quantity));
    }
    capped(out, totals.errorTypes);
    capped(out, totals.deniedByRule);
    capped(out, totals.scores);
    capped(out, totals.currencies);
    if (totals.parts != null) {
      named(out, totals.parts::each);
    }
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
    int there = in.one();
    long used = in.unsigned();
    for (long rest = in.fixed(); rest != 0; rest &= rest - 1) {
      into.sums.add(Long.numberOfTrailingZeros(rest), in.number());
    }
    for (Quantity quantity : QUANTITIES) {
      if ((used & quantity.bit()) != 0) {
        sketch(in, into.quantities.of(quantity));
      }
    }
    for (long n = (there & ERRORS) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addError(in.text(), in.number());
    }
    for (long n = (there & DENIED) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addDenial(in.text(), in.number());
    }
    for (long n = (there & SCORES) != 0 ? in.unsigned() : 0; n > 0; n--) {
      long[] sums = into.scoresOf(in.text());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += in.number();
      }
    }
    for (long n = (there & CURRENCIES) != 0 ? in.unsigned() : 0; n > 0; n--) {
      into.addCurrency(in.text(), in.number());
    }
    for (long n = (there & PARTS) != 0 ? in.unsigned() : 0; n > 0; n--) {
      long[] sums = into.parts().of(in.text());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += in.number();
      }
    }
    if ((there & EXEMPLARS) != 0) {
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

  private static int bit(Object part, int bit) {
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

  private static void sketch(ByteReader in, ExponentialSketch sketch) {
    sketch.addSums(in.number(), in.number());
    int index = 0;
    for (long n = in.unsigned(); n > 0; n--) {
      index += in.whole();
      sketch.addBucket(index, in.number());
    }
  }

  private static void capped(ByteWriter out, CappedSums capped) {
    if (capped != null) {
      named(out, capped::each);
    }
  }

  private static void named(ByteWriter out, Consumer<BiConsumer<String, long[]>> each) {
    int[] names = {0};
    each.accept((name, sums) -> names[0]++);
    out.unsigned(names[0]);
    each.accept(
        (name, sums) -> {
          out.text(name);
          for (long sum : sums) {
            out.number(sum);
          }
        });
  }
}
