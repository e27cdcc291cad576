package dev.tidemark.bench.detection;

import dev.tidemark.fleet.Recording;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * {@code ./tidemark bench detection}: whether the detectors keep what they promise, on simulated
 * and on recorded fleets. Prints a table and, as the last line, one JSON object.
 */
public final class DetectionBench {
  private final DetectionOptions options;
  private final Results results = new Results();

  private DetectionBench(DetectionOptions options) {
    this.options = options;
  }

  /**
   * Runs what the arguments ask for.
   *
   * @return exit code: 0, or 2 when the arguments make no sense
   */
  public static int run(List<String> args) throws RunnerException {
    try {
      new DetectionBench(DetectionOptions.parse(args)).run();
      return 0;
    } catch (DetectionFailure e) {
      System.err.println("bench: " + e.getMessage());
      return 2;
    }
  }

  private void run() throws RunnerException {
    Recording recording = recording();
    results.say(
        "bench detection %s, seeds %d to %d",
        options.full() ? "--full" : "--quick",
        options.seeds().get(0),
        options.seeds().get(options.seeds().size() - 1));
    part(DetectionOptions.FALSE_ALERTS, () -> new FleetPart(options, results).measure());
    WindowPart windows = new WindowPart(options, results);
    part(DetectionOptions.CELLS, () -> windows.cells(recording));
    part(DetectionOptions.DELAY, () -> new DelayPart(options, results).measure());
    part(DetectionOptions.QUANTITIES, () -> new QuantityPart(options, results).measure());
    part(DetectionOptions.CANARY, windows::canary);
    part(
        DetectionOptions.EXPLANATION,
        () -> {
          windows.explanation();
          windows.dimensions();
        });
    part(DetectionOptions.RECORDED, () -> new RecordedPart(options, results).measure(recording));
    if (options.wants(DetectionOptions.COST)) {
      StatePart.measure(options, results);
      show();
    }
    System.out.println(results.json());
  }

  private Recording recording() {
    try {
      return options.runs() == null ? Recording.shipped() : Recording.of(options.runs());
    } catch (IOException e) {
      throw new DetectionFailure("--runs cannot be read: " + e.getMessage());
    }
  }

  private void part(String name, Runnable part) {
    if (options.wants(name)) {
      part.run();
      show();
    }
  }

  private void show() {
    results.takeLines().forEach(System.out::println);
    System.out.println();
  }
}
