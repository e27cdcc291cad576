package dev.tidemark.fleet;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The recorded runs that come with Tidemark: real runs of public benchmarks, without any content
 * (see the README beside the data). Read as a stream, one run in memory at a time. Thread-safe.
 */
public final class RecordedRuns {
  private static final String FOLDER = "fleet/agent-runs/";
  private static final ObjectReader STEPS =
      JsonMapper.builder().build().readerFor(RecordedStep.class);
  private static final List<String> FILES =
      List.of(
          "agentdojo-banking",
          "agentdojo-workspace",
          "mswe-swe-bench",
          "tau1-airline",
          "tau2-airline",
          "tau2sop-retail-hard35",
          "tau2sop-retail");

  private RecordedRuns() {}

  /** The runs on the class path. */
  public static RecordedRuns shipped() {
    return new RecordedRuns();
  }

  /** Every run, file by file in recorded order. */
  public void forEach(Consumer<RecordedRun> consumer) {
    FILES.forEach(file -> read(file, consumer));
  }

  /**
   * The runs a selector keeps, in recorded order.
   *
   * @throws IllegalArgumentException when it keeps none; the message names what there is
   */
  public List<RecordedRun> select(Selector selector) {
    if (!FILES.contains(selector.file())) {
      throw new IllegalArgumentException(
          "no recorded runs named " + selector.file() + ": choose one of " + FILES);
    }
    var kept = new ArrayList<RecordedRun>();
    var versions = new TreeSet<String>();
    read(
        selector.file(),
        run -> {
          versions.add(run.version());
          if (selector.matches(run)) {
            kept.add(run);
          }
        });
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "no recorded run of "
              + selector.file()
              + " matches "
              + selector
              + ": its versions are "
              + versions);
    }
    return kept;
  }

  static InputStream open(String name) throws IOException {
    InputStream in = RecordedRuns.class.getClassLoader().getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new IOException(FOLDER + name + " is not on the class path: the jar is incomplete");
    }
    return name.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static void read(String file, Consumer<RecordedRun> consumer) {
    try (InputStream in = open("steps/" + file + ".jsonl.gz");
        MappingIterator<RecordedStep> lines = STEPS.readValues(in)) {
      var steps = new ArrayList<RecordedStep>();
      while (lines.hasNextValue()) {
        RecordedStep step = lines.nextValue();
        steps.add(step);
        if (step.is("end")) {
          consumer.accept(new RecordedRun(steps));
          steps.clear();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
