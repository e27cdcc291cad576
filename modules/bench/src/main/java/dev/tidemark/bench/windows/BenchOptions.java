package dev.tidemark.bench.windows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param full the whole measurement instead of the quick one
 * @param only contestants and probes to run; empty for all
 * @param seed of the spans
 * @param spans of each set; 0 for what the mode says
 * @param rounds how often each contestant runs; 0 for what the mode says
 */
record BenchOptions(boolean full, Set<String> only, long seed, long spans, int rounds) {
  static final String LATENCY = "latency";
  static final String SERIES = "series";
  static final String HEAP = "heap";
  static final String RESTORE = "restore";
  static final String PARTITIONS = "partitions";
  private static final List<String> PROBES = List.of(SERIES, PARTITIONS, LATENCY, HEAP, RESTORE);
  private static final long FULL_SPANS = 3_000_000;
  private static final long QUICK_SPANS = 500_000;

  /**
   * Reads the arguments.
   *
   * @throws BenchFailure one sentence on what is wrong with them
   */
  static BenchOptions parse(List<String> args) {
    boolean full = false;
    Set<String> only = new LinkedHashSet<>();
    long seed = 1;
    long spans = 0;
    int rounds = 0;
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--quick" -> full = false;
        case "--full" -> full = true;
        case "--only" -> only.addAll(names(value(args, ++i)));
        case "--seed" -> seed = number(args, ++i);
        case "--spans" -> spans = number(args, ++i);
        case "--rounds" -> rounds = (int) number(args, ++i);
        default ->
            throw new BenchFailure(
                "bench windows does not know "
                    + args.get(i)
                    + ": use --quick, --full, --only NAMES, --seed N, --spans N or --rounds N");
      }
    }
    return new BenchOptions(full, only, seed, spans, rounds);
  }

  boolean wants(String name) {
    return only.isEmpty() || only.contains(name);
  }

  /** Spans of the sets that most figures come from. */
  long usualSpans() {
    return spans > 0 ? spans : full ? FULL_SPANS : QUICK_SPANS;
  }

  /** Spans of the sets with many series. */
  long seriesSpans() {
    return spans > 0 ? spans : full ? FULL_SPANS : QUICK_SPANS / 3;
  }

  int usualRounds() {
    return rounds > 0 ? rounds : full ? 3 : 1;
  }

  private static List<String> names(String list) {
    List<String> known = new ArrayList<>(Contestants.ALL);
    known.addAll(PROBES);
    List<String> names = List.of(list.split(",", -1));
    for (String name : names) {
      if (!known.contains(name)) {
        throw new BenchFailure(
            "--only does not know " + name + ": choose from " + String.join(",", known));
      }
    }
    return names;
  }

  private static String value(List<String> args, int at) {
    if (at >= args.size()) {
      throw new BenchFailure(args.get(at - 1) + " needs a value");
    }
    return args.get(at);
  }

  private static long number(List<String> args, int at) {
    String text = value(args, at);
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(args.get(at - 1), text);
    }
    throw notANumber(args.get(at - 1), text);
  }

  private static BenchFailure notANumber(String option, String text) {
    return new BenchFailure(option + " needs a number above 0, got " + text);
  }
}
