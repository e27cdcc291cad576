package dev.tidemark.core.window;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.records.ExemplarTrace;
import dev.tidemark.records.TraceId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bottom-k sample of the distinct traces of each category (Cohen and Kaplan 2007): those with the
 * smallest hash of their id, so the choice depends on the set alone and samples merge. A trace
 * counts how often it showed the category, so that a retraction takes it back; a category keeps
 * three times what it shows, so the choice is exact unless two thirds of the smallest are taken
 * back. Not thread-safe.
 */
final class ExemplarPool {
  private static final int KEPT_PER_SHOWN = 3;
  private static final int STRIDE = 4;

  /** Per entry: category and times, hash, high and low half of the trace id; sorted. */
  private long[] data = new long[STRIDE];

  private int size;

  /** Adds a trace to a category, or takes it back. */
  void add(Shows category, long high, long low, int times) {
    add(category.ordinalBits(), Hash64.of(high, low), high, low, times);
  }

  private void add(long category, long hash, long high, long low, long times) {
    int at = 0;
    while (at < size && compare(at, category, hash, high, low) < 0) {
      at++;
    }
    if (at < size && compare(at, category, hash, high, low) == 0) {
      data[at * STRIDE] += times;
      if ((int) data[at * STRIDE] == 0) {
        remove(at);
      }
    } else if (times > 0) {
      insert(at, category, hash, high, low, times);
    }
  }

  /** The categories of a trace become those of the lower half, as far as the upper half says. */
  void replace(long high, long low, long mask) {
    long hash = Hash64.of(high, low);
    for (int c = 0; c < Shows.count(); c++) {
      if ((mask & (1L << (c + Shows.BITS))) == 0) {
        continue;
      }
      long category = (long) c << Integer.SIZE;
      int at = 0;
      while (at < size && compare(at, category, hash, high, low) < 0) {
        at++;
      }
      boolean there = at < size && compare(at, category, hash, high, low) == 0;
      boolean wanted = (mask & (1L << c)) != 0;
      if (there && !wanted) {
        remove(at);
      } else if (wanted && !there) {
        insert(at, category, hash, high, low, 1);
      }
    }
  }

  /** Adds another pool. */
  void add(ExemplarPool other) {
    for (int i = 0; i < other.size; i++) {
      int at = i * STRIDE;
      long head = other.data[at];
      long times = (int) head;
      add(head - times, other.data[at + 1], other.data[at + 2], other.data[at + 3], times);
    }
  }

  /** Adds what a window shows. */
  void add(List<ExemplarTrace> shown) {
    for (ExemplarTrace exemplar : shown) {
      ByteBuffer id = ByteBuffer.wrap(exemplar.getTraceId().bytes());
      long high = id.getLong();
      long low = id.getLong();
      for (Shows category : Shows.of(exemplar.getShows())) {
        add(category, high, low, 1);
      }
    }
  }

  /**
   * The traces shown as (high, low, mask), ordered by hash.
   *
   * @param all whether everything kept is shown, as in a window that was revised
   */
  long[] chosen(boolean all) {
    long[] chosen = new long[size * STRIDE];
    int count = 0;
    int inCategory = 0;
    for (int i = 0; i < size; i++) {
      int at = i * STRIDE;
      int category = (int) (data[at] >>> Integer.SIZE);
      boolean first = i == 0 || category != (int) (data[at - STRIDE] >>> Integer.SIZE);
      inCategory = first ? 0 : inCategory;
      if ((int) data[at] > 0 && (all || inCategory < Shows.at(category).shown())) {
        inCategory++;
        count = merge(chosen, count, at, 1L << category);
      }
    }
    return Arrays.copyOf(chosen, count * STRIDE);
  }

  /** The traces as records. */
  List<ExemplarTrace> records(boolean all) {
    long[] chosen = chosen(all);
    List<ExemplarTrace> records = new ArrayList<>(chosen.length / STRIDE);
    for (int at = 0; at < chosen.length; at += STRIDE) {
      byte[] id = new byte[2 * Long.BYTES];
      ByteBuffer.wrap(id).putLong(chosen[at + 1]).putLong(chosen[at + 2]);
      records.add(new ExemplarTrace(new TraceId(id), (int) chosen[at + 3]));
    }
    return records;
  }

  /** Adds a trace to the chosen ones, which are sorted by hash and id. */
  private int merge(long[] chosen, int count, int from, long bit) {
    int at = 0;
    while (at < count && order(chosen, at * STRIDE, from) < 0) {
      at++;
    }
    if (at < count && order(chosen, at * STRIDE, from) == 0) {
      chosen[at * STRIDE + 3] |= bit;
      return count;
    }
    System.arraycopy(chosen, at * STRIDE, chosen, (at + 1) * STRIDE, (count - at) * STRIDE);
    System.arraycopy(data, from + 1, chosen, at * STRIDE, STRIDE - 1);
    chosen[at * STRIDE + 3] = bit;
    return count + 1;
  }

  private int order(long[] chosen, int at, int from) {
    return order(
        chosen[at], chosen[at + 1], chosen[at + 2], data[from + 1], data[from + 2], data[from + 3]);
  }

  private static int order(long hash, long high, long low, long hash2, long high2, long low2) {
    if (hash != hash2) {
      return Long.compare(hash, hash2);
    }
    return high != high2 ? Long.compareUnsigned(high, high2) : Long.compareUnsigned(low, low2);
  }

  private int compare(int entry, long category, long hash, long high, long low) {
    int at = entry * STRIDE;
    int c = Integer.compare((int) (data[at] >>> Integer.SIZE), (int) (category >>> Integer.SIZE));
    return c != 0 ? c : order(data[at + 1], data[at + 2], data[at + 3], hash, high, low);
  }

  private void insert(int at, long category, long hash, long high, long low, long times) {
    int number = (int) (category >>> Integer.SIZE);
    int last = at;
    while (last < size && (int) (data[last * STRIDE] >>> Integer.SIZE) == number) {
      last++;
    }
    int held = last - at;
    for (int i = at; i > 0 && (int) (data[(i - 1) * STRIDE] >>> Integer.SIZE) == number; i--) {
      held++;
    }
    if (held >= Shows.at(number).shown() * KEPT_PER_SHOWN) {
      if (last == at) {
        return;
      }
      remove(last - 1);
    }
    if ((size + 1) * STRIDE > data.length) {
      data = Arrays.copyOf(data, data.length * 2);
    }
    int to = at * STRIDE;
    System.arraycopy(data, to, data, to + STRIDE, size * STRIDE - to);
    data[to] = category + times;
    data[to + 1] = hash;
    data[to + 2] = high;
    data[to + 3] = low;
    size++;
  }

  private void remove(int at) {
    int from = (at + 1) * STRIDE;
    System.arraycopy(data, from, data, at * STRIDE, size * STRIDE - from);
    size--;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
