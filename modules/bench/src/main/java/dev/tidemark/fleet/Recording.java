package dev.tidemark.fleet;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Recorded runs in memory, those that come with Tidemark or any folder of the same form (steps/*
 * .jsonl.gz and truth.json), and the records that they would have sent. It lives in the package of
 * fleet to convert runs with its very classes. Immutable.
 */
public final class Recording {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectReader STEPS = JSON.readerFor(RecordedStep.class);
  private static final String USUAL_ATTACK = "important_instructions";

  private final String name;
  private final Truth truth;
  private final Map<String, List<RecordedRun>> runs;

  private Recording(String name, Truth truth, List<RecordedRun> all) {
    this.name = name;
    this.truth = truth;
    this.runs = new LinkedHashMap<>();
    for (RecordedRun run : all) {
      RecordedStep start = run.first();
      if (start.attack() == null || start.attack().equals(USUAL_ATTACK)) {
        runs.computeIfAbsent(key(start.src(), start.domain()), k -> new ArrayList<>()).add(run);
      }
    }
  }

  /** What comes with Tidemark. */
  public static Recording shipped() {
    List<RecordedRun> all = new ArrayList<>();
    RecordedRuns.shipped().forEach(all::add);
    return new Recording("shipped with Tidemark", Truth.shipped(), all);
  }

  /**
   * What a folder holds.
   *
   * @throws IOException when it lacks a part or a part cannot be read
   */
  public static Recording of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> steps = Files.list(folder.resolve("steps"))) {
      files = steps.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList();
    }
    List<RecordedRun> all = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        read(in, all);
      }
    }
    try (InputStream in = Files.newInputStream(folder.resolve("truth.json"))) {
      return new Recording(folder.getFileName().toString(), TruthFile.read(JSON, in), all);
    }
  }

  private static void read(InputStream in, List<RecordedRun> all) throws IOException {
    try (MappingIterator<RecordedStep> lines = STEPS.readValues(in)) {
      List<RecordedStep> steps = new ArrayList<>();
      while (lines.hasNextValue()) {
        RecordedStep step = lines.nextValue();
        steps.add(step);
        if (step.is("end")) {
          all.add(new RecordedRun(steps));
          steps.clear();
        }
      }
    }
  }

  public String name() {
    return name;
  }

  public Truth truth() {
    return truth;
  }

  /** Number of runs that can be compared: without an attack, or with the usual one. */
  public int size() {
    return runs.values().stream().mapToInt(List::size).sum();
  }

  /** The runs of a version. */
  public List<RecordedRun> version(String src, String domain, String version) {
    return select(src, domain, run -> run.version().equals(version));
  }

  /** The runs of some trials of a version. */
  public List<RecordedRun> trials(String src, String domain, String version, Set<Integer> trials) {
    return select(
        src, domain, r -> r.version().equals(version) && trials.contains(r.first().trial()));
  }

  /** The version of a domain that is called so after its at sign; null when there is none. */
  public String versionEnding(String src, String domain, String ending) {
    return runs.getOrDefault(key(src, domain), List.of()).stream()
        .map(RecordedRun::version)
        .filter(v -> v.equals(ending) || v.endsWith("@" + ending))
        .findFirst()
        .orElse(null);
  }

  /** One half of runs by the parity of their ids, as the truth was computed. */
  public static List<RecordedRun> half(List<RecordedRun> runs, boolean even) {
    return runs.stream().filter(run -> run.isEven() == even).toList();
  }

  /** Fingerprints of the model servers that answered in some runs. */
  public static Set<String> backends(List<RecordedRun> runs) {
    Set<String> found = new TreeSet<>();
    for (RecordedRun run : runs) {
      run.steps().stream().map(RecordedStep::backend).filter(b -> b != null).forEach(found::add);
    }
    return found;
  }

  /** Tool calls and those that failed or were denied, of every run that called a tool. */
  public static List<long[]> failures(List<RecordedRun> runs) {
    List<long[]> counts = new ArrayList<>();
    for (RecordedRun run : runs) {
      long calls = run.steps().stream().filter(s -> s.is("tool")).count();
      long failed =
          run.steps().stream().filter(s -> s.is("tool") && !"ok".equals(s.status())).count();
      if (calls > 0) {
        counts.add(new long[] {calls, failed});
      }
    }
    return counts;
  }

  /** The records of a run in the order of their arrival. */
  public static List<Sent> records(RecordedRun run, String version, String salt, long startMs) {
    ScheduledRun scheduled = new ScheduledRun(run, 0, 0, 0, version, salt, 0);
    return RunConversion.of(scheduled, startMs).stream()
        .map(record -> new Sent(record.arrivalMs(), record.span(), record.event()))
        .toList();
  }

  private List<RecordedRun> select(String src, String domain, Predicate<RecordedRun> wanted) {
    return runs.getOrDefault(key(src, domain), List.of()).stream().filter(wanted).toList();
  }

  private static String key(String src, String domain) {
    return src + "/" + domain;
  }
}
