package dev.tidemark.app.rules;

import dev.tidemark.app.Failure;
import dev.tidemark.core.detect.BudgetPlan;
import dev.tidemark.core.limit.LimitRule;
import dev.tidemark.core.limit.LimitSettings;
import dev.tidemark.core.limit.SloRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the rules from their YAML file, whose form the README of this room describes. Every mistake
 * is one sentence with the file, the line and the fix, and ends the process before anything starts.
 */
public final class RulesFile {
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final double MOST_BUDGET = 1000;
  private final Yaml file;

  private RulesFile(Yaml file) {
    this.file = file;
  }

  /**
   * The rules in a file.
   *
   * @throws Failure with the exit code for wrong settings
   */
  public static RuleSet read(Path path) {
    return new RulesFile(new Yaml(path)).rules();
  }

  private RuleSet rules() {
    YamlMap root =
        file.read()
            .only(
                "budget",
                "modes",
                "expireAfter",
                "supersedeAfter",
                "updateEvery",
                "labels",
                "limits",
                "slos");
    RuleSet usual = RuleSet.DEFAULT;
    Duration expire = root.duration("expireAfter", usual.expireAfter());
    Duration supersede = root.duration("supersedeAfter", usual.supersedeAfter());
    if (expire.compareTo(supersede) < 0) {
      throw root.wrong(
          root.has("expireAfter") ? "expireAfter" : "supersedeAfter",
          "makes episodes expire before a newer version can supersede them: make expireAfter the"
              + " longer one");
    }
    Duration update = root.duration("updateEvery", usual.updateEvery());
    Set<String> ids = new HashSet<>();
    List<LimitRule> limits = root.each("limits", map -> RuleEntry.of(map, ids).limit());
    List<SloRule> slos = root.each("slos", map -> RuleEntry.of(map, ids).slo());
    return new RuleSet(
        budget(root, usual.budgetPerDay()),
        root.has("modes") ? modes(root.map("modes")) : usual.split(),
        expire,
        supersede,
        update,
        new LimitSettings(limits, slos, expire, update),
        root.has("labels") ? labels(root.map("labels")) : Map.of());
  }

  private static double budget(YamlMap root, double usual) {
    if (!root.has("budget")) {
      return usual;
    }
    double budget = root.number("budget", 0);
    if (budget <= 0 || budget > MOST_BUDGET) {
      throw root.wrong(
          "budget",
          root.text("budget")
              + " is not above 0 and at most 1000: say how many false alerts per day you accept");
    }
    return budget;
  }

  /** Parts of any size; they are scaled to add up to one. */
  private static BudgetPlan.Split modes(YamlMap modes) {
    modes.only("frozen", "self", "canary");
    double frozen = modes.has("frozen") ? modes.number("frozen", 0) : 0;
    double self = modes.has("self") ? modes.number("self", 0) : 0;
    double canary = modes.has("canary") ? modes.number("canary", 0) : 0;
    double sum = frozen + self + canary;
    if (!(frozen + self > 0) || !Double.isFinite(sum)) {
      throw modes.wrong("leaves nothing to frozen and self: give one of them a part above 0");
    }
    return new BudgetPlan.Split(frozen / sum, self / sum, canary / sum);
  }

  private static Map<String, String> labels(YamlMap labels) {
    Map<String, String> all = new TreeMap<>();
    for (String name : labels.keys()) {
      if (!name.matches(LABEL)) {
        throw labels.wrong(name, "is no label name: use letters, digits and underscores");
      }
      all.put(name, labels.text(name));
    }
    return all;
  }
}
