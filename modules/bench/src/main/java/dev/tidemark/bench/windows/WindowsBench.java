package dev.tidemark.bench.windows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./tidemark bench windows}: what windows cost, ours against floors and peers, side by side
 * on one machine. Prints a table and, as the last line, one JSON object.
 */
public final class WindowsBench {
  private static final List<String> SIXTEEN =
      List.of("poll", "floor", "ours", "ours2threads", "flinkLinked", "flinkWindows", "naive");

  /** What a quick look leaves out unless it is named. */
  private static final List<String> LONG = List.of("naiveInMemory", "flinkObjects");

  private static final String QUICK_SERIES = "1k";

  private final BenchOptions options;
  private final Notes notes = new Notes();
  private final Results results = new Results();

  private WindowsBench(BenchOptions options) {
    this.options = options;
  }

  /**
   * Runs what the arguments ask for.
   *
   * @return exit code: 0, or 2 when the arguments make no sense
   */
  public static int run(List<String> args) {
    try {
      BenchOptions options = BenchOptions.parse(args);
      new WindowsBench(options).run();
      return 0;
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      return 2;
    }
  }

  private void run() {
    try (Lab lab = new Lab()) {
      usual(lab);
      if (options.wants(BenchOptions.PARTITIONS) && options.full()) {
        boolean named = SIXTEEN.stream().anyMatch(options.only()::contains);
        List<String> wanted = named ? SIXTEEN.stream().filter(options::wants).toList() : SIXTEEN;
        compete(lab, Shape.usual(options.usualSpans(), 16), wanted);
      }
      if (options.wants(BenchOptions.SERIES) || options.wants(BenchOptions.RESTORE)) {
        manySeries(lab);
      }
      if (options.wants(BenchOptions.LATENCY)) {
        results.naiveLive = live(lab, Contestants.NAIVE);
        results.oursLive = live(lab, Contestants.OURS);
      }
      if (options.wants(BenchOptions.HEAP)) {
        heap(lab);
      }
    }
    Report.print(System.out, results, options, notes);
    System.out.println(ResultJson.of(results));
  }

  private void usual(Lab lab) {
    List<String> wanted =
        Contestants.ALL.stream()
            .filter(options::wants)
            .filter(name -> options.full() || !options.only().isEmpty() || !LONG.contains(name))
            .toList();
    if (!wanted.isEmpty()) {
      compete(lab, Shape.usual(options.usualSpans(), 4), wanted);
    }
  }

  /** Everybody once per round, so that a slow minute of the machine hits all alike. */
  private void compete(Lab lab, Shape shape, List<String> wanted) {
    List<String> present = wanted.stream().filter(this::available).toList();
    try (Arena arena = new Arena(lab, shape, options.seed(), notes)) {
      for (int round = 0; round < options.usualRounds(); round++) {
        present.forEach(arena::run);
      }
      keep(arena);
    }
  }

  private void manySeries(Lab lab) {
    List<String> pair = List.of(Contestants.OURS_NO_LINKING, Contestants.FLINK_WINDOWS);
    List<String> present =
        options.wants(BenchOptions.SERIES)
            ? pair.stream().filter(this::available).toList()
            : List.of();
    for (String name : ManySeries.NAMES.keySet()) {
      boolean last = name.equals("100kUniform");
      boolean restore = last && options.wants(BenchOptions.RESTORE);
      boolean race = present.size() == pair.size() && (options.full() || name.equals(QUICK_SERIES));
      if (!race && !restore) {
        continue;
      }
      Shape shape = ManySeries.shape(name, options.seriesSpans());
      try (Arena arena = new Arena(lab, shape, options.seed(), notes)) {
        if (race) {
          for (int round = 0; round < options.usualRounds(); round++) {
            present.forEach(arena::run);
          }
          keep(arena);
        }
        if (restore) {
          results.restore = RestoreProbe.measure(lab, arena, notes, options.full());
        }
      } catch (BenchFailure e) {
        notes.warn(e.getMessage());
      }
    }
  }

  private void keep(Arena arena) {
    String shape = arena.shape().name();
    results.byShape.put(shape, arena.measured());
    Map<String, OutputCheck> checks = new LinkedHashMap<>();
    for (String contestant : arena.measured().contestants()) {
      if (arena.check(contestant) != null) {
        checks.put(contestant, arena.check(contestant));
      }
    }
    results.checks.put(shape, checks);
  }

  private Map<String, Double> live(Lab lab, String contestant) {
    notes.progress("live: " + contestant);
    try {
      Map<String, Double> figures = new Live(lab, options.full()).measure(contestant);
      if (figures.get("behind") > LiveLoad.SPANS_PER_SECOND) {
        notes.warn(contestant + " did not keep up, so its latencies say how far it fell behind");
      }
      return figures;
    } catch (BenchFailure e) {
      notes.warn(e.getMessage());
      return Map.of();
    }
  }

  private void heap(Lab lab) {
    int runs = options.full() ? 50_000 : 20_000;
    try {
      notes.progress("heap per open run");
      results.heapPerOpenRun = HeapProbe.measure(lab, runs, false);
      if (options.full()) {
        notes.progress("heap per spilled run");
        results.heapPerSpilledRun = HeapProbe.measure(lab, runs, true);
      }
    } catch (BenchFailure e) {
      notes.warn(e.getMessage());
    }
  }

  private boolean available(String contestant) {
    boolean available = Contestants.available(contestant);
    if (!available) {
      String missing =
          Contestants.isFlink(contestant)
              ? contestant + " is missing: this build is without the profile flink"
              : contestant + " is missing: observe cannot leave linking out";
      if (!notes.warnings().contains(missing)) {
        notes.warn(missing);
      }
    }
    return available;
  }
}
