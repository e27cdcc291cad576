package dev.tidemark.core.detect;

import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which part of a series carries a shift of its rate or mean r = sum w_i r_i: part i by behaving
 * otherwise, w1_i (r1_i - r0_i), and all parts together by another mix, sum (w1_i - w0_i) r0_i,
 * each as a share of r1 - r0 (the decomposition of Kitagawa 1955, with the weights of after).
 * Causes of events, such as error types, carry the difference of their own rates. Values are ranked
 * by how much more they carry than their size lets expect, s ln(s / e).
 */
final class Attribution {
  private static final int TOLD = 5;
  private static final double NEGLIGIBLE = 0.02;
  private static final double LEAST_EXPECTED = 0.01;
  private static final double EXPECTED_MIX = 0.1;
  private static final String MIX = "mix";

  private final Signal signal;
  private final Map<String, PartSum> before;
  private final Map<String, PartSum> after;
  private final double change;
  private final List<Ranked> ranked = new ArrayList<>();
  private double mix;

  private record Ranked(String part, DimensionShare share, double rank) {}

  /**
   * @param before sums by part of the baseline; the whole stands under the empty name
   * @param after sums by part since the change
   */
  Attribution(Signal signal, Map<String, PartSum> before, Map<String, PartSum> after) {
    this.signal = signal;
    this.before = before;
    this.after = after;
    PartSum whole0 = of(before, "");
    PartSum whole1 = of(after, "");
    this.change = rate(whole1) - rate(whole0);
    boolean known = whole0.n(signal) > 0 && whole1.n(signal) > 0 && change != 0;
    if (PartSum.tells(signal) && (known || signal == Signal.LATENCY)) {
      for (String dimension : List.of("tool", "agent", "actor")) {
        divide(dimension);
      }
      causes("error_type", Signal.ERROR_RATE);
      causes("policy_rule", Signal.DENIAL_RATE);
      rankMix();
    }
    ranked.sort(Comparator.comparingDouble((Ranked r) -> -r.rank()).thenComparing(r -> r.part()));
  }

  /** What carries the shift, most telling first, at most five. */
  List<DimensionShare> shares() {
    return ranked.stream().map(Ranked::share).limit(TOLD).toList();
  }

  /** Parts that are series of their own and carry at least a tenth of the shift. */
  List<String> carriers() {
    return ranked.stream()
        .filter(r -> r.share().getShare() >= 0.1 && !r.part().equals(MIX))
        .map(Ranked::part)
        .limit(TOLD)
        .toList();
  }

  /** Share of the shift that comes from another mix. */
  double mix() {
    return mix;
  }

  private static PartSum of(Map<String, PartSum> sums, String name) {
    PartSum sum = sums.get(name);
    return sum == null ? PartSum.empty() : sum;
  }

  private double rate(PartSum sum) {
    long n = sum.n(signal);
    return n <= 0 ? 0 : (double) sum.x(signal) / n;
  }

  private List<String> names(String dimension) {
    TreeSet<String> names = new TreeSet<>();
    for (Map<String, PartSum> sums : List.of(before, after)) {
      sums.keySet().stream().filter(n -> n.startsWith(dimension + ":")).forEach(names::add);
    }
    return List.copyOf(names);
  }

  private void divide(String dimension) {
    List<String> names = names(dimension);
    double n0 = names.stream().mapToLong(name -> of(before, name).n(signal)).sum();
    double n1 = names.stream().mapToLong(name -> of(after, name).n(signal)).sum();
    if (names.size() < 2 || n0 <= 0 || n1 <= 0) {
      return;
    }
    double r0 = names.stream().mapToLong(name -> of(before, name).x(signal)).sum() / n0;
    double r1 = names.stream().mapToLong(name -> of(after, name).x(signal)).sum() / n1;
    double moved = 0;
    for (String name : names) {
      PartSum b = of(before, name);
      PartSum a = of(after, name);
      double w0 = b.n(signal) / n0;
      double w1 = a.n(signal) / n1;
      double then = b.n(signal) > 0 ? rate(b) : r0;
      double share = w1 * (rate(a) - then) / (r1 - r0);
      moved += (w1 - w0) * then;
      rank(name, share, w1, b, a);
    }
    if (!dimension.equals("actor")) {
      mix = moved / (r1 - r0);
    }
  }

  private void causes(String dimension, Signal about) {
    List<String> names = names(dimension);
    PartSum whole0 = of(before, "");
    PartSum whole1 = of(after, "");
    if (signal != about || whole0.n(signal) <= 0 || whole1.n(signal) <= 0) {
      return;
    }
    for (String name : names) {
      long x0 = of(before, name).x(signal);
      long x1 = of(after, name).x(signal);
      double n0 = whole0.n(signal);
      double n1 = whole1.n(signal);
      double share = (x1 / n1 - x0 / n0) / change;
      double expected = (double) x0 / Math.max(1, whole0.x(signal));
      if (names.size() > 1 || x0 == 0) {
        rank(name, share, expected, of(before, name), of(after, name));
      }
    }
  }

  private void rankMix() {
    if (Math.abs(mix) >= EXPECTED_MIX) {
      rank(MIX, mix, EXPECTED_MIX, of(before, ""), of(after, ""));
    }
  }

  private void rank(String part, double share, double expected, PartSum b, PartSum a) {
    if (!Double.isFinite(share) || Math.abs(share) < NEGLIGIBLE) {
      return;
    }
    double least = Math.max(LEAST_EXPECTED, expected);
    double rank = share > 0 ? share * StrictMath.log(share / least) : share;
    String dimension = part.equals(MIX) ? MIX : Parts.dimension(part);
    String value = part.equals(MIX) ? "" : Parts.value(part);
    DimensionShare told =
        new DimensionShare(
            dimension, value, share, b.n(signal), b.x(signal), a.n(signal), a.x(signal));
    ranked.add(new Ranked(part, told, rank));
  }
}
