package dev.tidemark.core.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an exemplar run shows; the constant's position is its bit in {@code ExemplarTrace}. */
public enum Shows {
  OK(2),
  RETRY(5),
  RECOVERED(5),
  IDENTICAL(5),
  ERROR(5),
  DENIED(5),
  SUCCESSFUL(2),
  UNSUCCESSFUL(5),
  SILENT_RECOVERY(5),
  ABNORMAL(5),
  ESCALATED(5),
  LOOPING(5);

  /** A mask is no wider than this. */
  static final int BITS = 16;

  /** Bits of what attempts show. */
  public static final int OF_ATTEMPTS = SUCCESSFUL.bit() - 1;

  /** Bits of what a run as a whole shows. */
  public static final int OF_RUNS = (2 * LOOPING.bit() - 1) & ~OF_ATTEMPTS;

  private static final Shows[] ALL = values();
  private final int shown;

  Shows(int shown) {
    this.shown = shown;
  }

  /** How many traces of the category a window shows. */
  public int shown() {
    return shown;
  }

  /** The bit of the category. */
  public int bit() {
    return 1 << compareTo(OK);
  }

  long ordinalBits() {
    return (long) compareTo(OK) << Integer.SIZE;
  }

  /** Lower-case name, as findings and pages say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of a bit by its position. */
  public static Shows at(int position) {
    return ALL[position];
  }

  static int count() {
    return ALL.length;
  }

  /** The categories of a bit mask, in order. */
  public static List<Shows> of(int mask) {
    List<Shows> shows = new ArrayList<>();
    for (Shows category : ALL) {
      if ((mask & category.bit()) != 0) {
        shows.add(category);
      }
    }
    return shows;
  }
}
