package dev.tidemark.app.demo;

import dev.tidemark.fleet.FleetPlan.Phase;
import dev.tidemark.fleet.Selector;
import dev.tidemark.fleet.Selector.Half;
import java.util.List;

/**
 * Two versions that are played one after the other under an environment of their own, so that pairs
 * do not mix.
 *
 * @param environment label of all their records
 * @param title for people
 * @param src source of the recordings
 * @param domain domain of the recordings
 * @param before version played first
 * @param after version played then; the same recording's other half when nothing changes
 * @param nothingChanges whether both are halves of one version
 */
record Pairing(
    String environment,
    String title,
    String src,
    String domain,
    String before,
    String after,
    boolean nothingChanges) {

  /** What the demo plays. */
  static List<Pairing> shown() {
    return List.of(
        change(
            "banking",
            "an injection guard is added",
            "agentdojo",
            "banking",
            "gpt-4o-2024-05-13",
            "gpt-4o-2024-05-13-transformers_pi_detector"),
        same("retail", "nothing changes", "tau2sop", "retail", "gpt-4.1-mini@policy_v2"),
        change(
            "workspace",
            "the model is upgraded",
            "agentdojo",
            "workspace",
            "claude-3-sonnet-20240229",
            "claude-3-5-sonnet-20240620"));
  }

  private static Pairing change(
      String environment, String title, String src, String domain, String a, String b) {
    return new Pairing(environment, title, src, domain, a, b, false);
  }

  private static Pairing same(
      String environment, String title, String src, String domain, String version) {
    return new Pairing(environment, title, src, domain, version, version + "-aa", true);
  }

  /** The two phases. */
  List<Phase> phases() {
    Selector first = Selector.of(src, domain, before);
    return nothingChanges
        ? List.of(
            new Phase(environment + " first half", first.half(Half.EVEN), null, 1),
            new Phase(environment + " second half", first.half(Half.ODD), after, 1))
        : List.of(
            new Phase(environment + " before", first, null, 1),
            new Phase(environment + " after", Selector.of(src, domain, after), null, 1));
  }

  /** One line, such as {@code banking, an injection guard is added: a -> b}. */
  String line() {
    return environment + ", " + title + ": " + before + " -> " + after;
  }
}
