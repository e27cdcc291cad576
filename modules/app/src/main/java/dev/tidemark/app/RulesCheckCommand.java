package dev.tidemark.app;

import dev.tidemark.app.rules.RuleSet;
import dev.tidemark.app.rules.RulesFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads a rules file and says whether a process would start with it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Read a rules file; exit 78 with a sentence when it is wrong. Asks no broker.")
final class RulesCheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The rules, YAML.")
  private Path file;

  RulesCheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RuleSet rules = RulesFile.read(file);
    console.data(
        "budget "
            + rules.budgetPerDay()
            + " false alerts per day, "
            + rules.limits().limits().size()
            + " limits, "
            + rules.limits().slos().size()
            + " error budgets");
    return ExitCode.OK;
  }
}
