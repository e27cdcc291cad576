package dev.tidemark.app.rules;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flag that names the rules file. */
public final class RulesOption {
  @Option(
      names = "--rules",
      paramLabel = "FILE",
      defaultValue = "${env:TIDEMARK_RULES}",
      description = {
        "Budget of false alerts, limits, error budgets and labels, YAML (env TIDEMARK_RULES;",
        "default: one false alert per day, no limits)."
      })
  private Path file;

  /** What the file says; the defaults without one. */
  public RuleSet rules() {
    return file == null || file.toString().isEmpty() ? RuleSet.DEFAULT : RulesFile.read(file);
  }
}
