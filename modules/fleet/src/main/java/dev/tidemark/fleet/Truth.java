package dev.tidemark.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What really differs between recorded versions: the expected answers of a detector. Immutable.
 *
 * @param pairs version pairs, a rolled out before b
 * @param halves versions halved by run id: nothing differs between the halves
 * @param repeats repetitions of one configuration
 */
public record Truth(List<Pair> pairs, List<Halves> halves, List<Repeat> repeats) {

  /**
   * One change of version and its verdicts.
   *
   * @param change what was changed, in words
   * @param sameTasks whether both versions worked on the same tasks
   * @param drift metrics that differ, |z| at least 4
   * @param same metrics that do not, |z| below 2
   * @param ambiguous the grey zone between
   */
  public record Pair(
      String src,
      String domain,
      String a,
      String b,
      String change,
      boolean sameTasks,
      int runsA,
      int runsB,
      List<Metric> drift,
      List<Metric> same,
      List<Metric> ambiguous) {}

  /**
   * One metric on both sides of a change.
   *
   * @param scope {@code tool} for rates over calls, {@code run} for figures per run
   * @param tool tool name, {@code *} for all tools, null for runs
   * @param metric such as {@code fail_rate}, {@code retry_rate}, {@code denied_rate}
   * @param a value before, a share or the metric's own unit
   * @param b value after
   * @param nA calls or runs before
   * @param nB calls or runs after
   * @param z run-clustered z statistic; null when it cannot be computed
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Metric(
      String scope,
      String tool,
      String metric,
      Double a,
      Double b,
      Integer nA,
      Integer nB,
      Double z) {}

  /** A version without a change, halved by the parity of the run ids. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Halves(
      String src, String domain, String version, int runsA, int runsB, int tests, int over4) {}

  /** Two repetitions of one configuration. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Repeat(
      String src,
      String domain,
      String version,
      String a,
      String b,
      int runsA,
      int runsB,
      int tests,
      int over4) {}

  public Truth {
    pairs = List.copyOf(pairs);
    halves = List.copyOf(halves);
    repeats = List.copyOf(repeats);
  }

  /** The truth on the class path. */
  public static Truth shipped() {
    try (InputStream in = RecordedRuns.open("truth.json")) {
      return TruthFile.read(JsonMapper.builder().build(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The verdicts on one change of version.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Pair pair(String src, String domain, String a, String b) {
    return pairs.stream()
        .filter(p -> p.src().equals(src) && p.domain().equals(domain))
        .filter(p -> p.a().equals(a) && p.b().equals(b))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no truth for "
                        + String.join(" ", src, domain, a, b)
                        + ": choose a pair of truth.json"));
  }
}
