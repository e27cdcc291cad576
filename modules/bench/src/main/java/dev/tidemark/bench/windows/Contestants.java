package dev.tidemark.bench.windows;

import java.util.List;

/** Who takes part. */
final class Contestants {
  static final String POLL = "poll";
  static final String DECODE = "decode";
  static final String FLOOR = "floor";
  static final String NAIVE = "naive";
  static final String NAIVE_IN_MEMORY = "naiveInMemory";
  static final String OURS = "ours";
  static final String OURS_NO_LINKING = "oursNoLinking";
  static final String OURS_TWO_THREADS = "ours2threads";
  static final String FLINK_LINKED = "flinkLinked";
  static final String FLINK_WINDOWS = "flinkWindows";
  static final String FLINK_OBJECTS = "flinkObjects";

  /** Everybody, cheapest first. */
  static final List<String> ALL =
      List.of(
          POLL,
          DECODE,
          FLOOR,
          OURS,
          OURS_NO_LINKING,
          OURS_TWO_THREADS,
          FLINK_LINKED,
          FLINK_WINDOWS,
          FLINK_OBJECTS,
          NAIVE,
          NAIVE_IN_MEMORY);

  private static final String FLINK = "dev.tidemark.bench.windows.flink.FlinkContestant";

  private static final String FLINK_ITSELF =
      "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment";

  private Contestants() {}

  static boolean isFlink(String name) {
    return name.startsWith("flink");
  }

  static boolean isOurs(String name) {
    return name.startsWith("ours");
  }

  /** Whether it writes windows somewhere; floors do not. */
  static boolean writes(String name) {
    return !List.of(POLL, DECODE, FLOOR).contains(name);
  }

  /** Whether this build can run it. */
  static boolean available(String name) {
    if (isFlink(name)) {
      try {
        ClassLoader loader = Contestants.class.getClassLoader();
        Class.forName(FLINK_ITSELF, false, loader);
        Class.forName(FLINK, false, loader);
        return true;
      } catch (ClassNotFoundException | LinkageError e) {
        return false;
      }
    }
    return true;
  }

  static Contestant open(RunSpec spec) {
    return switch (spec.contestant()) {
      case POLL -> new ReadingContestant(spec, record -> {});
      case DECODE -> new ReadingContestant(spec, Decoding.of(spec));
      case FLOOR -> new ReadingContestant(spec, Floor.of(spec));
      case NAIVE, NAIVE_IN_MEMORY -> new NaiveContestant(spec);
      case OURS, OURS_NO_LINKING, OURS_TWO_THREADS -> new OursContestant(spec);
      default -> flink(spec);
    };
  }

  private static Contestant flink(RunSpec spec) {
    try {
      return Class.forName(FLINK)
          .asSubclass(Contestant.class)
          .getDeclaredConstructor(RunSpec.class)
          .newInstance(spec);
    } catch (ReflectiveOperationException e) {
      throw new BenchFailure("there is no contestant named " + spec.contestant(), e);
    }
  }
}
