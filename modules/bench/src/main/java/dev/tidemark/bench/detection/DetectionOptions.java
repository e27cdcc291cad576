package dev.tidemark.bench.detection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What the command line asks for.
 *
 * @param full the whole measurement instead of the quick one
 * @param only parts to measure; empty for all
 * @param runs folder of recorded runs; null for those that come with Tidemark
 * @param seeds of everything drawn by chance
 * @param results file that keeps what shards of the fleet have brought; null for none
 * @param minutes after which no shard of the fleet is begun any more; 0 for no limit
 */
record DetectionOptions(
    boolean full, Set<String> only, Path runs, List<Long> seeds, Path results, long minutes) {
  static final String FALSE_ALERTS = "false";
  static final String CELLS = "cells";
  static final String DELAY = "delay";
  static final String QUANTITIES = "quantities";
  static final String CANARY = "canary";
  static final String EXPLANATION = "explanation";
  static final String COST = "state";
  static final String RECORDED = "recorded";
  static final List<String> PARTS =
      List.of(FALSE_ALERTS, CELLS, DELAY, QUANTITIES, CANARY, EXPLANATION, COST, RECORDED);
  private static final Path RESULTS = Path.of("target", "bench-detection.jsonl");
  private static final int MOST_SEEDS = 10_000;

  /**
   * Reads the arguments.
   *
   * @throws DetectionFailure one sentence on what is wrong with them
   */
  static DetectionOptions parse(List<String> args) {
    boolean full = false;
    Set<String> only = new LinkedHashSet<>();
    Path runs = null;
    List<Long> seeds = List.of(1L);
    Path results = null;
    long minutes = 0;
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--quick" -> full = false;
        case "--full" -> full = true;
        case "--only" -> only.addAll(parts(value(args, ++i)));
        case "--runs" -> runs = folder(value(args, ++i));
        case "--seeds" -> seeds = seeds(value(args, ++i));
        case "--results" -> results = Path.of(value(args, ++i));
        case "--minutes" -> minutes = minutes(value(args, ++i));
        default ->
            throw new DetectionFailure(
                "bench detection does not know "
                    + args.get(i)
                    + ": use --quick, --full, --only NAMES, --runs DIR, --seeds A-B, --results FILE"
                    + " or --minutes N");
      }
    }
    Path kept = results == null && full ? RESULTS : results;
    return new DetectionOptions(full, only, runs, seeds, kept, minutes);
  }

  boolean wants(String part) {
    return only.isEmpty() || only.contains(part);
  }

  /** Threads of simulations: a quick look leaves the machine usable. */
  int threads() {
    return full ? Math.max(1, Runtime.getRuntime().availableProcessors()) : 1;
  }

  private static List<String> parts(String list) {
    List<String> names = List.of(list.split(",", -1));
    for (String name : names) {
      if (!PARTS.contains(name)) {
        throw new DetectionFailure(
            "--only does not know " + name + ": choose from " + String.join(",", PARTS));
      }
    }
    return names;
  }

  private static Path folder(String text) {
    Path folder = Path.of(text);
    if (!Files.isDirectory(folder.resolve("steps"))
        || !Files.isRegularFile(folder.resolve("truth.json"))) {
      throw new DetectionFailure(
          "--runs "
              + text
              + " is no folder of recorded runs: it needs steps/*.jsonl.gz and truth.json");
    }
    return folder;
  }

  private static List<Long> seeds(String text) {
    String[] ends = text.split("-", 2);
    try {
      long first = Long.parseLong(ends[0]);
      long last = ends.length == 1 ? first : Long.parseLong(ends[1]);
      if (first >= 0 && last >= first && last - first < MOST_SEEDS) {
        return LongStream.rangeClosed(first, last).boxed().toList();
      }
    } catch (NumberFormatException e) {
      throw badSeeds(text);
    }
    throw badSeeds(text);
  }

  private static long minutes(String text) {
    try {
      long minutes = Long.parseLong(text);
      if (minutes > 0) {
        return minutes;
      }
    } catch (NumberFormatException e) {
      throw badMinutes(text);
    }
    throw badMinutes(text);
  }

  private static DetectionFailure badMinutes(String text) {
    return new DetectionFailure("--minutes needs a whole number above 0, got " + text);
  }

  private static DetectionFailure badSeeds(String text) {
    return new DetectionFailure(
        "--seeds needs one number or a range such as 1-5, the smaller first, got " + text);
  }

  private static String value(List<String> args, int at) {
    if (at >= args.size()) {
      throw new DetectionFailure(args.get(at - 1) + " needs a value");
    }
    return args.get(at);
  }
}
