package dev.tidemark.fleet;

import java.util.Objects;
import java.util.Set;

/**
 * Which recorded runs take part.
 *
 * @param src source of the recording, such as {@code agentdojo}
 * @param domain domain, such as {@code banking}
 * @param version version of the agent
 * @param half all runs, or one half of them by the parity of their ids
 * @param trials trials that take part; empty means all
 * @param everyAttack false keeps runs without an attack or with {@code important_instructions}, as
 *     the truth was computed; true keeps all
 */
public record Selector(
    String src,
    String domain,
    String version,
    Half half,
    Set<Integer> trials,
    boolean everyAttack) {

  private static final String USUAL_ATTACK = "important_instructions";

  public Selector {
    Objects.requireNonNull(src, "src");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(version, "version");
    trials = Set.copyOf(trials);
  }

  /** A part of the runs of a version. */
  public enum Half {
    ALL,
    EVEN,
    ODD
  }

  /** All comparable runs of one version. */
  public static Selector of(String src, String domain, String version) {
    return new Selector(src, domain, version, Half.ALL, Set.of(), false);
  }

  /** One half of these runs. */
  public Selector half(Half value) {
    return new Selector(src, domain, version, value, trials, everyAttack);
  }

  /** These trials only. */
  public Selector trials(Set<Integer> value) {
    return new Selector(src, domain, version, half, value, everyAttack);
  }

  boolean matches(RecordedRun run) {
    RecordedStep start = run.first();
    return start.version().equals(version)
        && (half == Half.ALL || (half == Half.EVEN) == run.isEven())
        && (trials.isEmpty() || (start.trial() != null && trials.contains(start.trial())))
        && (everyAttack || start.attack() == null || start.attack().equals(USUAL_ATTACK));
  }

  String file() {
    return src + "-" + domain;
  }
}
